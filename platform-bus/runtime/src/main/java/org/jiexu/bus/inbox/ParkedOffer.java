package org.jiexu.bus.inbox;

import java.util.Optional;
import org.jiexu.bus.service.Places;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** 重新提交 — offers one parked message to the service now, as after a move of its case. Nothing is forced. */
public final class ParkedOffer {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedOffer.class);

    private final Parking parking;
    private final TransactionTemplate transaction;

    /** What came of it. */
    public enum Outcome {
        DONE,
        STILL_WAITS,
        CONTRADICTS,
        FAILED
    }

    ParkedOffer(Parking parking, TransactionTemplate transaction) {
        this.parking = parking;
        this.transaction = transaction;
    }

    /** Empty when no such message waits there any more. The region is empty where messages of all are read. */
    public Optional<Outcome> now(String region, long position) {
        try {
            var outcome = transaction.execute(status -> {
                var offered = parking.offer(region, position);
                if (!offered.equals(Optional.of(Outcome.DONE))) {
                    status.setRollbackOnly();
                }
                return offered;
            });
            return outcome == null ? Optional.empty() : outcome;
        } catch (RuntimeException e) {
            LOG.warn("the parked message {} fails: {}", position, Places.of(e));
            return Optional.of(Outcome.FAILED);
        }
    }
}
