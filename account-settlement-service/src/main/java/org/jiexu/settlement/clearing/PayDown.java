package org.jiexu.settlement.clearing;

import java.util.List;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.PaymentStepStore.Payment;
import org.jiexu.settlement.postgres.PaymentStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.postgres.PaymentStore.Due;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PaymentDownV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 下拨 — the centre pays a region's incoming total down, after every region has paid up; two persons say so (R7.3). */
@Component
public class PayDown {
    private final CentreStore centre;
    private final TableStore tables;
    private final PaymentStore payments;
    private final TwoPersons twoPersons;
    private final Book book;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final TransactionTemplate transaction;

    PayDown(
            CentreStore centre,
            TableStore tables,
            PaymentStore payments,
            TwoPersons twoPersons,
            Book book,
            Deadlines deadlines,
            Outbox outbox,
            BusinessClock clock,
            CrashPoints crashPoints,
            TransactionTemplate transaction) {
        this.centre = centre;
        this.tables = tables;
        this.payments = payments;
        this.twoPersons = twoPersons;
        this.book = book;
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.transaction = transaction;
    }

    /** The first half. The same reference again is the same payment; with other content it is a conflict. */
    public void prepare(
            RegionCode province, Quarter quarter, RegionCode region, Fen amount, String reference, Caller maker) {
        transaction.executeWithoutResult(_ -> {
            centre.deciding(province);
            if (isNew(province, quarter, due(province, quarter, region), amount, reference)) {
                twoPersons.prepare(payment(region, quarter), amount, reference, maker, clock.instant());
            }
        });
    }

    /** The second half, by another person: now it is paid. */
    public void approve(
            RegionCode province, Quarter quarter, RegionCode region, Fen amount, String reference, Caller checker) {
        transaction.executeWithoutResult(_ -> {
            centre.deciding(province);
            var due = due(province, quarter, region);
            if (isNew(province, quarter, due, amount, reference)) {
                var both = twoPersons.approve(payment(region, quarter), amount, reference, checker, clock.instant());
                pay(province, quarter, due, reference, both);
                crashPoints.hit("clearing.before-payment-commit");
            }
        });
        crashPoints.hit("clearing.after-payment");
    }

    private static Payment payment(RegionCode region, Quarter quarter) {
        return new Payment(region, quarter, Direction.DOWN);
    }

    private Due due(RegionCode province, Quarter quarter, RegionCode region) {
        return payments.due(province, quarter, region, Direction.DOWN).orElseThrow(Problem::notFound);
    }

    private boolean isNew(RegionCode province, Quarter quarter, Due due, Fen amount, String reference) {
        var usedFor = payments.downWith(province, reference);
        if (usedFor.isPresent()) {
            if (usedFor.get().equals(quarter + "/" + due.region()) && amount.equals(due.amount())) {
                return false;
            }
            throw Amounts.referenceUsed();
        }
        if (due.isPaid()) {
            throw Amounts.otherReference();
        }
        Amounts.requireWhole(amount, due.amount());
        requireReady(province, quarter);
        return true;
    }

    private void requireReady(RegionCode province, Quarter quarter) {
        if (!tables.made(province, quarter).map(TableStore.Made::isClosed).orElse(false)) {
            throw Problem.conflict("NOT_CLOSED", "该季度尚未经两人结账，不能下拨。");
        }
        var waiting = unpaid(payments.due(province, quarter), Direction.UP);
        if (!waiting.isEmpty()) {
            throw Problem.conflict("NOT_ALL_PAID_UP", "仍有统筹区未完成上解，不能下拨。").with("waitingFor", waiting);
        }
    }

    private void pay(RegionCode province, Quarter quarter, Due due, String reference, Hands both) {
        var now = clock.instant();
        payments.pay(province, quarter, due.region(), Direction.DOWN, due.amount(), reference, now, both.approvedBy());
        ClearingPostings.down(province, quarter, due.region(), due.amount())
                .ifPresent(posting -> book.post(posting, both, now));
        if (unpaid(payments.due(province, quarter), Direction.DOWN).isEmpty()) {
            deadlines.met(Debts.subject(province, quarter), DeadlineKind.PAY_DOWN, now);
        }
        outbox.append(Event.clearing(
                Clearers.settlementOf(province),
                province,
                Debts.subject(due.region(), quarter),
                new PaymentDownV1(due.region(), quarter.toString(), due.amount(), now, reference)));
    }

    static List<RegionCode> unpaid(List<Due> all, Direction direction) {
        return all.stream()
                .filter(due -> due.direction() == direction && !due.isPaid())
                .map(Due::region)
                .toList();
    }
}
