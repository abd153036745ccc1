package org.jiexu.bus.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request that no library would send: its bytes as they are, as far as they are wanted. */
public final class RawRequest implements AutoCloseable {
    private static final int PATIENCE = 30_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final Socket socket;

    private RawRequest(Socket socket) {
        this.socket = socket;
    }

    /** @param head lines without their ends, ISO 8859-1: each character is a byte */
    public static RawRequest begin(int port, @Nullable String token, String... head) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            var text = new StringBuilder(head[0]).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
            for (int i = 1; i < head.length; i++) {
                text.append(head[i]).append("\r\n");
            }
            if (token != null) {
                text.append("Authorization: Bearer ").append(token).append("\r\n");
            }
            var request = new RawRequest(socket);
            request.send(text.append("\r\n").toString());
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole answer to a request without a body. */
    public static String ask(int port, @Nullable String token, String... head) {
        try (var request = begin(port, token, head)) {
            return request.answer();
        }
    }

    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Head and body; not when the connection ends, which may wait for the rest of what we announced. */
    public String answer() {
        var bytes = new ByteArrayOutputStream();
        try {
            var in = socket.getInputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                bytes.write(c);
                if (c == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    break;
                }
            }
            var length = LENGTH.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.write(length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The line with the status, as soon as it has come. */
    public String firstLine() {
        var line = new StringBuilder();
        try {
            var in = socket.getInputStream();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    /** Waits for the other side to end the connection. */
    public void awaitEnd() {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Reset: that is an end too.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
