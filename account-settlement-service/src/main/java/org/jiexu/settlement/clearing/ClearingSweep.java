package org.jiexu.settlement.clearing;

import java.util.concurrent.locks.ReentrantLock;
import org.jiexu.bus.service.BusLifecycle;
import org.jiexu.bus.time.BusinessClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does what is due in clearing, each step once by its own key: statements of quarters that are over, tables that are
 * complete. Recomputations are {@link ProofWorker}'s. What came due while nobody was up is done when somebody is.
 */
@Component
public class ClearingSweep {
    private static final Logger LOG = LoggerFactory.getLogger(ClearingSweep.class);

    private final StateQuarter stateQuarter;
    private final GenerateTable generateTable;
    private final Clearers clearers;
    private final BusinessClock clock;
    private final BusLifecycle lifecycle;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    ClearingSweep(
            StateQuarter stateQuarter,
            GenerateTable generateTable,
            Clearers clearers,
            BusinessClock clock,
            BusLifecycle lifecycle) {
        this.stateQuarter = stateQuarter;
        this.generateTable = generateTable;
        this.clearers = clearers;
        this.clock = clock;
        this.lifecycle = lifecycle;
    }

    public void sweep() {
        if (!clock.isSet() || !lifecycle.isReady() || !oneAtATime.tryLock()) {
            return;
        }
        try {
            clearers.regions().forEach(region -> attempt("stating", region, () -> stateQuarter.allDue(region)));
            clearers.centres().forEach(province -> attempt("clearing", province, () -> generateTable.allDue(province)));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** One region's fault stops no other's work; the next sweep tries again. */
    private static void attempt(String what, Object whose, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed, trying again", what, whose, e);
        }
    }
}
