package org.jiexu.transferout.domain;

import java.util.List;
import java.util.stream.Stream;
import org.jiexu.transferout.domain.Fact.AccountPaidOut;
import org.jiexu.transferout.domain.Fact.CaseDeclined;
import org.jiexu.transferout.domain.Fact.CaseWithdrawn;
import org.jiexu.transferout.domain.Fact.HoldRequested;
import org.jiexu.transferout.domain.Fact.PayOutOrdered;
import org.jiexu.transferout.domain.Fact.RelationshipTerminated;
import org.jiexu.transferout.domain.Fact.ReleaseOrdered;
import org.jiexu.transferout.domain.Fact.RemitOrdered;
import org.jiexu.transferout.domain.Fact.SheetIssued;
import org.jiexu.transferout.domain.Input.Accepted;
import org.jiexu.transferout.domain.Input.AmountHeld;
import org.jiexu.transferout.domain.Input.CaseCompleted;
import org.jiexu.transferout.domain.Input.Correct;
import org.jiexu.transferout.domain.Input.Decline;
import org.jiexu.transferout.domain.Input.HoldRefusal;
import org.jiexu.transferout.domain.Input.Issue;
import org.jiexu.transferout.domain.Input.Message;
import org.jiexu.transferout.domain.Input.MoneyReturned;
import org.jiexu.transferout.domain.Input.PaidOut;
import org.jiexu.transferout.domain.Input.ParticipationResumed;
import org.jiexu.transferout.domain.Input.RemitAgain;
import org.jiexu.transferout.domain.Input.RetryHold;
import org.jiexu.transferout.domain.Input.SheetReturned;
import org.jiexu.transferout.domain.Input.Wish;
import org.jiexu.transferout.domain.Input.WithdrawalRequested;
import org.jiexu.transferout.domain.Outcome.AlreadyDone;
import org.jiexu.transferout.domain.Outcome.Conflict;
import org.jiexu.transferout.domain.Outcome.Moved;
import org.jiexu.transferout.domain.Outcome.NoSuchCase;
import org.jiexu.transferout.domain.Outcome.Noted;
import org.jiexu.transferout.domain.Outcome.Rejected;
import org.jiexu.transferout.domain.State.Completed;
import org.jiexu.transferout.domain.State.Declined;
import org.jiexu.transferout.domain.State.Held;
import org.jiexu.transferout.domain.State.HoldRefused;
import org.jiexu.transferout.domain.State.Holding;
import org.jiexu.transferout.domain.State.Issued;
import org.jiexu.transferout.domain.State.NoCase;
import org.jiexu.transferout.domain.State.Returned;
import org.jiexu.transferout.domain.State.Withdrawn;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 转出 — one relationship leaving this region. Acceptance asks for a hold; the held amount is the sheet's amount; the
 * sheet and the order to remit leave together; after that only the receiving region's word, or a return, moves the case.
 * This side alone decides whether a case is issued, withdrawn or declined (protocol §0, §3).
 */
public final class TransferOut {
    private record Cell(State state, Input input) {}

    private TransferOut() {}

    /** The table of protocol §3, one cell a line. */
    public static Outcome on(State state, Input input) {
        return switch (new Cell(state, input)) {
            // — nothing is known of the number yet
            case Cell(NoCase _, Accepted in) -> in.other() == null ? hold(1) : declineAsSecond(in);
            case Cell(NoCase _, WithdrawalRequested _) -> moved(new Withdrawn(), new CaseWithdrawn()); // tombstone
            case Cell(NoCase _, AmountHeld _) -> new Rejected("held before acceptance");
            case Cell(NoCase _, HoldRefusal _) -> new Rejected("hold refused before acceptance");
            case Cell(NoCase _, SheetReturned _) -> new Rejected("returned before acceptance");
            case Cell(NoCase _, CaseCompleted _) -> new Rejected("completed before acceptance");
            case Cell(NoCase _, MoneyReturned _) -> new Rejected("money returned before acceptance");
            case Cell(NoCase _, PaidOut _) -> new Rejected("paid out before acceptance");
            case Cell(NoCase _, ParticipationResumed _) -> new AlreadyDone(); // most resumptions have no case
            case Cell(NoCase _, Wish _) -> new NoSuchCase();

            // HOLDING — the settlement has not answered
            case Cell(Holding _, Accepted _) -> new AlreadyDone();
            case Cell(Holding _, WithdrawalRequested _) -> withdraw();
            case Cell(Holding _, AmountHeld in) -> moved(new Held(in.amount()));
            case Cell(Holding s, HoldRefusal in) -> in.attempt() < s.attempt() ? new AlreadyDone() : refuseHold(in);
            case Cell(Holding _, SheetReturned _) -> new Rejected("returned before issue");
            case Cell(Holding _, CaseCompleted _) -> new Rejected("completed before issue");
            case Cell(Holding _, MoneyReturned _) -> new Rejected("money returned before issue");
            case Cell(Holding _, PaidOut _) -> new Rejected("paid out before completion");
            // R3.5: a resumption before the sheet ends the case.
            case Cell(Holding _, ParticipationResumed i) -> decline(List.of(DeclineReasons.of(i.why())));
            case Cell(Holding _, Issue _) -> new Conflict(Obstacle.HOLD_PENDING);
            case Cell(Holding _, Correct _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);
            case Cell(Holding _, Decline in) -> decline(in.reasons()); // R3.4
            case Cell(Holding _, RetryHold _) -> new Conflict(Obstacle.HOLD_PENDING);
            case Cell(Holding _, RemitAgain _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);

            // HOLD_REFUSED — people look at it
            case Cell(HoldRefused _, Accepted _) -> new AlreadyDone();
            case Cell(HoldRefused _, WithdrawalRequested _) -> withdraw();
            case Cell(HoldRefused _, AmountHeld in) -> moved(new Held(in.amount()));
            case Cell(HoldRefused _, HoldRefusal _) -> new AlreadyDone();
            case Cell(HoldRefused _, SheetReturned _) -> new Rejected("returned before issue");
            case Cell(HoldRefused _, CaseCompleted _) -> new Rejected("completed before issue");
            case Cell(HoldRefused _, MoneyReturned _) -> new Rejected("money returned before issue");
            case Cell(HoldRefused _, PaidOut _) -> new Rejected("paid out before completion");
            case Cell(HoldRefused _, ParticipationResumed i) -> decline(List.of(DeclineReasons.of(i.why())));
            case Cell(HoldRefused _, Issue _) -> new Conflict(Obstacle.HOLD_WAS_REFUSED);
            case Cell(HoldRefused _, Correct _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);
            case Cell(HoldRefused _, Decline in) -> decline(in.reasons());
            case Cell(HoldRefused s, RetryHold _) -> hold(s.attempt() + 1);
            case Cell(HoldRefused _, RemitAgain _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);

            // HELD — the amount is known, the sheet is due
            case Cell(Held _, Accepted _) -> new AlreadyDone();
            case Cell(Held _, WithdrawalRequested _) -> withdraw();
            case Cell(Held _, AmountHeld _) -> new AlreadyDone();
            case Cell(Held _, HoldRefusal _) -> new AlreadyDone();
            case Cell(Held _, SheetReturned _) -> new Rejected("returned before issue");
            case Cell(Held _, CaseCompleted _) -> new Rejected("completed before issue");
            case Cell(Held _, MoneyReturned _) -> new Rejected("money returned before issue");
            case Cell(Held _, PaidOut _) -> new Rejected("paid out before completion");
            case Cell(Held _, ParticipationResumed i) -> decline(List.of(DeclineReasons.of(i.why())));
            case Cell(Held s, Issue _) -> issue(s.amount()); // 43号 Art. 8
            case Cell(Held _, Correct _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);
            case Cell(Held _, Decline in) -> decline(in.reasons());
            case Cell(Held _, RetryHold _) -> new Conflict(Obstacle.HOLD_NOT_REFUSED);
            case Cell(Held _, RemitAgain _) -> new Conflict(Obstacle.SHEET_NOT_ISSUED);

            // ISSUED(v) — the receiving region has the word
            case Cell(Issued _, Accepted _) -> new AlreadyDone();
            // R2.6: the wish came too late; the sheet on its way is the answer.
            case Cell(Issued _, WithdrawalRequested _) -> new AlreadyDone();
            case Cell(Issued _, AmountHeld _) -> new AlreadyDone();
            case Cell(Issued _, HoldRefusal _) -> new AlreadyDone();
            case Cell(Issued s, SheetReturned in) -> takeBack(s, in);
            case Cell(Issued s, CaseCompleted in) -> complete(s, in);
            case Cell(Issued s, MoneyReturned in) -> in.remittance() > s.remittances() ? unknownMoney() : back(s, in);
            case Cell(Issued _, PaidOut _) -> new Rejected("paid out before completion");
            case Cell(Issued _, ParticipationResumed i) -> new Noted(Task.of(i.why()));
            case Cell(Issued _, Issue _) -> new AlreadyDone();
            case Cell(Issued _, Correct _) -> new AlreadyDone();
            case Cell(Issued _, Decline _) -> new Conflict(Obstacle.SHEET_ALREADY_ISSUED);
            case Cell(Issued _, RetryHold _) -> new Conflict(Obstacle.SHEET_ALREADY_ISSUED);
            case Cell(Issued s, RemitAgain _) -> s.moneyCameBack() ? remitAgain(s) : nothingCameBack();

            // RETURNED(v) — a corrected sheet is due
            case Cell(Returned _, Accepted _) -> new AlreadyDone();
            case Cell(Returned _, WithdrawalRequested _) -> new AlreadyDone();
            case Cell(Returned _, AmountHeld _) -> new AlreadyDone();
            case Cell(Returned _, HoldRefusal _) -> new AlreadyDone();
            case Cell(Returned s, SheetReturned in) -> in.version() <= s.version() ? new AlreadyDone() : tooHigh();
            case Cell(Returned _, CaseCompleted _) -> new Rejected("completed while returned");
            case Cell(Returned s, MoneyReturned in) -> in.remittance() > s.remittances() ? unknownMoney() : back(s, in);
            case Cell(Returned _, PaidOut _) -> new Rejected("paid out before completion");
            case Cell(Returned _, ParticipationResumed i) -> new Noted(Task.of(i.why()));
            case Cell(Returned _, Issue _) -> new Conflict(Obstacle.SHEET_WAS_RETURNED);
            case Cell(Returned s, Correct _) -> correct(s);
            case Cell(Returned s, Decline in) -> declineReturned(s, in);
            case Cell(Returned _, RetryHold _) -> new Conflict(Obstacle.SHEET_ALREADY_ISSUED);
            case Cell(Returned _, RemitAgain _) -> new Conflict(Obstacle.SHEET_WAS_RETURNED);

            // The ends: nothing leaves them (R3.8).
            case Cell(Completed s, PaidOut in) -> s.paidOut().isZero() ? tellPaidOut(s, in) : new AlreadyDone();
            case Cell(Withdrawn _, PaidOut _) -> new Rejected("paid out although withdrawn");
            case Cell(Declined _, PaidOut _) -> new Rejected("paid out although declined");
            case Cell(Completed s, MoneyReturned in) -> releaseLate(s, in);
            case Cell(Completed _, Message _) -> new AlreadyDone();
            case Cell(Completed _, Wish _) -> new Conflict(Obstacle.CASE_HAS_ENDED);
            case Cell(Withdrawn _, Message _) -> new AlreadyDone();
            case Cell(Withdrawn _, Wish _) -> new Conflict(Obstacle.CASE_HAS_ENDED);
            case Cell(Declined _, Message _) -> new AlreadyDone();
            case Cell(Declined _, Wish _) -> new Conflict(Obstacle.CASE_HAS_ENDED);
        };
    }

    private static Moved hold(int attempt) {
        return moved(new Holding(attempt), new HoldRequested(attempt));
    }

    /** R1.6: the last wall behind the registry's reservation. Nothing was held yet, so nothing is released. */
    private static Moved declineAsSecond(Accepted in) {
        var other = in.other();
        var reasons = other == null ? List.<CodedReason>of() : List.of(DeclineReasons.openTransfer(other));
        return moved(new Declined(reasons), new CaseDeclined(reasons, false));
    }

    private static Moved withdraw() {
        return moved(new Withdrawn(), new ReleaseOrdered(), new CaseWithdrawn());
    }

    private static Moved decline(List<CodedReason> reasons) {
        return moved(new Declined(reasons), new ReleaseOrdered(), new CaseDeclined(reasons, false));
    }

    /** A refusal of an earlier attempt than the running one is a redelivery; see the table. */
    private static Moved refuseHold(HoldRefusal in) {
        return moved(new HoldRefused(in.attempt(), in.reason()));
    }

    /** The sheet and the order to remit are one move: neither is ever without the other. */
    private static Moved issue(Fen amount) {
        int remittance = amount.isPositive() ? 1 : 0;
        var issued = new SheetIssued(1, amount, remittance);
        var next = new Issued(1, amount, remittance, false);
        return amount.isPositive() ? moved(next, issued, new RemitOrdered(1, amount, 1)) : moved(next, issued);
    }

    private static Outcome takeBack(Issued s, SheetReturned in) {
        if (in.version() != s.version()) {
            return in.version() < s.version() ? new AlreadyDone() : tooHigh();
        }
        if (in.last()) {
            // R3.9: the receiving region cannot take the case at all; the old region ends it.
            return end(s.amount(), s.moneyCameBack(), in.reasons());
        }
        return moved(new Returned(s.version(), s.amount(), s.remittances(), s.moneyCameBack(), in.reasons()));
    }

    private static Moved declineReturned(Returned s, Decline in) {
        return end(s.amount(), s.moneyCameBack(), in.reasons());
    }

    /**
     * Declined after issue. What is still, or again, held here is released; money under way is named, so that the other
     * side sends it back.
     */
    private static Moved end(Fen amount, boolean moneyCameBack, List<CodedReason> reasons) {
        var declined = new CaseDeclined(reasons, amount.isPositive());
        boolean heldHere = amount.isZero() || moneyCameBack;
        return heldHere
                ? moved(new Declined(reasons), new ReleaseOrdered(), declined)
                : moved(new Declined(reasons), declined);
    }

    /** 43号 Art. 13: the old relationship ends when the transfer is complete. Another amount than the sheet's is no end. */
    private static Outcome complete(Issued s, CaseCompleted in) {
        if (in.version() != s.version() || !in.credited().equals(s.amount())) {
            return new Rejected("completed with another version or amount");
        }
        var next = new Completed(Fen.ZERO, s.remittances(), s.moneyCameBack());
        return switch (in.account()) {
            // What came back is held again; completed by a match (R3.2) nobody waits for it any more.
            case MOVES ->
                s.moneyCameBack()
                        ? moved(next, new RelationshipTerminated(), new ReleaseOrdered())
                        : moved(next, new RelationshipTerminated());
            case STAYS -> moved(next, new RelationshipTerminated());
            // R2.10, R11.4: what was kept goes to the person now, not before.
            case PAID_OUT -> moved(next, new RelationshipTerminated(), new PayOutOrdered());
        };
    }

    private static Moved tellPaidOut(Completed s, PaidOut in) {
        return moved(new Completed(in.amount(), s.remittances(), s.moneyCameBack()), new AccountPaidOut(in.amount()));
    }

    /** R3.2: a match completed the case while its own money was on the way back: it is held here, and nobody waits. */
    private static Outcome releaseLate(Completed s, MoneyReturned in) {
        return in.remittance() == s.remittances() && in.caseOpen() && !s.moneyCameBack()
                ? moved(new Completed(s.paidOut(), s.remittances(), true), new ReleaseOrdered())
                : new AlreadyDone();
    }

    /** Only the running remittance, and only while the case waits for it; a lower one was sent again already. */
    private static Outcome back(Issued s, MoneyReturned in) {
        return in.remittance() == s.remittances() && in.caseOpen() && !s.moneyCameBack()
                ? moved(new Issued(s.version(), s.amount(), s.remittances(), true))
                : new AlreadyDone();
    }

    private static Outcome back(Returned s, MoneyReturned in) {
        return in.remittance() == s.remittances() && in.caseOpen() && !s.moneyCameBack()
                ? moved(new Returned(s.version(), s.amount(), s.remittances(), true, s.reasons()))
                : new AlreadyDone();
    }

    /** The amount is final once remitted (protocol §0.5): the corrected sheet states the same, and no new money goes. */
    private static Moved correct(Returned s) {
        int version = s.version() + 1;
        return moved(
                new Issued(version, s.amount(), s.remittances(), s.moneyCameBack()),
                new SheetIssued(version, s.amount(), s.remittances()));
    }

    private static Moved remitAgain(Issued s) {
        int remittance = s.remittances() + 1;
        return moved(
                new Issued(s.version(), s.amount(), remittance, false),
                new RemitOrdered(remittance, s.amount(), s.version()));
    }

    private static Rejected tooHigh() {
        return new Rejected("returned a version not issued yet");
    }

    private static Rejected unknownMoney() {
        return new Rejected("returned a remittance not ordered yet");
    }

    private static Conflict nothingCameBack() {
        return new Conflict(Obstacle.NO_MONEY_CAME_BACK);
    }

    private static Moved moved(State next, Fact... facts) {
        return new Moved(next, Stream.of(facts).toList());
    }
}
