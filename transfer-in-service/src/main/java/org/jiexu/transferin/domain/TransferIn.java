package org.jiexu.transferin.domain;

import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.CREDIT;
import static org.jiexu.wire.contract.DeadlineKind.PROMISE;

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
import org.jiexu.transferin.domain.Input.FoundUnacceptable;
import org.jiexu.transferin.domain.Input.Issued;
import org.jiexu.transferin.domain.Input.Remitted;
import org.jiexu.transferin.domain.Input.Return;
import org.jiexu.transferin.domain.Input.Suspended;
import org.jiexu.transferin.domain.Input.WithdrawnThere;
import org.jiexu.transferin.domain.Outcome.AlreadyDone;
import org.jiexu.transferin.domain.Outcome.InConflict;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.transferin.domain.Outcome.NotFound;
import org.jiexu.transferin.domain.Outcome.Rejected;
import org.jiexu.transferin.domain.State.Accepted;
import org.jiexu.transferin.domain.State.Booked;
import org.jiexu.transferin.domain.State.Case;
import org.jiexu.transferin.domain.State.Completed;
import org.jiexu.transferin.domain.State.Declined;
import org.jiexu.transferin.domain.State.NoSuchCase;
import org.jiexu.transferin.domain.State.Received;
import org.jiexu.transferin.domain.State.Refused;
import org.jiexu.transferin.domain.State.Returned;
import org.jiexu.transferin.domain.State.Submitted;
import org.jiexu.transferin.domain.State.Withdrawing;
import org.jiexu.transferin.domain.State.Withdrawn;
import org.jiexu.wire.contract.NotDueReason;

/**
 * 转入 — a case of the receiving region. An application is checked on both sides and accepted or refused; the old region
 * then issues its sheet, or ends the case by withdrawal or decline, which it alone may do; the sheet is confirmed or
 * returned here; a booked sheet with money waits for the credit; without money booking completes. The table below is
 * the one of protocol.md §2, row by row.
 */
public final class TransferIn {
    private record Cell(State state, Input input) {}

    private TransferIn() {}

    public static Outcome on(State state, Input input) {
        return switch (new Cell(state, input)) {

            // Before acceptance. INCOMPLETE (R2.3) will stand beside SUBMITTED: completed papers lead to the same
            // check.
            case Cell(Submitted _, FoundAcceptable f) -> accept(f);
            case Cell(Submitted _, FoundUnacceptable _) -> moved(new Refused(), happened(Step.REFUSED));
            case Cell(Submitted _, ApplicantWithdraws _) -> moved(new Withdrawn(), happened(Step.WITHDRAWN));
            case Cell(Submitted _, Issued _) -> rejected("not accepted yet");
            case Cell(Submitted _, WithdrawnThere _) -> rejected("not accepted yet");
            case Cell(Submitted _, DeclinedThere _) -> rejected("not accepted yet");
            case Cell(Submitted _, Remitted _) -> rejected("not accepted yet");
            case Cell(Submitted _, Credited _) -> rejected("not accepted yet");
            case Cell(Submitted _, Suspended _) -> rejected("not accepted yet");
            case Cell(Submitted _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Submitted _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);

            case Cell(Refused _, FoundAcceptable _) -> already();
            case Cell(Refused _, FoundUnacceptable _) -> already();
            case Cell(Refused _, ApplicantWithdraws _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Refused _, Issued _) -> rejected("was refused");
            case Cell(Refused _, WithdrawnThere _) -> rejected("was refused");
            case Cell(Refused _, DeclinedThere _) -> rejected("was refused");
            case Cell(Refused _, Remitted _) -> rejected("was refused", new NotDue(NotDueReason.NO_SUCH_CASE));
            case Cell(Refused _, Credited _) -> rejected("was refused");
            case Cell(Refused _, Suspended _) -> rejected("was refused");
            case Cell(Refused _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Refused _, Return _) -> conflict(Conflict.CASE_ENDED);

            case Cell(Accepted _, Issued i) -> receive(i);
            case Cell(Accepted _, WithdrawnThere _) -> withdrawn();
            case Cell(Accepted _, DeclinedThere d) -> declined(d);
            case Cell(Accepted _, Remitted r) -> noted(r);
            case Cell(Accepted _, Credited _) -> rejected("credited before booking");
            case Cell(Accepted _, Suspended s) -> noted(s);
            case Cell(Accepted _, ApplicantWithdraws a) -> askToWithdraw(a);
            case Cell(Accepted _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Accepted _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Accepted _, FoundAcceptable _) -> already();
            case Cell(Accepted _, FoundUnacceptable _) -> already();

            case Cell(Withdrawing _, Issued i) -> receiveAfterAll(i);
            case Cell(Withdrawing _, WithdrawnThere _) -> withdrawn();
            case Cell(Withdrawing _, DeclinedThere d) -> declined(d);
            case Cell(Withdrawing _, Remitted r) -> noted(r);
            case Cell(Withdrawing _, Credited _) -> rejected("credited before booking");
            case Cell(Withdrawing _, Suspended s) -> noted(s);
            case Cell(Withdrawing _, ApplicantWithdraws _) -> already();
            case Cell(Withdrawing _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Withdrawing _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Withdrawing _, FoundAcceptable _) -> already();
            case Cell(Withdrawing _, FoundUnacceptable _) -> already();

            case Cell(Received r, Issued i) -> compare(r, i);
            case Cell(Received _, WithdrawnThere _) -> rejected("the sheet was issued before");
            case Cell(Received _, DeclinedThere d) -> declinedWithSheet(d);
            case Cell(Received _, Remitted m) -> noted(m);
            case Cell(Received _, Credited _) -> rejected("credited before booking");
            case Cell(Received _, Suspended s) -> noted(s);
            case Cell(Received _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Received r, Confirm c) -> confirm(r, c);
            case Cell(Received r, Return t) -> sendBack(r, t);
            case Cell(Received _, FoundAcceptable _) -> already();
            case Cell(Received _, FoundUnacceptable _) -> already();

            case Cell(Returned r, Issued i) -> receiveCorrected(r, i);
            case Cell(Returned _, WithdrawnThere _) -> rejected("the sheet was issued before");
            case Cell(Returned _, DeclinedThere d) -> declined(d);
            case Cell(Returned _, Remitted m) -> noted(m);
            case Cell(Returned _, Credited _) -> rejected("credited before booking");
            case Cell(Returned _, Suspended s) -> noted(s);
            case Cell(Returned _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Returned _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Returned _, Return _) -> already();
            case Cell(Returned _, FoundAcceptable _) -> already();
            case Cell(Returned _, FoundUnacceptable _) -> already();

            case Cell(Booked b, Issued i) -> atMost(b.version(), i);
            case Cell(Booked _, WithdrawnThere _) -> rejected("booked: the case cannot end so");
            case Cell(Booked _, DeclinedThere _) -> rejected("booked: the case cannot end so");
            case Cell(Booked _, Remitted m) -> noted(m);
            case Cell(Booked b, Credited c) -> complete(b, c);
            case Cell(Booked _, Suspended s) -> showException(s);
            case Cell(Booked _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Booked _, Confirm _) -> already();
            case Cell(Booked _, Return _) -> conflict(Conflict.ALREADY_BOOKED);
            case Cell(Booked _, FoundAcceptable _) -> already();
            case Cell(Booked _, FoundUnacceptable _) -> already();

            // The ends: whatever the regions still say changes nothing; only money that arrives must be sent home.
            case Cell(Completed _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Completed _, Return _) -> conflict(Conflict.ALREADY_BOOKED);
            case Cell(Completed _, Input _) -> already();

            case Cell(Withdrawn _, Remitted _) -> alreadyBut(new NotDue(NotDueReason.WITHDRAWN));
            case Cell(Withdrawn _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Withdrawn _, Return _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Withdrawn _, Input _) -> already();

            case Cell(Declined _, Remitted _) -> alreadyBut(new NotDue(NotDueReason.DECLINED));
            case Cell(Declined _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Declined _, Return _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Declined _, Input _) -> already();

            case Cell(NoSuchCase _, Issued _) -> rejected("no such case");
            case Cell(NoSuchCase _, WithdrawnThere _) -> rejected("no such case");
            case Cell(NoSuchCase _, DeclinedThere _) -> rejected("no such case");
            case Cell(NoSuchCase _, Remitted _) -> rejected("no such case", new NotDue(NotDueReason.NO_SUCH_CASE));
            case Cell(NoSuchCase _, Credited _) -> rejected("no such case");
            case Cell(NoSuchCase _, Suspended _) -> rejected("no such case");
            case Cell(NoSuchCase _, ApplicantWithdraws _) -> new NotFound();
            case Cell(NoSuchCase _, Confirm _) -> new NotFound();
            case Cell(NoSuchCase _, Return _) -> new NotFound();
            case Cell(NoSuchCase _, FoundAcceptable _) -> new NotFound();
            case Cell(NoSuchCase _, FoundUnacceptable _) -> new NotFound();
        };
    }

    /** 43号 Art. 7: both sides' conditions hold. Our promise of the whole case runs from here (R2.4). */
    private static Moved accept(FoundAcceptable f) {
        return moved(
                new Accepted(),
                happened(Step.ACCEPTED),
                new LimitStarted(PROMISE, f.at()),
                new TransferAccepted(f.at()));
    }

    /** R2.6: only the old region knows whether its sheet is on its way, so withdrawal is a request to it. */
    private static Moved askToWithdraw(ApplicantWithdraws a) {
        return moved(new Withdrawing(), happened(Step.WITHDRAWAL_REQUESTED), new WithdrawalRequested(a.at()));
    }

    private static Moved receive(Issued i) {
        return moved(
                new Received(i.version(), i.digest(), i.amount()),
                new Happened(Step.SHEET_RECEIVED, "v" + i.version()),
                // 43号 Art. 9: five working days from receipt of the sheet.
                new LimitStarted(BOOK, i.issuedAt()),
                new WorkOpened(Work.CHECK_SHEET));
    }

    /** The wish came too late: the sheet was faster, the applicant is told and the case goes on (R2.6). */
    private static Moved receiveAfterAll(Issued i) {
        var facts = new ArrayList<Fact>();
        facts.add(happened(Step.WITHDRAWAL_TOO_LATE));
        var received = receive(i);
        facts.addAll(received.facts());
        return new Moved(received.next(), List.copyOf(facts));
    }

    private static Outcome compare(Received r, Issued i) {
        if (i.version() < r.version()) {
            return already();
        }
        if (i.version() > r.version()) {
            return rejected("a later sheet although none was returned");
        }
        return i.digest().equals(r.digest()) ? already() : rejected("the same version with another text");
    }

    private static Outcome receiveCorrected(Returned r, Issued i) {
        if (i.version() <= r.version()) {
            return already();
        }
        if (i.version() > r.version() + 1) {
            return rejected("a version is missing in between");
        }
        return i.amount().equals(r.amount()) ? receive(i) : rejected("a corrected sheet states another amount");
    }

    private static Outcome atMost(int version, Issued i) {
        return i.version() <= version ? already() : rejected("a later sheet although one is booked");
    }

    private static Outcome confirm(Received r, Confirm c) {
        if (c.version() != r.version()) {
            return conflict(Conflict.OTHER_VERSION);
        }
        return r.amount().isPositive() ? book(r, c) : bookAndComplete(r);
    }

    /** 43号 Art. 9: the booked sheet completes the transfer of the relationship; its money is now due (R3.6). */
    private static Moved book(Received r, Confirm c) {
        return moved(
                new Booked(r.version(), r.digest(), r.amount()),
                happened(Step.BOOKED),
                new LimitMet(BOOK),
                new LimitStarted(CREDIT, c.at()),
                new WorkDone(Work.CHECK_SHEET),
                new CreditOrdered(r.version(), r.amount()),
                new HistoryBooked(r.version()));
    }

    /** Nothing is to move: the money leg counts as done (R3.6). */
    private static Moved bookAndComplete(Received r) {
        return moved(
                new Completed(r.version(), r.digest(), r.amount()),
                happened(Step.BOOKED),
                happened(Step.COMPLETED),
                new LimitMet(BOOK),
                new LimitMet(PROMISE),
                new WorkDone(Work.CHECK_SHEET),
                new TransferCompleted(r.version(), r.amount()),
                new HistoryBooked(r.version()));
    }

    /** A returned sheet stops the receiving clock (R4.6); after a final return the old region ends the case (R3.9). */
    private static Outcome sendBack(Received r, Return t) {
        if (t.version() != r.version()) {
            return conflict(Conflict.OTHER_VERSION);
        }
        return moved(
                new Returned(r.version(), r.digest(), r.amount()),
                new Happened(Step.SHEET_RETURNED, "v" + r.version()),
                new LimitEnded(BOOK),
                new WorkDone(Work.CHECK_SHEET),
                new SheetReturned(r.version(), t.reasons(), t.isFinal()));
    }

    private static Outcome complete(Booked b, Credited c) {
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

    private static Moved withdrawn() {
        return moved(new Withdrawn(), happened(Step.WITHDRAWN), new LimitEnded(PROMISE));
    }

    /** The old region cannot transfer (R3.4); money that it has already sent must go back to the old account. */
    private static Moved declined(DeclinedThere d) {
        return d.moneySent()
                ? moved(
                        new Declined(),
                        happened(Step.DECLINED),
                        new LimitEnded(PROMISE),
                        new NotDue(NotDueReason.DECLINED))
                : moved(new Declined(), happened(Step.DECLINED), new LimitEnded(PROMISE));
    }

    /** Reachable only when our own return was lost with a database: the old region's word wins until we book. */
    private static Moved declinedWithSheet(DeclinedThere d) {
        var facts = new ArrayList<Fact>(List.of(new LimitEnded(BOOK), new WorkDone(Work.CHECK_SHEET)));
        var declined = declined(d);
        facts.addAll(declined.facts());
        return new Moved(declined.next(), List.copyOf(facts));
    }

    private static AlreadyDone noted(Remitted r) {
        return alreadyBut(new Happened(Step.MONEY_REMITTED, r.remittance().toString()));
    }

    private static AlreadyDone noted(Suspended s) {
        return alreadyBut(new Happened(Step.MONEY_SUSPENDED, s.remittance() + " " + s.reason()));
    }

    /** R3.2: never credited by guess; people see it until the right money is credited. */
    private static AlreadyDone showException(Suspended s) {
        return alreadyBut(
                new Happened(Step.MONEY_SUSPENDED, s.remittance() + " " + s.reason()),
                new WorkOpened(Work.SUSPENDED_MONEY));
    }

    private static Happened happened(Step step) {
        return new Happened(step, "");
    }

    private static Moved moved(Case next, Fact... facts) {
        return new Moved(next, List.of(facts));
    }

    private static AlreadyDone already() {
        return new AlreadyDone(List.of());
    }

    private static AlreadyDone alreadyBut(Fact... facts) {
        return new AlreadyDone(List.of(facts));
    }

    private static Rejected rejected(String reason, Fact... facts) {
        return new Rejected(reason, List.of(facts));
    }

    private static InConflict conflict(Conflict conflict) {
        return new InConflict(conflict);
    }
}
