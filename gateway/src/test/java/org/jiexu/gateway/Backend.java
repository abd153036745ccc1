package org.jiexu.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service behind the door: remembers what reached it, answers as told, can be down and come back at its address. */
final class Backend {
    /** What reached it. */
    record Seen(String method, String address, Headers headers, String body) {}

    /** How it answers. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final String name;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile Answer answer;
    private @Nullable HttpServer server;

    Backend(String name) {
        this.name = name;
        answer = json(200, "{\"backend\":\"" + name + "\"}");
        server = listen(0);
        port = server.getAddress().getPort();
    }

    static Answer json(int status, String body) {
        return exchange -> write(exchange, status, "application/json", body);
    }

    static void write(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private HttpServer listen(int at) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.createContext("/", this::serve);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            answer.to(exchange);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return "http://" + authority();
    }

    String authority() {
        return "127.0.0.1:" + port;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    Seen last() {
        return seen.getLast();
    }

    void answers(Answer next) {
        answer = next;
    }

    synchronized void goDown() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    synchronized void comeBack() {
        if (server == null) {
            server = listen(port);
        }
    }
}
