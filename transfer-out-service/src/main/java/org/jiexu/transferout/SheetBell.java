package org.jiexu.transferout;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the worker that prepares sheets; ringing twice before it listens is ringing once. */
@Component
class SheetBell {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
        rung.release();
    }

    /** Returns when rung, or after that time. */
    void await(long milliseconds) throws InterruptedException {
        if (rung.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
