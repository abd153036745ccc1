package org.jiexu.settlement.clearing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jiexu.bus.service.BusLifecycle;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Recomputes each new table on a thread of its own: it may take minutes, and limits are to fire meanwhile. One that fails is
 * tried again after a growing while; it is told once, and once more when it has succeeded.
 */
@Component
class ProofWorker extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(ProofWorker.class);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final ProveTable proveTable;
    private final Clearers clearers;
    private final BusinessClock clock;
    private final BusLifecycle lifecycle;
    private final Map<Due, Failed> failed = new HashMap<>();

    private record Due(RegionCode province, Quarter quarter) {}

    private record Failed(Duration pause, long until) {}

    ProofWorker(ProveTable proveTable, Clearers clearers, BusinessClock clock, BusLifecycle lifecycle) {
        super("clearing-proofs", QUIET);
        this.proveTable = proveTable;
        this.clearers = clearers;
        this.clock = clock;
        this.lifecycle = lifecycle;
    }

    @Override
    protected Duration round() {
        if (clock.isSet() && lifecycle.isReady()) {
            for (RegionCode province : clearers.centres()) {
                for (Quarter quarter : proveTable.unproven(province)) {
                    if (!isStopping()) {
                        prove(new Due(province, quarter));
                    }
                }
            }
        }
        return QUIET;
    }

    private void prove(Due due) {
        var before = failed.get(due);
        if (before != null && before.until() - System.nanoTime() > 0) {
            return;
        }
        try {
            proveTable.runByItself(due.province(), due.quarter());
            if (failed.remove(due) != null) {
                LOG.info("the table of {} {} has been recomputed after all", due.province(), due.quarter());
            }
        } catch (RuntimeException e) {
            // The worker's boundary: another province's table is recomputed all the same.
            if (before == null) {
                LOG.error("the table of {} {} could not be recomputed, trying again", due.province(), due.quarter(), e);
            }
            var longer = before == null ? QUIET : before.pause().multipliedBy(2);
            var pause = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
            failed.put(due, new Failed(pause, System.nanoTime() + pause.toNanos()));
        }
    }
}
