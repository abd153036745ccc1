package org.jiexu.settlement.clearing;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.PaymentStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.postgres.PaymentStore.Due;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.PaymentUpV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/** 清算中心 — what a province's centre does with what the regions say. */
@Component
class HearAsCentre {
    private final CentreStore centre;
    private final TableStore tables;
    private final PaymentStore payments;
    private final Book book;
    private final Deadlines deadlines;
    private final Policies policies;
    private final Parking parking;
    private final BusinessClock clock;

    HearAsCentre(
            CentreStore centre,
            TableStore tables,
            PaymentStore payments,
            Book book,
            Deadlines deadlines,
            Policies policies,
            Parking parking,
            BusinessClock clock) {
        this.centre = centre;
        this.tables = tables;
        this.payments = payments;
        this.book = book;
        this.deadlines = deadlines;
        this.policies = policies;
        this.parking = parking;
        this.clock = clock;
    }

    /** Every debt is kept once; the same number with other content is a conflict, a late one contradicts a statement. */
    Answer debt(RegionCode province, DebtRecordedV1 debt) {
        centre.hearing(province);
        var known = centre.debt(province, debt.debt());
        if (known.isPresent()) {
            return known.get().equals(debt)
                    ? Answer.alreadyDone()
                    : Answer.quarantined("this debt was said with another content");
        }
        if (tables.isMade(province, Quarter.of(debt.bookedAt()))) {
            return Answer.quarantined("the table of that quarter is closed");
        }
        if (debt.corrects() != null) {
            var corrected = centre.debt(province, debt.corrects());
            if (corrected.isEmpty()) {
                return Answer.rejected("the debt that it corrects is not known yet");
            }
            if (!debt.equals(Debts.correction(corrected.get(), debt.bookedAt()))) {
                return Answer.quarantined("a correction takes back exactly what was owed");
            }
        }
        centre.keep(province, debt, clock.instant());
        if (debt.corrects() == null) {
            parking.offerAgain(Debts.correctionOf(debt.debt()));
        }
        return Answer.moved();
    }

    Answer stated(RegionCode province, QuarterStatedV1 stated) {
        var quarter = quarter(stated.quarter());
        if (quarter.isEmpty()) {
            return Answer.quarantined("not a quarter");
        }
        centre.hearing(province);
        var known = centre.statement(province, stated.region(), quarter.get());
        if (known.isPresent()) {
            return known.get().equals(stated)
                    ? Answer.alreadyDone()
                    : Answer.quarantined("this quarter was stated with another content");
        }
        centre.keep(province, stated);
        return Answer.moved();
    }

    /** R7.3: with the last payment up the centre's own limit begins. */
    Answer paidUp(RegionCode province, PaymentUpV1 paid) {
        var quarter = quarter(paid.quarter());
        if (quarter.isEmpty()) {
            return Answer.quarantined("not a quarter");
        }
        centre.deciding(province);
        if (!tables.isMade(province, quarter.get())) {
            return Answer.rejected("there is no table of that quarter yet");
        }
        var due = payments.due(province, quarter.get(), paid.region(), Direction.UP);
        if (due.isEmpty() || !due.get().amount().equals(paid.amount())) {
            return Answer.quarantined("not what the table asks of that region");
        }
        if (due.get().isPaid()) {
            return Objects.equals(due.get().paidAt(), paid.paidAt())
                    ? Answer.alreadyDone()
                    : Answer.quarantined("this payment was said with another content");
        }
        var reference = paid.reference() == null ? "" : paid.reference();
        var by = Clearers.settlementOf(paid.region()).toString();
        payments.pay(province, quarter.get(), paid.region(), Direction.UP, paid.amount(), reference, paid.paidAt(), by);
        ClearingPostings.up(province, quarter.get(), paid.region(), paid.amount())
                .ifPresent(posting -> book.post(posting, clock.instant()));
        beginPayingDown(province, quarter.get());
        return Answer.moved();
    }

    private void beginPayingDown(RegionCode province, Quarter quarter) {
        var all = payments.due(province, quarter);
        if (!PayDown.unpaid(all, Direction.UP).isEmpty()
                || PayDown.unpaid(all, Direction.DOWN).isEmpty()) {
            return;
        }
        Instant last = all.stream()
                .filter(due -> due.direction() == Direction.UP)
                .map(Due::paidAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        int days = policies.number(Policies.PAY_DOWN_WORKING_DAYS, province);
        deadlines.start(Debts.subject(province, quarter), DeadlineKind.PAY_DOWN, province, last, days);
    }

    static Optional<Quarter> quarter(String text) {
        try {
            return Optional.of(Quarter.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
