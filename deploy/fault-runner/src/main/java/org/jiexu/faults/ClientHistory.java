package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the client asked and was answered, a JSON object a line, on the disk before the client goes on. */
final class ClientHistory implements AutoCloseable {
    /** Nobody but this client was here: what it did not do nobody did. */
    static final String ALONE = "alone";
    /** A record that this client put into a topic and that no reader may take. */
    static final String POISON = "poison";

    /** An event that its speaker has forgotten, because its database was restored. */
    static final String FORGOTTEN = "forgotten";
    /** A record of a region that lies: somebody may put it aside. */
    static final String LIE = "lie";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final FileChannel channel;

    ClientHistory(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("no history can be kept in " + file, e);
        }
    }

    Path file() {
        return file;
    }

    void invoke(String key) {
        write(key, "invoke", null, 0, "");
    }

    void ok(String key, @Nullable String number, int status) {
        write(key, "ok", number, status, "");
    }

    /** @param text what a person reads in the problem document */
    void fail(String key, int status, String text) {
        write(key, "fail", null, status, text);
    }

    void unknown(String key, int status, String text) {
        write(key, "unknown", null, status, text);
    }

    void mark(String key, String outcome) {
        write(key, outcome, null, 0, "");
    }

    private synchronized void write(String key, String outcome, @Nullable String number, int status, String text) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", System.currentTimeMillis());
        line.put("key", key);
        line.put("outcome", outcome);
        if (number != null) {
            line.put("number", number);
        }
        if (status != 0) {
            line.put("status", status);
        }
        if (!text.isEmpty()) {
            line.put("text", text);
        }
        try {
            channel.write(ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written on", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
