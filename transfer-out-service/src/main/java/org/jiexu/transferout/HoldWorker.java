package org.jiexu.transferout;

import java.time.Duration;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferout.postgres.CaseStore;
import org.springframework.stereotype.Component;

/**
 * Tries refused holds of instant cases again (R6.6), each after its own wait. The moment stands in the case's row, so it
 * outlives a restart; rows are claimed for a time, so several instances share the work. Staff see the task all the while.
 */
@Component
class HoldWorker extends Worker {
    private static final int MOST = 50;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceIdentity identity;
    private final CaseStore cases;
    private final CarryOutWish wishes;
    private final BusinessClock clock;

    HoldWorker(ServiceIdentity identity, CaseStore cases, CarryOutWish wishes, BusinessClock clock) {
        super("transfer-out-holds", PAUSE);
        this.identity = identity;
        this.cases = cases;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** Nothing before the sandbox clock is set; what a failed round has claimed comes again when its lease ends. */
    @Override
    protected Duration round() {
        if (clock.isSet()) {
            cases.claimRefusedHolds(identity.regions(), MOST, LEASE)
                    .forEach(claimed -> wishes.retryHoldByItself(claimed.number()));
        }
        return PAUSE;
    }
}
