package org.jiexu.bus.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.WireJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry's internal door for tests of one service: takes registrations (and publishes the keys, as the registry
 * would), and answers other paths as the test says. Can be down.
 */
public final class RegistryStub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final BusTestKit kit;
    private final HttpServer server;
    private final Map<String, UnaryOperator<String>> answers = new ConcurrentHashMap<>();
    private final Map<String, List<String>> requests = new ConcurrentHashMap<>();
    private volatile boolean down;

    public RegistryStub(BusTestKit kit) {
        this.kit = kit;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on that path answers 200 with what the function makes of the request's body; 404 where that is nothing. */
    public void answer(String path, UnaryOperator<String> body) {
        answers.put(path, body);
    }

    /** While down, every call is answered 503. */
    public void setDown(boolean isDown) {
        down = isDown;
    }

    /** Bodies of the requests so far. */
    public List<String> requests(String path) {
        return List.copyOf(requests.getOrDefault(path, List.of()));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (down) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            requests.computeIfAbsent(path, _ -> new CopyOnWriteArrayList<>()).add(body);
            if (path.equals("/internal/registrations")) {
                for (JsonNode key : JSON.readTree(body).get("keys")) {
                    kit.publishKey(WireJson.read(key.toString(), KeyRegisteredV1.class));
                }
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            byte[] bytes = answers.getOrDefault(path, _ -> "").apply(body).getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
