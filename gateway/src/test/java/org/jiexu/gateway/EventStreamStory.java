package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.gateway.RunningGateway.READ_TIMEOUT;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jiexu.bus.testing.RawRequest;
import org.junit.jupiter.api.Test;

/** An answer that does not end passes the door as it comes. */
class EventStreamStory {
    private final RunningGateway here = RunningGateway.shared();

    @Test
    void eachEventIsPassedOnAtOnceAndNoTimeEndsTheStream() throws Exception {
        var seen = new CountDownLatch(1);
        here.registry.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(seen);
            // Longer than any ordinary answer may take.
            await(new CountDownLatch(1));
            out.write("data: second\n\n".getBytes(StandardCharsets.UTF_8));
        });
        var answer = HttpClient.newHttpClient()
                .send(here.request(EventStream.PATH).GET().build(), BodyHandlers.ofLines());
        // What is written while nothing comes is a comment of SSE.
        var lines = answer.body()
                .filter(line -> !line.startsWith(":") && !line.isEmpty())
                .iterator();

        var first = lines.next();
        seen.countDown();

        assertThat(first).isEqualTo("data: first");
        assertThat(lines.next()).isEqualTo("data: second");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        assertThat(here.registry.last().headers().getFirst("Authorization")).startsWith("Bearer ");
    }

    @Test
    void itEndsWhenTheGatewayStops() throws Exception {
        var held = new CountDownLatch(1);
        var endedByItself = new AtomicBoolean();
        here.registry.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(held);
            endedByItself.set(true);
        });
        var answer = HttpClient.newHttpClient()
                .send(here.request(EventStream.PATH).GET().build(), BodyHandlers.ofLines());
        var lines = answer.body().iterator();
        assertThat(lines.next()).isEqualTo("data: first");
        var streams = here.bean(EventStream.class);

        streams.stop();

        assertThat(lines).toIterable().allMatch(line -> line.isEmpty() || line.startsWith(":"));
        assertThat(endedByItself).isFalse();
        held.countDown();
        streams.start();
    }

    @Test
    void nobodyReadsItWithoutAToken() {
        here.registry.answers(Backend.json(200, "{}"));

        assertThat(here.send(here.anonymous(EventStream.PATH).GET()).status()).isEqualTo(401);
    }

    @Test
    void whatTheRegistryRefusesIsToldAsItSaysIt() {
        here.registry.answers(Backend.json(403, "{\"code\":\"FORBIDDEN\"}"));

        var answer = here.get(EventStream.PATH);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void peopleHaveNoPlaceInIt() {
        here.registry.answers(Backend.json(200, "{}"));
        long before = here.requestsSeen();

        for (var role : List.of("PERSON", "APP", "EMPLOYER", "SERVICE")) {
            GatewayStory.problem(
                    here.send(here.anonymous(EventStream.PATH).header("Authorization", "Bearer " + here.token(role))),
                    403,
                    "FORBIDDEN");
        }
        assertThat(here.requestsSeen()).isEqualTo(before);
    }

    @Test
    void oneCallerHasFivePlacesAndALeftPlaceIsFreeSoon() {
        var held = new CountDownLatch(1);
        here.registry.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(": ready\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var limit = here.issuer.token("watcher", "OPERATOR", Map.of());
        var open = new ArrayList<RawRequest>();
        try {
            for (int i = 0; i < 5; i++) {
                // The caller's own rate is one request a second.
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                    var request = RawRequest.begin(here.port, limit, "GET " + EventStream.PATH);
                    boolean begun = request.firstLine().startsWith("HTTP/1.1 200 ");
                    if (begun) {
                        open.add(request);
                    } else {
                        request.close();
                    }
                    return begun;
                });
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> RawRequest.ask(here.port, limit, "GET " + EventStream.PATH)
                            .contains("TOO_MANY_STREAMS"));
            try (var other = RawRequest.begin(here.port, here.token(), "GET " + EventStream.PATH)) {
                assertThat(other.firstLine()).startsWith("HTTP/1.1 200 ");
            }

            open.removeLast().close();

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (var again = RawRequest.begin(here.port, limit, "GET " + EventStream.PATH)) {
                    return again.firstLine().startsWith("HTTP/1.1 200 ");
                }
            });
        } finally {
            open.forEach(RawRequest::close);
            held.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            var _ = latch.await(READ_TIMEOUT.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
