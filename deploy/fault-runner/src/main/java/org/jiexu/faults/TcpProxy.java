package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands between two parties and spoils what passes. Bytes are delayed or connections end; bytes are never lost. */
final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final String name;
    private final int port;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private volatile Mode mode = Mode.PASS;
    private volatile long delayMillis;

    enum Mode {
        PASS,
        /** Whoever comes is reset. */
        CUT,
        /** Connections stand, nothing arrives, in either direction. */
        HALF_OPEN,
        /** What the server answers does not arrive. */
        ONE_WAY,
        /** Every piece waits. */
        SLOW
    }

    TcpProxy(String name, int port, int target) {
        this.name = name;
        this.port = port;
        this.target = target;
    }

    String name() {
        return name;
    }

    void start() {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            server = listening;
            Thread.ofVirtual().name("proxy-" + name).start(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy of " + name + " cannot listen at " + port, e);
        }
    }

    void become(Mode other, long delay) {
        delayMillis = delay;
        mode = other;
        if (other == Mode.CUT) {
            reset();
        }
    }

    /** Ends every connection at once, as a firewall does that was restarted. */
    void reset() {
        open.forEach(TcpProxy::resetOne);
        open.clear();
    }

    @Override
    public void close() {
        var listening = server;
        try {
            if (listening != null) {
                listening.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                if (mode == Mode.CUT) {
                    resetOne(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException e) {
                // Closed: the loop ends; else the next one may come.
            }
        }
    }

    private void connect(Socket client) {
        try {
            var there = new Socket();
            there.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), target), 2000);
            for (var socket : new Socket[] {client, there}) {
                socket.setTcpNoDelay(true);
                open.add(socket);
            }
            Thread.ofVirtual().start(() -> pump(client, there, false));
            pump(there, client, true);
        } catch (IOException e) {
            resetOne(client);
        }
    }

    private void pump(Socket from, Socket to, boolean isAnswer) {
        var buffer = new byte[CHUNK];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitWay(isAnswer);
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
            if (isAnswer) {
                from.close();
                to.close();
                open.remove(from);
                open.remove(to);
            }
        } catch (IOException e) {
            resetOne(from);
            resetOne(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitWay(boolean isAnswer) {
        if (mode == Mode.SLOW) {
            LockSupport.parkNanos(delayMillis * 1_000_000);
        }
        while (mode == Mode.HALF_OPEN || (mode == Mode.ONE_WAY && isAnswer)) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void resetOne(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }
}
