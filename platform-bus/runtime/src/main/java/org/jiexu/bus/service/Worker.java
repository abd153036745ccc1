package org.jiexu.bus.service;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.time.ClockNotSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What a service does by itself, in rounds on a thread of its own: after a pause, or at once when it is woken. What is due
 * stands in the database, so a round that fails, or that a stop cuts off, is only a round to come again.
 */
public abstract class Worker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final int MOST_KINDS = 20;
    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

    private final String name;
    private final Duration pause;
    private final Semaphore bell = new Semaphore(0);
    private final Set<String> told = new HashSet<>();
    private long toldAt;
    private volatile @Nullable Thread thread;

    /** The pause is that after a round which failed. */
    protected Worker(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    /** Does what is due; says after how long to look again, {@link Duration#ZERO} where more may be due already. */
    protected abstract Duration round() throws InterruptedException;

    /** After the last round: waits for what rounds have begun and not awaited. */
    protected void finish() throws InterruptedException {}

    /** Something may be due: the next round begins as soon as this one is over. Callable before and during a stop. */
    public final void wake() {
        bell.release();
    }

    /** A long round looks here between its steps. */
    protected final boolean isStopping() {
        return thread == null;
    }

    @Override
    public final void start() {
        var starting = Thread.ofVirtual().name(name).unstarted(this::work);
        thread = starting;
        starting.start();
    }

    /** Waits a little for the round under way. */
    @Override
    public final void stop() {
        var running = thread;
        thread = null;
        bell.release();
        if (running != null) {
            try {
                running.join(LONGEST_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean isRunning() {
        return thread != null;
    }

    private void work() {
        try {
            // Not the flag alone: started again, the thread of before must still end.
            while (Thread.currentThread().equals(thread)) {
                var wait = attempt();
                if (!wait.isZero() && bell.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The boundary of a worker: whatever goes wrong with one round, the next one tries again. The log has the whole way there
     * once for each kind of failure until a round succeeds, and a line a minute while it lasts.
     */
    private Duration attempt() throws InterruptedException {
        try {
            var next = round();
            if (!told.isEmpty()) {
                LOG.info("{}: a round succeeded again", name);
                told.clear();
            }
            return next;
        } catch (ClockNotSet e) {
            LOG.debug("{}: the clock is not set yet", name);
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            tell(e);
        }
        return pause;
    }

    private void tell(Throwable failure) {
        var kind = Places.inShort(failure);
        boolean isNew = told.size() < MOST_KINDS && told.add(kind);
        if (isNew || System.nanoTime() - toldAt > TELL_AGAIN.toNanos()) {
            toldAt = System.nanoTime();
            LOG.warn("{}: a round failed and comes again: {}{}", name, kind, isNew ? "\n" + Places.of(failure) : "");
        }
    }
}
