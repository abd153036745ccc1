package org.jiexu.bus.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jiexu.bus.security.ManagementPort;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small service behind the real door, on real PostgreSQL, started once for all tests of the door. */
public final class TestDoor {
    private static @Nullable TestDoor shared;

    public final TestIssuer issuer = new TestIssuer();
    public final JdbcClient jdbc;
    public final MeterRegistry meters;
    public final String url;
    public final String machineRoom;
    public final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    public record Answer(int status, String contentType, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String code() {
            return json().path("code").asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private TestDoor() {
        var database = TestInfrastructure.shared().newDatabase("door");
        var context = new SpringApplicationBuilder(ThingApplication.class)
                .properties(Map.ofEntries(
                        Map.entry("spring.config.name", "none"),
                        Map.entry("spring.datasource.url", database.jdbcUrl()),
                        Map.entry("spring.datasource.username", database.user()),
                        Map.entry("spring.datasource.password", database.password()),
                        Map.entry("spring.flyway.locations", "classpath:db/bus"),
                        Map.entry("spring.threads.virtual.enabled", "true"),
                        Map.entry("db-scheduler.enabled", "false"),
                        Map.entry("server.port", "0"),
                        Map.entry("server.address", "127.0.0.1"),
                        Map.entry("jiexu.web.body-grace", "1500ms"),
                        Map.entry("jiexu.web.bodies-in-memory", "1MB"),
                        Map.entry("jiexu.web.max-import-body", "256KB"),
                        Map.entry("management.endpoint.health.probes.enabled", "true"),
                        Map.entry("management.endpoint.health.show-details", "when-authorized"),
                        Map.entry("management.endpoint.health.roles", "MACHINE_ROOM"),
                        Map.entry("management.endpoints.web.exposure.include", "health,prometheus,env"),
                        Map.entry("jiexu.issuer", issuer.url())))
                .run();
        jdbc = context.getBean(JdbcClient.class);
        meters = context.getBean(MeterRegistry.class);
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
        url = "http://127.0.0.1:" + port;
        machineRoom =
                "http://127.0.0.1:" + context.getBean(ManagementPort.class).port();
    }

    public static synchronized TestDoor shared() {
        if (shared == null) {
            shared = new TestDoor();
        }
        return shared;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    /** With the token of a clerk of 430100. */
    public HttpRequest.Builder authorised(String path) {
        return request(path)
                .header("Authorization", "Bearer " + issuer.token("anna", "CLERK", Map.of("region", "430100")));
    }

    public Answer post(String path, String json) {
        return send(authorised(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer get(String path) {
        return send(authorised(path).GET());
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
