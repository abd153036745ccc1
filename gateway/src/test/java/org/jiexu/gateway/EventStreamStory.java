package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.gateway.RunningGateway.READ_TIMEOUT;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        var lines = answer.body().iterator();

        var first = lines.next();
        seen.countDown();

        assertThat(first).isEqualTo("data: first");
        assertThat(lines.next()).isEmpty();
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

        assertThat(lines.next()).isEmpty();
        assertThat(lines.hasNext()).isFalse();
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

    private static void await(CountDownLatch latch) {
        try {
            var _ = latch.await(READ_TIMEOUT.toMillis() + 500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
