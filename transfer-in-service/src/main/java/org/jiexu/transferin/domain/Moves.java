package org.jiexu.transferin.domain;

import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.CREDIT;
import static org.jiexu.wire.contract.DeadlineKind.PROMISE;
import static org.jiexu.wire.contract.DeadlineKind.REVIEW;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.transferin.domain.Fact.CreditOrdered;
import org.jiexu.transferin.domain.Fact.Happened;
import org.jiexu.transferin.domain.Fact.HistoryBooked;
import org.jiexu.transferin.domain.Fact.LimitEnded;
import org.jiexu.transferin.domain.Fact.LimitMet;
import org.jiexu.transferin.domain.Fact.LimitStarted;
import org.jiexu.transferin.domain.Fact.NotDue;
import org.jiexu.transferin.domain.Fact.SheetReturned;
import org.jiexu.transferin.domain.Fact.TransferAccepted;
import org.jiexu.transferin.domain.Fact.TransferCompleted;
import org.jiexu.transferin.domain.Fact.WithdrawalRequested;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.Fact.WorkDone;
import org.jiexu.transferin.domain.Fact.WorkOpened;
import org.jiexu.transferin.domain.Input.ApplicantWithdraws;
import org.jiexu.transferin.domain.Input.Confirm;
import org.jiexu.transferin.domain.Input.Credited;
import org.jiexu.transferin.domain.Input.DeclinedThere;
import org.jiexu.transferin.domain.Input.FoundAcceptable;
import org.jiexu.transferin.domain.Input.Issued;
import org.jiexu.transferin.domain.Input.Remitted;
import org.jiexu.transferin.domain.Input.Return;
import org.jiexu.transferin.domain.Input.Suspended;
import org.jiexu.transferin.domain.Input.TakenBack;
import org.jiexu.transferin.domain.Input.YearEnded;
import org.jiexu.transferin.domain.Outcome.AlreadyDone;
import org.jiexu.transferin.domain.Outcome.InConflict;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.transferin.domain.Outcome.Rejected;
import org.jiexu.transferin.domain.State.Accepted;
import org.jiexu.transferin.domain.State.Booked;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.transferin.domain.State.Completed;
import org.jiexu.transferin.domain.State.Declined;
import org.jiexu.transferin.domain.State.Received;
import org.jiexu.transferin.domain.State.Returned;
import org.jiexu.transferin.domain.State.Withdrawing;
import org.jiexu.transferin.domain.State.Withdrawn;
import org.jiexu.transferin.domain.State.YearRunning;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.vocabulary.Fen;

/** What the moves of {@link TransferIn} bring: the next state, and every fact that comes with it. */
final class Moves {
    private Moves() {}

    /** 43号 Art. 7: both sides' conditions hold. Our promise of the whole case runs from here (R2.4). */
    static Moved accept(FoundAcceptable f) {
        return moved(
                new Accepted(),
                happened(Step.ACCEPTED),
                new LimitStarted(PROMISE, f.at()),
                new TransferAccepted(f.at()));
    }

    /**
     * R2.6: only the old region knows whether its sheet is on its way, so withdrawal is a request to it. One that sends
     * paper is told so by post, and nobody else decides (R3.7).
     */
    static Moved askToWithdraw(ApplicantWithdraws a) {
        if (a.onPaper()) {
            return moved(
                    new Withdrawn(),
                    happened(Step.WITHDRAWN),
                    new LimitEnded(PROMISE),
                    new WithdrawalRequested(a.at()),
                    // Its money may be on the way nevertheless.
                    new NotDue(NotDueReason.WITHDRAWN));
        }
        return moved(new Withdrawing(), happened(Step.WITHDRAWAL_REQUESTED), new WithdrawalRequested(a.at()));
    }

    static Moved receive(Issued i) {
        return moved(
                new Received(i.version(), i.digest(), i.amount()),
                new Happened(Step.SHEET_RECEIVED, "v" + i.version()),
                // 43号 Art. 9: five working days from receipt of the sheet.
                new LimitStarted(BOOK, i.issuedAt()),
                new WorkOpened(Work.CHECK_SHEET));
    }

    /** The wish came too late: the sheet was faster, the applicant is told and the case goes on (R2.6). */
    static Moved receiveAfterAll(Issued i) {
        var facts = new ArrayList<Fact>();
        facts.add(happened(Step.WITHDRAWAL_TOO_LATE));
        var received = receive(i);
        facts.addAll(received.facts());
        return new Moved(received.next(), List.copyOf(facts));
    }

    static Outcome compare(Received r, Issued i) {
        if (i.version() < r.version()) {
            return already();
        }
        if (i.version() > r.version()) {
            return rejected("a later sheet although none was returned");
        }
        return i.digest().equals(r.digest()) ? already() : rejected("the same version with another text");
    }

    static Outcome receiveCorrected(Returned r, Issued i) {
        if (i.version() <= r.version()) {
            return already();
        }
        if (i.version() > r.version() + 1) {
            return rejected("a version is missing in between");
        }
        return i.amount().equals(r.amount()) ? receive(i) : rejected("a corrected sheet states another amount");
    }

    static Outcome atMost(int version, Issued i) {
        return i.version() <= version ? already() : rejected("a later sheet although one is booked");
    }

    static Outcome confirm(Received r, Confirm c) {
        if (c.version() != r.version()) {
            return conflict(Conflict.OTHER_VERSION);
        }
        if (r.amount().isPositive()) {
            return book(r, c);
        }
        var until = c.yearRunsUntil();
        return until == null ? bookAndComplete(r) : bookAndWait(r, until);
    }

    /** 43号 Art. 9: the booked sheet completes the transfer of the relationship; its money is now due (R3.6). */
    static Moved book(Received r, Confirm c) {
        return moved(
                new Booked(r.version(), r.digest(), r.amount()),
                happened(Step.BOOKED),
                new LimitMet(BOOK),
                new LimitMet(REVIEW),
                new LimitStarted(CREDIT, c.at()),
                new WorkDone(Work.CHECK_SHEET),
                new CreditOrdered(r.version(), r.amount()),
                new HistoryBooked(r.version()));
    }

    /** Nothing is to move: the money leg counts as done (R3.6). */
    static Moved bookAndComplete(Received r) {
        return moved(
                new Completed(r.version(), r.digest(), r.amount()),
                happened(Step.BOOKED),
                happened(Step.COMPLETED),
                new LimitMet(BOOK),
                new LimitMet(REVIEW),
                new LimitMet(PROMISE),
                new WorkDone(Work.CHECK_SHEET),
                new TransferCompleted(r.version(), r.amount()),
                new HistoryBooked(r.version()));
    }

    /**
     * R1.3: the relationship is booked, but the old one lasts until its coverage year ends, and the case with it. The
     * promise ends here: no region can be faster than the calendar.
     */
    static Moved bookAndWait(Received r, LocalDate until) {
        return moved(
                new YearRunning(r.version(), r.digest(), until),
                happened(Step.BOOKED),
                happened(Step.YEAR_RUNNING),
                new LimitMet(BOOK),
                new LimitMet(REVIEW),
                new LimitEnded(PROMISE),
                new WorkDone(Work.CHECK_SHEET),
                new HistoryBooked(r.version()));
    }

    /** R1.3: the old region ends its relationship when it hears of completion, hence not before its year has ended. */
    static Outcome finishYear(YearRunning y, YearEnded e) {
        return e.today().isBefore(y.until())
                ? already()
                : moved(
                        new Completed(y.version(), y.digest(), Fen.ZERO),
                        happened(Step.COMPLETED),
                        new TransferCompleted(y.version(), Fen.ZERO));
    }

    /** A returned sheet stops the receiving clock (R4.6); after a final return the old region ends the case (R3.9). */
    static Outcome sendBack(Received r, Return t) {
        if (t.version() != r.version()) {
            return conflict(Conflict.OTHER_VERSION);
        }
        return moved(
                new Returned(r.version(), r.digest(), r.amount()),
                new Happened(Step.SHEET_RETURNED, "v" + r.version()),
                new LimitEnded(BOOK),
                new LimitMet(REVIEW),
                new WorkDone(Work.CHECK_SHEET),
                new SheetReturned(r.version(), t.reasons(), t.isFinal()));
    }

    static Outcome complete(Booked b, Credited c) {
        if (!c.amount().equals(b.amount())) {
            return rejected("credited another amount than the sheet's");
        }
        return moved(
                new Completed(b.version(), b.digest(), b.amount()),
                happened(Step.COMPLETED),
                new LimitMet(CREDIT),
                new LimitMet(PROMISE),
                new WorkDone(Work.SUSPENDED_MONEY),
                new TransferCompleted(b.version(), c.amount()));
    }

    static Moved withdrawn() {
        return moved(new Withdrawn(), happened(Step.WITHDRAWN), new LimitEnded(PROMISE));
    }

    /** The old region cannot transfer (R3.4); money that it has already sent must go back to the old account. */
    static Moved declined(DeclinedThere d) {
        return d.moneySent()
                ? moved(
                        new Declined(),
                        happened(Step.DECLINED),
                        new LimitEnded(PROMISE),
                        new NotDue(NotDueReason.DECLINED))
                : moved(new Declined(), happened(Step.DECLINED), new LimitEnded(PROMISE));
    }

    /** Reachable only when our own return was lost with a database: the old region's word wins until we book. */
    static Moved declinedWithSheet(DeclinedThere d) {
        var facts = new ArrayList<Fact>(
                List.of(new LimitEnded(BOOK), new LimitEnded(REVIEW), new WorkDone(Work.CHECK_SHEET)));
        var declined = declined(d);
        facts.addAll(declined.facts());
        return new Moved(declined.next(), List.copyOf(facts));
    }

    static AlreadyDone noted(Remitted r) {
        return alreadyBut(new Happened(Step.MONEY_REMITTED, r.remittance().toString()));
    }

    static AlreadyDone noted(Suspended s) {
        return alreadyBut(new Happened(Step.MONEY_SUSPENDED, s.remittance() + " " + s.reason()));
    }

    /** R7.6: the relationship has moved all the same, so the case stays where it is. */
    static Outcome takenBack(Completed c, TakenBack t) {
        return c.amount().equals(t.amount())
                ? alreadyBut(new Happened(Step.MONEY_TAKEN_BACK, t.remittance().toString()))
                : rejected("taken back another amount than was credited");
    }

    /** R3.2: never credited by guess; people see it until the right money is credited. */
    static AlreadyDone showException(Suspended s) {
        return alreadyBut(
                new Happened(Step.MONEY_SUSPENDED, s.remittance() + " " + s.reason()),
                new WorkOpened(Work.SUSPENDED_MONEY));
    }

    static Happened happened(Step step) {
        return new Happened(step, "");
    }

    static Moved moved(Case next, Fact... facts) {
        return new Moved(next, List.of(facts));
    }

    static AlreadyDone already() {
        return new AlreadyDone(List.of());
    }

    static AlreadyDone alreadyBut(Fact... facts) {
        return new AlreadyDone(List.of(facts));
    }

    static Rejected rejected(String reason, Fact... facts) {
        return new Rejected(reason, List.of(facts));
    }

    static InConflict conflict(Conflict conflict) {
        return new InConflict(conflict);
    }
}
