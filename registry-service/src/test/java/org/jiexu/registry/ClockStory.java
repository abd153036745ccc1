package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.ClockMovedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Test;

class ClockStory {
    private static final String PATH = "/api/v1/operations/clock";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void movesForwardAndSaysWhoHasNotFollowed() throws IOException {
        var asked = new AtomicInteger();
        var behind = new AtomicBoolean();
        var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/internal/clock", exchange -> {
            try (exchange) {
                // Behind at first, then where the registry is.
                var now = asked.incrementAndGet() < 3 || behind.get()
                        ? RunningRegistry.START
                        : Instant.parse("2036-01-01T00:00:00Z");
                byte[] body = "{\"now\":\"%s\",\"sweptThrough\":\"%s\"}"
                        .formatted(now, now)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        service.start();
        var store = registry.bean(DirectoryStore.class);
        for (String region : new String[] {"370800", "430100", "330100"}) {
            for (ServiceName name : ServiceName.values()) {
                if (name != ServiceName.REGISTRY) {
                    store.keepEndpoint(
                            new RegionCode(region),
                            name,
                            "http://127.0.0.1:" + service.getAddress().getPort());
                }
            }
        }
        // Whoever else has registered, a province's centre too, follows the same clock.
        for (String table : new String[] {"endpoint", "clearing_centre"}) {
            registry.jdbc()
                    .sql("update " + table + " set base_url = :url")
                    .param("url", "http://127.0.0.1:" + service.getAddress().getPort())
                    .update();
        }
        var operator = registry.issuer.nationalOperator();

        var before = now(operator);
        var moved = registry.post(operator, PATH, "{\"workingDays\": 10}");
        registry.awaitSaid();
        behind.set(true);
        var unfollowed = registry.post(operator, PATH, "{\"workingDays\": 1}");
        behind.set(false);
        var after = registry.get(operator, PATH + "/following");
        service.stop(0);

        assertThat(unfollowed.status()).isEqualTo(202);
        assertThat(unfollowed.body().path("behind")).hasSize(1);
        assertThat(after.body().path("behind")).isEmpty();
        assertThat(registry.get(registry.issuer.clerk(RunningRegistry.JINING), PATH + "/following")
                        .status())
                .isEqualTo(403);
        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.body().path("behind")).isEmpty();
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
        // Ten working days from 14 September 2026: 中秋节 and the make-up Sunday of 20 September lie between.
        assertThat(Instant.parse(moved.body().path("now").asString()))
                .isBetween(before.plusSeconds(10 * 86400), before.plusSeconds(20 * 86400));
        assertThat(registry.post(operator, PATH, "{\"to\": \"2026-09-14T01:00:00Z\"}")
                        .code())
                .isEqualTo("CLOCK_GOES_FORWARD");
        assertThat(registry.post(operator, PATH, "{}").status()).isEqualTo(400);
        assertThat(registry.post(registry.issuer.clerk(RunningRegistry.JINING), PATH, "{\"workingDays\": 1}")
                        .status())
                .isEqualTo(403);
        var said = registry.records(Topics.DIRECTORY).stream()
                .map(EnvelopeHeaders::read)
                .filter(thing -> thing.subject().equals("clock"))
                .map(thing -> WireJson.read(thing.data(), ClockMovedV1.class))
                .toList();
        assertThat(said).hasSize(3);
        assertThat(said.getLast().businessTime()).isAfter(said.getFirst().businessTime());
    }

    private Instant now(String token) {
        return Instant.parse(registry.get(token, PATH).body().path("now").asString());
    }
}
