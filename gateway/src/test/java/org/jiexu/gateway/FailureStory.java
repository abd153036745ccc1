package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jiexu.gateway.GatewayStory.problem;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jiexu.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service is dead, slow or coming back: the door says so, soon, and never does a thing twice. */
class FailureStory {
    private static final String TO_ZHUZHOU = "/api/v1/regions/430200/transfers";
    private static final String TO_SHIJIAZHUANG = "/api/v1/regions/130100/transfers";

    private final RunningGateway gateway = RunningGateway.shared();

    /** Every test leaves the services up and their breakers closed. */
    @AfterEach
    void isWellAgain() {
        for (var path : new String[] {TO_ZHUZHOU, TO_SHIJIAZHUANG}) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> IntStream.range(0, 20)
                            .allMatch(_ -> gateway.get(path).status() == 200));
        }
    }

    @Test
    void aDeadServiceIsSaidToBeUnavailable() {
        gateway.zhuzhou.goDown();

        var reply = gateway.post(TO_ZHUZHOU, "{}");
        gateway.zhuzhou.comeBack();

        problem(reply, 503, "SERVICE_UNAVAILABLE");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
    }

    @Test
    void onlyWhatMayBeRepeatedIsTriedAgain() {
        gateway.zhuzhou.goDown();

        long plain = attempts(() -> gateway.post(TO_ZHUZHOU, "{}"));
        long read = attempts(() -> gateway.get(TO_ZHUZHOU));
        long withKey =
                attempts(() -> gateway.send(gateway.json(TO_ZHUZHOU, "{}").header("Idempotency-Key", "dead-1")));
        gateway.zhuzhou.comeBack();

        assertThat(plain).isEqualTo(1);
        assertThat(read).isEqualTo(3);
        assertThat(withKey).isEqualTo(3);
    }

    @Test
    void theSecondTryCarriesTheWholeBody() {
        var body = "{\"name\":\"" + "张".repeat(5_000) + "\"}";

        // On a slow machine the service may come back too late for the last try: then once more.
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    gateway.zhuzhou.goDown();
                    long before = gateway.failures(gateway.zhuzhou);
                    var reply = CompletableFuture.supplyAsync(
                            () -> gateway.send(gateway.json(TO_ZHUZHOU, body).header("Idempotency-Key", "again")));
                    await().pollInterval(Duration.ofMillis(5))
                            .until(() -> gateway.failures(gateway.zhuzhou) > before || reply.isDone());
                    gateway.zhuzhou.comeBack();
                    return reply.join().status() == 200;
                });

        assertThat(gateway.zhuzhou.last().body()).isEqualTo(body);
    }

    @Test
    void aSlowServiceIsNotWaitedForAndNotAskedTwice() {
        var end = new CountDownLatch(1);
        int before = gateway.shijiazhuang.seen().size();
        gateway.shijiazhuang.answers(exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Reply reply;
        try {
            reply = gateway.send(gateway.json(TO_SHIJIAZHUANG, "{}").header("Idempotency-Key", "slow-1"));
        } finally {
            gateway.shijiazhuang.answers(Backend.json(200, "{}"));
            end.countDown();
        }

        problem(reply, 504, "SERVICE_TIMEOUT");
        assertThat(gateway.shijiazhuang.seen()).hasSize(before + 1);
    }

    @Test
    void aServiceThatHangsUpIsSaidToBeUnavailableAndNotAskedTwice() {
        int before = gateway.shijiazhuang.seen().size();
        gateway.shijiazhuang.answers(exchange -> exchange.close());

        var reply = gateway.send(gateway.json(TO_SHIJIAZHUANG, "{}").header("Idempotency-Key", "hangs-up"));
        gateway.shijiazhuang.answers(Backend.json(200, "{}"));

        problem(reply, 503, "SERVICE_UNAVAILABLE");
        assertThat(gateway.shijiazhuang.seen()).hasSize(before + 1);
    }

    @Test
    void theBreakerSparesADeadServiceAndLetsItBack() {
        gateway.zhuzhou.goDown();
        for (int i = 0; i < 20; i++) {
            problem(gateway.post(TO_ZHUZHOU, "{}"), 503, "SERVICE_UNAVAILABLE");
        }
        // Now and then it lets a call through to see; the next one is refused without a try again.
        await().atMost(Duration.ofSeconds(30)).until(() -> attempts(() -> gateway.post(TO_ZHUZHOU, "{}")) == 0);
        assertThat(gateway.get("/api/v1/regions/430100/transfers").status()).isEqualTo(200);

        gateway.zhuzhou.comeBack();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.post(TO_ZHUZHOU, "{}").status() == 200);
    }

    private long attempts(Runnable call) {
        long before = gateway.failures(gateway.zhuzhou);
        call.run();
        return gateway.failures(gateway.zhuzhou) - before;
    }
}
