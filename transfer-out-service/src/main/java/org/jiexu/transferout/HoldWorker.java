package org.jiexu.transferout;

import java.time.Duration;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferout.postgres.CaseStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tries refused holds of instant cases again (R6.6), each after its own wait. The moment stands in the case's row, so it
 * outlives a restart; rows are claimed for a time, so several instances share the work. Staff see the task all the while.
 */
@Component
class HoldWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HoldWorker.class);
    private static final int MOST = 50;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceIdentity identity;
    private final CaseStore cases;
    private final CarryOutWish wishes;
    private final BusinessClock clock;
    private volatile boolean running;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    HoldWorker(ServiceIdentity identity, CaseStore cases, CarryOutWish wishes, BusinessClock clock) {
        this.identity = identity;
        this.cases = cases;
        this.wishes = wishes;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("transfer-out-holds").start(this::work);
    }

    private void work() {
        try {
            while (running) {
                if (clock.isSet()) {
                    tryAll();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryAll() {
        try {
            for (var claimed : cases.claimRefusedHolds(identity.regions(), MOST, LEASE)) {
                wishes.retryHoldByItself(claimed.number());
            }
        } catch (RuntimeException e) {
            // The worker's boundary: the database may be away; what was claimed comes again when its lease ends.
            LOG.error("refused holds could not be tried again", e);
        }
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
