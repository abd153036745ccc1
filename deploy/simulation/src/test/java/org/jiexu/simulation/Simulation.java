package org.jiexu.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs seeds; the first that fails is run again alone with its story kept. */
final class Simulation {
    private static final int THREADS = 2;

    private Simulation() {}

    /** What the seeds walked through, and the first failure by seed. */
    record Result(Tally walked, @Nullable Failure failure) {}

    record Failure(long seed, String why, String story) {
        @Override
        public String toString() {
            return "seed %d: %s%nrun it alone with -Dtest=SimulationTest -Dseed=%d%n%s"
                    .formatted(seed, why, seed, story);
        }
    }

    static Result run(long from, long to, Machines machines) {
        var next = new AtomicLong(from);
        var found = new AtomicReference<@Nullable Failure>();
        var walked = new Tally();
        var threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = Thread.ofPlatform().name("seeds-" + i).start(() -> {
                var mine = new Tally();
                for (long seed = next.getAndIncrement();
                        seed < to && found.get() == null;
                        seed = next.getAndIncrement()) {
                    var failure = one(seed, machines, mine);
                    if (failure != null) {
                        found.accumulateAndGet(failure, (a, b) -> a != null && a.seed < b.seed ? a : b);
                    }
                }
                synchronized (walked) {
                    walked.add(mine);
                }
            });
        }
        for (var thread : threads) {
            join(thread);
        }
        return new Result(walked, found.get());
    }

    private static @Nullable Failure one(long seed, Machines machines, Tally walked) {
        try {
            walked.add(new World(seed, machines, Story.forgotten()).run());
            return null;
        } catch (RuntimeException e) {
            return told(seed, machines);
        }
    }

    /** The same seed, told step by step. */
    static Failure told(long seed, Machines machines) {
        var story = Story.kept();
        String why = "comes to rest";
        try {
            new World(seed, machines, story).run();
        } catch (RuntimeException e) {
            why = e.toString() + " at " + e.getStackTrace()[e instanceof Broken ? 1 : 0];
        }
        return new Failure(seed, why, story.toString());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
