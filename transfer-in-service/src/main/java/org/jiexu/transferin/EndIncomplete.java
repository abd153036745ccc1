package org.jiexu.transferin;

import java.time.Duration;
import java.util.stream.Stream;
import org.jiexu.bus.directory.ClockListener;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.service.Worker;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 逾期未补正 — refuses an application whose missing papers were not shown by the day that it was told (R2.3 ◇), with that
 * reason and what is still missing; nothing keeps the applicant from applying again. By the business clock; what came due
 * while the service was down is refused when it is up again.
 */
@Component
public class EndIncomplete extends Worker implements ClockListener {
    private static final Logger LOG = LoggerFactory.getLogger(EndIncomplete.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 100;
    private static final CodedReason OVER = new CodedReason("SUPPLEMENT_OVERDUE", "未在告知的期限内补齐材料", "备齐材料后可重新申请");

    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CarryOut carryOut;
    private final Parking parking;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public EndIncomplete(
            TransactionTemplate transaction,
            CaseStore cases,
            CarryOut carryOut,
            Parking parking,
            ServiceIdentity identity,
            BusinessClock clock) {
        super("end-incomplete", PAUSE);
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

    /** Refuses everything whose day has passed; nothing before the sandbox clock is set. */
    @Override
    protected Duration round() {
        if (!clock.isSet()) {
            return PAUSE;
        }
        var due = cases.supplementOver(identity.regions(), clock.today(), BATCH);
        long ended = due.stream().filter(this::isEnded).count();
        return ended == BATCH ? Duration.ZERO : PAUSE;
    }

    /** The boundary of this worker: one application that cannot be ended keeps no other one waiting. */
    private boolean isEnded(CaseNumber number) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> refuse(number)));
        } catch (RuntimeException e) {
            LOG.error("{} could not be ended: {}", number, e.getClass().getSimpleName());
            return false;
        }
    }

    private boolean refuse(CaseNumber number) {
        var file = cases.lock(number).orElseThrow();
        var by = file.supplementBy();
        if (!(file.state() instanceof State.Incomplete) || by == null || !by.isBefore(clock.today())) {
            return false;
        }
        var why = Stream.concat(Stream.of(OVER), file.reasons().stream()).toList();
        if (TransferIn.on(file.state(), new Input.FoundUnacceptable()) instanceof Outcome.Moved moved) {
            carryOut.move(file.because(why), moved, null);
            parking.offerAgain(number.value());
            return true;
        }
        return false;
    }
}
