package org.jiexu.sandbox.story;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again until something is so: what happens in another region takes its moment. */
final class Waiting {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Waiting() {}

    /** The last thing seen, whether or not it became so in time. */
    static <T> T until(Supplier<T> look, Predicate<T> isSo, Duration limit) {
        long start = System.nanoTime();
        T seen = look.get();
        while (!isSo.test(seen) && System.nanoTime() - start < limit.toNanos()) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            seen = look.get();
        }
        return seen;
    }
}
