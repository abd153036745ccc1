package org.jiexu.transferout;

import java.time.Duration;
import org.jiexu.bus.client.RegistryUnavailable;
import org.jiexu.bus.time.BusinessClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Drives {@link PrepareSheets}: woken after a hold was committed, looking every second otherwise. */
@Component
class SheetWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SheetWorker.class);
    private static final long QUIET_MILLISECONDS = 1_000;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(30);

    private final PrepareSheets prepareSheets;
    private final SheetBell bell;
    private final BusinessClock clock;
    private volatile boolean running;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    SheetWorker(PrepareSheets prepareSheets, SheetBell bell, BusinessClock clock) {
        this.prepareSheets = prepareSheets;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("transfer-out-sheets").start(this::work);
    }

    private void work() {
        var wait = Duration.ZERO;
        try {
            while (running) {
                if (wait.isZero()) {
                    bell.await(QUIET_MILLISECONDS);
                } else {
                    Thread.sleep(wait);
                }
                wait = clock.isSet() ? prepareAll(wait) : wait;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until nothing is due; returns how long to wait after a failure, zero when all is well. */
    private Duration prepareAll(Duration waited) {
        try {
            while (running && prepareSheets.prepareDue(LEAST_WAIT)) {}
            if (!waited.isZero()) {
                LOG.info("sheets go on");
            }
            return Duration.ZERO;
        } catch (RegistryUnavailable e) {
            if (waited.isZero()) {
                LOG.warn("the registry does not answer, sheets wait");
            }
            return longer(waited);
        } catch (RuntimeException e) {
            // The worker's boundary: the database may be away; it is tried again.
            if (waited.isZero()) {
                LOG.error("sheets could not be prepared and wait", e);
            }
            return longer(waited);
        }
    }

    private static Duration longer(Duration waited) {
        if (waited.isZero()) {
            return LEAST_WAIT;
        }
        var doubled = waited.multipliedBy(2);
        return doubled.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : doubled;
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
