package org.jiexu.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a fact. What goes wrong while looking, as it must while things are broken, means: not yet. */
final class Waiting {
    private Waiting() {}

    /** True as soon as it holds; false when it still does not after {@code limit}. */
    static boolean until(BooleanSupplier fact, Duration limit, Duration lookAgain) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds(fact)) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(lookAgain.toNanos());
        }
        return true;
    }

    static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static boolean holds(BooleanSupplier fact) {
        try {
            return fact.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
