package org.jiexu.transferin.domain;

import static org.jiexu.transferin.domain.Moves.accept;
import static org.jiexu.transferin.domain.Moves.already;
import static org.jiexu.transferin.domain.Moves.alreadyBut;
import static org.jiexu.transferin.domain.Moves.askToWithdraw;
import static org.jiexu.transferin.domain.Moves.atMost;
import static org.jiexu.transferin.domain.Moves.compare;
import static org.jiexu.transferin.domain.Moves.complete;
import static org.jiexu.transferin.domain.Moves.confirm;
import static org.jiexu.transferin.domain.Moves.conflict;
import static org.jiexu.transferin.domain.Moves.declined;
import static org.jiexu.transferin.domain.Moves.declinedWithSheet;
import static org.jiexu.transferin.domain.Moves.finishYear;
import static org.jiexu.transferin.domain.Moves.happened;
import static org.jiexu.transferin.domain.Moves.moved;
import static org.jiexu.transferin.domain.Moves.noted;
import static org.jiexu.transferin.domain.Moves.receive;
import static org.jiexu.transferin.domain.Moves.receiveAfterAll;
import static org.jiexu.transferin.domain.Moves.receiveCorrected;
import static org.jiexu.transferin.domain.Moves.rejected;
import static org.jiexu.transferin.domain.Moves.sendBack;
import static org.jiexu.transferin.domain.Moves.showException;
import static org.jiexu.transferin.domain.Moves.takenBack;
import static org.jiexu.transferin.domain.Moves.withdrawn;

import org.jiexu.transferin.domain.Fact.NotDue;
import org.jiexu.transferin.domain.Input.ApplicantWithdraws;
import org.jiexu.transferin.domain.Input.Confirm;
import org.jiexu.transferin.domain.Input.Credited;
import org.jiexu.transferin.domain.Input.DeclinedThere;
import org.jiexu.transferin.domain.Input.FoundAcceptable;
import org.jiexu.transferin.domain.Input.FoundUnacceptable;
import org.jiexu.transferin.domain.Input.FoundWaiting;
import org.jiexu.transferin.domain.Input.Issued;
import org.jiexu.transferin.domain.Input.PapersComplete;
import org.jiexu.transferin.domain.Input.PapersMissing;
import org.jiexu.transferin.domain.Input.Remitted;
import org.jiexu.transferin.domain.Input.Return;
import org.jiexu.transferin.domain.Input.Suspended;
import org.jiexu.transferin.domain.Input.TakenBack;
import org.jiexu.transferin.domain.Input.WithdrawnThere;
import org.jiexu.transferin.domain.Input.YearEnded;
import org.jiexu.transferin.domain.Outcome.NotFound;
import org.jiexu.transferin.domain.State.Accepted;
import org.jiexu.transferin.domain.State.Booked;
import org.jiexu.transferin.domain.State.Completed;
import org.jiexu.transferin.domain.State.Declined;
import org.jiexu.transferin.domain.State.Incomplete;
import org.jiexu.transferin.domain.State.NoSuchCase;
import org.jiexu.transferin.domain.State.Received;
import org.jiexu.transferin.domain.State.Refused;
import org.jiexu.transferin.domain.State.Returned;
import org.jiexu.transferin.domain.State.Submitted;
import org.jiexu.transferin.domain.State.Waiting;
import org.jiexu.transferin.domain.State.Withdrawing;
import org.jiexu.transferin.domain.State.Withdrawn;
import org.jiexu.transferin.domain.State.YearRunning;
import org.jiexu.wire.contract.NotDueReason;

/**
 * 转入 — a case of the receiving region. An application is checked on both sides and accepted or refused; the old region
 * then issues its sheet, or ends the case by withdrawal or decline, which it alone may do; the sheet is confirmed or
 * returned here; a booked sheet with money waits for the credit; without money booking completes, or the end of the old
 * coverage year does. The table below is the one of the protocol, row by row; what a move brings is {@link Moves}.
 */
public final class TransferIn {
    private record Cell(State state, Input input) {}

    private TransferIn() {}

    public static Outcome on(State state, Input input) {
        return switch (new Cell(state, input)) {

            // Before acceptance: nobody else takes part yet, and the applicant may go at any time (R2.3, R2.7, R2.8).
            case Cell(Submitted _, FoundAcceptable f) -> accept(f);
            case Cell(Submitted _, FoundUnacceptable _) -> moved(new Refused(), happened(Step.REFUSED));
            case Cell(Submitted _, FoundWaiting _) -> moved(new Waiting(), happened(Step.WAITING));
            case Cell(Submitted _, PapersMissing _) -> moved(new Incomplete(), happened(Step.INCOMPLETE));
            case Cell(Submitted _, PapersComplete _) -> already();
            case Cell(Submitted _, ApplicantWithdraws _) -> moved(new Withdrawn(), happened(Step.WITHDRAWN));
            case Cell(Submitted _, Issued _) -> rejected("not accepted yet");
            case Cell(Submitted _, WithdrawnThere _) -> rejected("not accepted yet");
            case Cell(Submitted _, DeclinedThere _) -> rejected("not accepted yet");
            case Cell(Submitted _, Remitted _) -> rejected("not accepted yet");
            case Cell(Submitted _, Credited _) -> rejected("not accepted yet");
            case Cell(Submitted _, Suspended _) -> rejected("not accepted yet");
            case Cell(Submitted _, TakenBack _) -> rejected("not accepted yet");
            case Cell(Submitted _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Submitted _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Submitted _, YearEnded _) -> already();

            case Cell(Incomplete _, FoundAcceptable _) -> already();
            case Cell(Incomplete _, FoundUnacceptable _) -> moved(new Refused(), happened(Step.REFUSED));
            case Cell(Incomplete _, FoundWaiting _) -> already();
            case Cell(Incomplete _, PapersMissing _) -> already();
            case Cell(Incomplete _, PapersComplete _) -> moved(new Submitted(), happened(Step.SUPPLEMENTED));
            case Cell(Incomplete _, ApplicantWithdraws _) -> moved(new Withdrawn(), happened(Step.WITHDRAWN));
            case Cell(Incomplete _, Issued _) -> rejected("not accepted yet");
            case Cell(Incomplete _, WithdrawnThere _) -> rejected("not accepted yet");
            case Cell(Incomplete _, DeclinedThere _) -> rejected("not accepted yet");
            case Cell(Incomplete _, Remitted _) -> rejected("not accepted yet");
            case Cell(Incomplete _, Credited _) -> rejected("not accepted yet");
            case Cell(Incomplete _, Suspended _) -> rejected("not accepted yet");
            case Cell(Incomplete _, TakenBack _) -> rejected("not accepted yet");
            case Cell(Incomplete _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Incomplete _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Incomplete _, YearEnded _) -> already();

            case Cell(Waiting _, FoundAcceptable f) -> accept(f);
            case Cell(Waiting _, FoundUnacceptable _) -> moved(new Refused(), happened(Step.REFUSED));
            case Cell(Waiting _, FoundWaiting _) -> already();
            // A paper went out of date meanwhile: with "already" the application would wait for ever.
            case Cell(Waiting _, PapersMissing _) -> moved(new Incomplete(), happened(Step.INCOMPLETE));
            case Cell(Waiting _, PapersComplete _) -> already();
            case Cell(Waiting _, ApplicantWithdraws _) -> moved(new Withdrawn(), happened(Step.WITHDRAWN));
            case Cell(Waiting _, Issued _) -> rejected("not accepted yet");
            case Cell(Waiting _, WithdrawnThere _) -> rejected("not accepted yet");
            case Cell(Waiting _, DeclinedThere _) -> rejected("not accepted yet");
            case Cell(Waiting _, Remitted _) -> rejected("not accepted yet");
            case Cell(Waiting _, Credited _) -> rejected("not accepted yet");
            case Cell(Waiting _, Suspended _) -> rejected("not accepted yet");
            case Cell(Waiting _, TakenBack _) -> rejected("not accepted yet");
            case Cell(Waiting _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Waiting _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Waiting _, YearEnded _) -> already();

            case Cell(Refused _, FoundAcceptable _) -> already();
            case Cell(Refused _, FoundUnacceptable _) -> already();
            case Cell(Refused _, FoundWaiting _) -> already();
            case Cell(Refused _, PapersMissing _) -> already();
            case Cell(Refused _, PapersComplete _) -> already();
            case Cell(Refused _, YearEnded _) -> already();
            case Cell(Refused _, ApplicantWithdraws _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Refused _, Issued _) -> rejected("was refused");
            case Cell(Refused _, WithdrawnThere _) -> rejected("was refused");
            case Cell(Refused _, DeclinedThere _) -> rejected("was refused");
            case Cell(Refused _, Remitted _) -> rejected("was refused", new NotDue(NotDueReason.NO_SUCH_CASE));
            case Cell(Refused _, Credited _) -> rejected("was refused");
            case Cell(Refused _, Suspended _) -> rejected("was refused");
            case Cell(Refused _, TakenBack _) -> rejected("was refused");
            case Cell(Refused _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Refused _, Return _) -> conflict(Conflict.CASE_ENDED);

            case Cell(Accepted _, Issued i) -> receive(i);
            case Cell(Accepted _, WithdrawnThere _) -> withdrawn();
            case Cell(Accepted _, DeclinedThere d) -> declined(d);
            case Cell(Accepted _, Remitted r) -> noted(r);
            case Cell(Accepted _, Credited _) -> rejected("credited before booking");
            case Cell(Accepted _, Suspended s) -> noted(s);
            case Cell(Accepted _, TakenBack _) -> rejected("taken back before it was credited");
            case Cell(Accepted _, ApplicantWithdraws a) -> askToWithdraw(a);
            case Cell(Accepted _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Accepted _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Accepted _, FoundAcceptable _) -> already();
            case Cell(Accepted _, FoundUnacceptable _) -> already();
            case Cell(Accepted _, FoundWaiting _) -> already();
            case Cell(Accepted _, PapersMissing _) -> already();
            case Cell(Accepted _, PapersComplete _) -> already();
            case Cell(Accepted _, YearEnded _) -> already();

            case Cell(Withdrawing _, Issued i) -> receiveAfterAll(i);
            case Cell(Withdrawing _, WithdrawnThere _) -> withdrawn();
            case Cell(Withdrawing _, DeclinedThere d) -> declined(d);
            case Cell(Withdrawing _, Remitted r) -> noted(r);
            case Cell(Withdrawing _, Credited _) -> rejected("credited before booking");
            case Cell(Withdrawing _, Suspended s) -> noted(s);
            case Cell(Withdrawing _, TakenBack _) -> rejected("taken back before it was credited");
            case Cell(Withdrawing _, ApplicantWithdraws _) -> already();
            case Cell(Withdrawing _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Withdrawing _, Return _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Withdrawing _, FoundAcceptable _) -> already();
            case Cell(Withdrawing _, FoundUnacceptable _) -> already();
            case Cell(Withdrawing _, FoundWaiting _) -> already();
            case Cell(Withdrawing _, PapersMissing _) -> already();
            case Cell(Withdrawing _, PapersComplete _) -> already();
            case Cell(Withdrawing _, YearEnded _) -> already();

            case Cell(Received r, Issued i) -> compare(r, i);
            case Cell(Received _, WithdrawnThere _) -> rejected("the sheet was issued before");
            case Cell(Received _, DeclinedThere d) -> declinedWithSheet(d);
            case Cell(Received _, Remitted m) -> noted(m);
            case Cell(Received _, Credited _) -> rejected("credited before booking");
            case Cell(Received _, Suspended s) -> noted(s);
            case Cell(Received _, TakenBack _) -> rejected("taken back before it was credited");
            case Cell(Received _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Received r, Confirm c) -> confirm(r, c);
            case Cell(Received r, Return t) -> sendBack(r, t);
            case Cell(Received _, FoundAcceptable _) -> already();
            case Cell(Received _, FoundUnacceptable _) -> already();
            case Cell(Received _, FoundWaiting _) -> already();
            case Cell(Received _, PapersMissing _) -> already();
            case Cell(Received _, PapersComplete _) -> already();
            case Cell(Received _, YearEnded _) -> already();

            case Cell(Returned r, Issued i) -> receiveCorrected(r, i);
            case Cell(Returned _, WithdrawnThere _) -> rejected("the sheet was issued before");
            case Cell(Returned _, DeclinedThere d) -> declined(d);
            case Cell(Returned _, Remitted m) -> noted(m);
            case Cell(Returned _, Credited _) -> rejected("credited before booking");
            case Cell(Returned _, Suspended s) -> noted(s);
            case Cell(Returned _, TakenBack _) -> rejected("taken back before it was credited");
            case Cell(Returned _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Returned _, Confirm _) -> conflict(Conflict.NO_SHEET_WAITING);
            case Cell(Returned _, Return _) -> already();
            case Cell(Returned _, FoundAcceptable _) -> already();
            case Cell(Returned _, FoundUnacceptable _) -> already();
            case Cell(Returned _, FoundWaiting _) -> already();
            case Cell(Returned _, PapersMissing _) -> already();
            case Cell(Returned _, PapersComplete _) -> already();
            case Cell(Returned _, YearEnded _) -> already();

            case Cell(YearRunning y, Issued i) -> atMost(y.version(), i);
            case Cell(YearRunning _, WithdrawnThere _) -> rejected("booked: the case cannot end so");
            case Cell(YearRunning _, DeclinedThere _) -> rejected("booked: the case cannot end so");
            case Cell(YearRunning _, Remitted _) -> already();
            case Cell(YearRunning _, Credited _) -> rejected("credited although nothing moves");
            case Cell(YearRunning _, Suspended _) -> already();
            case Cell(YearRunning _, TakenBack _) -> rejected("taken back although nothing moves");
            case Cell(YearRunning _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(YearRunning _, Confirm _) -> already();
            case Cell(YearRunning _, Return _) -> conflict(Conflict.ALREADY_BOOKED);
            case Cell(YearRunning y, YearEnded e) -> finishYear(y, e);
            case Cell(YearRunning _, FoundAcceptable _) -> already();
            case Cell(YearRunning _, FoundUnacceptable _) -> already();
            case Cell(YearRunning _, FoundWaiting _) -> already();
            case Cell(YearRunning _, PapersMissing _) -> already();
            case Cell(YearRunning _, PapersComplete _) -> already();

            case Cell(Booked b, Issued i) -> atMost(b.version(), i);
            case Cell(Booked _, WithdrawnThere _) -> rejected("booked: the case cannot end so");
            case Cell(Booked _, DeclinedThere _) -> rejected("booked: the case cannot end so");
            case Cell(Booked _, Remitted m) -> noted(m);
            case Cell(Booked b, Credited c) -> complete(b, c);
            case Cell(Booked _, Suspended s) -> showException(s);
            case Cell(Booked _, TakenBack _) -> rejected("taken back before it was credited");
            case Cell(Booked _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Booked _, Confirm _) -> already();
            case Cell(Booked _, Return _) -> conflict(Conflict.ALREADY_BOOKED);
            case Cell(Booked _, FoundAcceptable _) -> already();
            case Cell(Booked _, FoundUnacceptable _) -> already();
            case Cell(Booked _, FoundWaiting _) -> already();
            case Cell(Booked _, PapersMissing _) -> already();
            case Cell(Booked _, PapersComplete _) -> already();
            case Cell(Booked _, YearEnded _) -> already();

            // The ends: whatever the regions still say changes nothing; only money that arrives must be sent
            // home, and what was taken back again is told.
            case Cell(Completed _, ApplicantWithdraws _) -> conflict(Conflict.TOO_LATE_TO_WITHDRAW);
            case Cell(Completed _, Return _) -> conflict(Conflict.ALREADY_BOOKED);
            case Cell(Completed c, TakenBack t) -> takenBack(c, t);
            case Cell(Completed _, Input _) -> already();

            case Cell(Withdrawn _, Remitted _) -> alreadyBut(new NotDue(NotDueReason.WITHDRAWN));
            case Cell(Withdrawn _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Withdrawn _, Return _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Withdrawn _, TakenBack _) -> rejected("nothing was credited");
            case Cell(Withdrawn _, Input _) -> already();

            case Cell(Declined _, Remitted _) -> alreadyBut(new NotDue(NotDueReason.DECLINED));
            case Cell(Declined _, Confirm _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Declined _, Return _) -> conflict(Conflict.CASE_ENDED);
            case Cell(Declined _, TakenBack _) -> rejected("nothing was credited");
            case Cell(Declined _, Input _) -> already();

            case Cell(NoSuchCase _, Issued _) -> rejected("no such case");
            case Cell(NoSuchCase _, WithdrawnThere _) -> rejected("no such case");
            case Cell(NoSuchCase _, DeclinedThere _) -> rejected("no such case");
            case Cell(NoSuchCase _, Remitted _) -> rejected("no such case", new NotDue(NotDueReason.NO_SUCH_CASE));
            case Cell(NoSuchCase _, Credited _) -> rejected("no such case");
            case Cell(NoSuchCase _, Suspended _) -> rejected("no such case");
            case Cell(NoSuchCase _, TakenBack _) -> rejected("no such case");
            case Cell(NoSuchCase _, ApplicantWithdraws _) -> new NotFound();
            case Cell(NoSuchCase _, Confirm _) -> new NotFound();
            case Cell(NoSuchCase _, Return _) -> new NotFound();
            case Cell(NoSuchCase _, FoundAcceptable _) -> new NotFound();
            case Cell(NoSuchCase _, FoundUnacceptable _) -> new NotFound();
            case Cell(NoSuchCase _, FoundWaiting _) -> new NotFound();
            case Cell(NoSuchCase _, PapersMissing _) -> new NotFound();
            case Cell(NoSuchCase _, PapersComplete _) -> new NotFound();
            case Cell(NoSuchCase _, YearEnded _) -> new NotFound();
        };
    }
}
