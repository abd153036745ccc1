package org.jiexu.transferin;

import java.time.Duration;
import org.jiexu.bus.directory.ClockListener;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 年度结束办结 — completes by itself what waited for the end of the old coverage year (R1.3), on the day and by the business
 * clock; what came due while the service was down is completed when it is up again.
 */
@Component
public class FinishYears extends Worker implements ClockListener {
    private static final Logger LOG = LoggerFactory.getLogger(FinishYears.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CarryOut carryOut;
    private final Parking parking;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public FinishYears(
            TransactionTemplate transaction,
            CaseStore cases,
            CarryOut carryOut,
            Parking parking,
            ServiceIdentity identity,
            BusinessClock clock) {
        super("finish-years", PAUSE);
        this.transaction = transaction;
        this.cases = cases;
        this.carryOut = carryOut;
        this.parking = parking;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public void clockMoved() {
        wake();
    }

    /** Completes everything whose day has come; nothing before the sandbox clock is set. */
    @Override
    protected Duration round() {
        if (!clock.isSet()) {
            return PAUSE;
        }
        var due = cases.yearEnded(identity.regions(), clock.today(), BATCH);
        long finished = due.stream().filter(this::isFinished).count();
        return finished == BATCH ? Duration.ZERO : PAUSE;
    }

    /** The boundary of this worker: one case that cannot be completed keeps no other one waiting. */
    private boolean isFinished(CaseNumber number) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> complete(number)));
        } catch (RuntimeException e) {
            LOG.error("{} could not be completed: {}", number, e.getClass().getSimpleName());
            return false;
        }
    }

    private boolean complete(CaseNumber number) {
        var file = cases.lock(number).orElseThrow();
        if (TransferIn.on(file.state(), new Input.YearEnded(clock.today())) instanceof Outcome.Moved moved) {
            carryOut.move(file, moved, null);
            parking.offerAgain(number.value());
            return true;
        }
        return false;
    }
}
