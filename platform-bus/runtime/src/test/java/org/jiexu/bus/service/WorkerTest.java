package org.jiexu.bus.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private interface Round {
        Duration run(int number) throws InterruptedException;
    }

    /** Tells the number of each round that begins. */
    private static final class Counting extends Worker {
        private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        private final AtomicInteger rounds = new AtomicInteger();
        private final AtomicInteger finished = new AtomicInteger();
        private final Round round;

        Counting(Duration pause, Round round) {
            super("counting", pause);
            this.round = round;
        }

        @Override
        protected Duration round() throws InterruptedException {
            int number = rounds.incrementAndGet();
            begun.add(number);
            return round.run(number);
        }

        @Override
        protected void finish() {
            finished.incrementAndGet();
        }

        void await(int number) throws InterruptedException {
            while (begun.take() < number) {}
        }
    }

    private Counting worker = new Counting(LONG, _ -> LONG);

    @AfterEach
    void stops() {
        worker.stop();
    }

    @Test
    void comesAgainAtOnceWhereMoreMayBeDueAndAfterAPauseOtherwise() throws Exception {
        worker = new Counting(LONG, number -> number < 5 ? Duration.ZERO : number < 8 ? SHORT : LONG);

        worker.start();
        worker.await(8);

        assertThat(worker.begun.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void isWokenOutOfItsPauseAndOnceForManyCalls() throws Exception {
        worker.start();
        worker.await(1);

        for (int call = 0; call < 100; call++) {
            worker.wake();
        }
        worker.await(2);

        // Calls that came while a round ran are one more round.
        assertThat(worker.rounds.get()).isBetween(2, 100);
        worker.stop();
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void missesNoCallThatComesDuringARound() throws Exception {
        var called = new CountDownLatch(1);
        worker = new Counting(LONG, _ -> {
            called.await();
            return LONG;
        });

        worker.start();
        worker.await(1);
        worker.wake();
        called.countDown();

        worker.await(2);
    }

    @Test
    void triesAgainAfterARoundThatFailed() throws Exception {
        worker = new Counting(SHORT, number -> {
            if (number < 4) {
                throw new IllegalStateException("round " + number);
            }
            return LONG;
        });

        worker.start();

        worker.await(4);
    }

    @Test
    void waitsForTheRoundUnderWayAndForWhatRoundsHaveBegunWhenItStops() throws Exception {
        var stopping = new CountDownLatch(1);
        var ended = new AtomicInteger();
        worker = new Counting(LONG, _ -> {
            stopping.await();
            ended.incrementAndGet();
            return Duration.ZERO;
        });
        worker.start();
        worker.await(1);

        var stop = Thread.ofVirtual().start(worker::stop);
        while (worker.isRunning()) {
            Thread.onSpinWait();
        }
        stopping.countDown();
        stop.join();

        assertThat(ended.get()).isEqualTo(1);
        assertThat(worker.finished.get()).isEqualTo(1);
        assertThat(worker.rounds.get()).isEqualTo(1);
    }

    @Test
    void worksOnWhenStartedAgain() throws Exception {
        worker = new Counting(LONG, _ -> SHORT);
        worker.start();
        worker.await(2);
        worker.stop();
        int before = worker.rounds.get();

        worker.start();
        worker.await(before + 3);

        assertThat(worker.isRunning()).isTrue();
    }
}
