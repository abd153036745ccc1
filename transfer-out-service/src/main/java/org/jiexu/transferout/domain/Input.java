package org.jiexu.transferout.domain;

import java.util.List;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/** 输入 — what can reach a case in the old region: a message from elsewhere, or a wish of its own staff. */
public sealed interface Input {

    /** 来件 — said by another party; an impossible one is rejected and parked. */
    sealed interface Message extends Input {}

    /** 经办操作 — wanted by staff or, where policy says so, by the system; an impossible one is answered 409. */
    sealed interface Wish extends Input {}

    /** transfer.accepted; {@code other} is an open case of the same person and relationship (R1.6). */
    record Accepted(@Nullable CaseNumber other) implements Message {}

    /** transfer.withdrawal-requested. */
    record WithdrawalRequested() implements Message {}

    /** balance.held. */
    record AmountHeld(Fen amount) implements Message {}

    /** balance.hold-refused. */
    record HoldRefusal(int attempt, CodedReason reason) implements Message {}

    /** info-sheet.returned; a {@code last} return ends the case (R3.9). */
    record SheetReturned(int version, List<CodedReason> reasons, boolean last) implements Message {}

    /** transfer.completed; {@code account} is what becomes of the balance by the case's own terms. */
    record CaseCompleted(int version, Fen credited, AccountWish account) implements Message {
        /** Of a case with which the account moves. */
        public CaseCompleted(int version, Fen credited) {
            this(version, credited, AccountWish.MOVES);
        }
    }

    /** balance.paid-out. */
    record PaidOut(Fen amount) implements Message {}

    /** balance.returned; {@code caseOpen} says that the right amount is still awaited. */
    record MoneyReturned(int remittance, boolean caseOpen) implements Message {}

    /** participation.resumed, matched by person and scheme; who has died has not come back. */
    record ParticipationResumed(ResumptionReason why) implements Message {
        public ParticipationResumed() {
            this(ResumptionReason.RESUMED);
        }
    }

    /** Issue the first sheet. */
    record Issue() implements Wish {}

    /** Issue the next version of a returned sheet. */
    record Correct() implements Wish {}

    /** Decline after acceptance (R3.4). */
    record Decline(List<CodedReason> reasons) implements Wish {}

    /** Ask for the hold once more. */
    record RetryHold() implements Wish {}

    /** Send the money again that came back. */
    record RemitAgain() implements Wish {}
}
