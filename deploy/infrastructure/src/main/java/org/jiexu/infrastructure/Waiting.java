package org.jiexu.infrastructure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a fact that nobody announces, such as the end of a process that is not our child. */
final class Waiting {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private Waiting() {}

    /** True as soon as {@code fact} holds; false when it still does not after {@code limit}. */
    static boolean until(BooleanSupplier fact, Duration limit) {
        long start = System.nanoTime();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
