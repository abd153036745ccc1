package org.jiexu.settlement.clearing;

import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.clearing.ClearingPostings;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.BillStore;
import org.jiexu.settlement.postgres.BillStore.Bill;
import org.jiexu.settlement.postgres.PaymentStepStore.Payment;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.PaymentUpV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 上解 — two persons of a region register that it has paid its outgoing total of a quarter to the centre (R7.3). */
@Component
public class PayUp {
    private final BillStore bills;
    private final TwoPersons twoPersons;
    private final Book book;
    private final Clearers clearers;
    private final ServiceIdentity identity;
    private final Deadlines deadlines;
    private final Outbox outbox;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;
    private final TransactionTemplate transaction;

    PayUp(
            BillStore bills,
            TwoPersons twoPersons,
            Book book,
            Clearers clearers,
            ServiceIdentity identity,
            Deadlines deadlines,
            Outbox outbox,
            BusinessClock clock,
            CrashPoints crashPoints,
            TransactionTemplate transaction) {
        this.bills = bills;
        this.twoPersons = twoPersons;
        this.book = book;
        this.clearers = clearers;
        this.identity = identity;
        this.deadlines = deadlines;
        this.outbox = outbox;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.transaction = transaction;
    }

    /** The first half. The same reference again is the same payment; with other content it is a conflict. */
    public void prepare(RegionCode region, Quarter quarter, Fen amount, String reference, Caller maker) {
        transaction.executeWithoutResult(_ -> {
            var bill = bills.lock(region, quarter).orElseThrow(Problem::notFound);
            if (isNew(bill, amount, reference)) {
                twoPersons.prepare(payment(region, quarter), amount, reference, maker, clock.instant());
            }
        });
    }

    /** The second half, by another person: now it is paid. */
    public void approve(RegionCode region, Quarter quarter, Fen amount, String reference, Caller checker) {
        transaction.executeWithoutResult(_ -> {
            var bill = bills.lock(region, quarter).orElseThrow(Problem::notFound);
            if (isNew(bill, amount, reference)) {
                var both = twoPersons.approve(payment(region, quarter), amount, reference, checker, clock.instant());
                pay(bill, reference, both);
                crashPoints.hit("clearing.before-payment-commit");
            }
        });
        crashPoints.hit("clearing.after-payment");
    }

    private static Payment payment(RegionCode region, Quarter quarter) {
        return new Payment(region, quarter, Direction.UP);
    }

    private boolean isNew(Bill bill, Fen amount, String reference) {
        var usedFor = bills.upWith(bill.region(), reference);
        if (usedFor.isPresent() && !(usedFor.get().equals(bill.quarter()) && amount.equals(bill.outAmount()))) {
            throw Amounts.referenceUsed();
        }
        if (usedFor.isPresent()) {
            return false;
        }
        if (bill.upAt() != null) {
            throw Amounts.otherReference();
        }
        if (bill.outDebts() == 0) {
            throw Problem.conflict("NOTHING_DUE", "该季度没有应上解的款项。");
        }
        Amounts.requireWhole(amount, bill.outAmount());
        return true;
    }

    private void pay(Bill bill, String reference, Hands both) {
        var now = clock.instant();
        var region = bill.region();
        bills.paidUp(region, bill.quarter(), reference, both.approvedBy(), now);
        ClearingPostings.paidUp(region, bill.quarter(), bills.pairs(region, bill.quarter()))
                .ifPresent(posting -> book.post(posting, both, now));
        var subject = Debts.subject(region, bill.quarter());
        deadlines.met(subject, DeadlineKind.PAY_UP, now);
        outbox.append(Event.clearing(
                identity.source(region),
                clearers.provinceOf(region),
                subject,
                new PaymentUpV1(region, bill.quarter().toString(), bill.outAmount(), now, reference)));
    }
}
