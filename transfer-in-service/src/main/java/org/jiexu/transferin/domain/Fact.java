package org.jiexu.transferin.domain;

import java.time.Instant;
import java.util.List;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;

/** 事实 — what a move brings with it: messages to send, limits that start or end, steps to show, work for people. */
public sealed interface Fact {
    /** A message of protocol.md §1. */
    sealed interface Message extends Fact {}

    /** transfer.accepted. */
    record TransferAccepted(Instant at) implements Message {}

    /** transfer.withdrawal-requested. */
    record WithdrawalRequested(Instant at) implements Message {}

    /** info-sheet.returned. */
    record SheetReturned(int version, List<CodedReason> reasons, boolean isFinal) implements Message {}

    /** balance.credit-ordered. */
    record CreditOrdered(int version, Fen amount) implements Message {}

    /** history.booked. */
    record HistoryBooked(int version) implements Message {}

    /** transfer.completed. */
    record TransferCompleted(int version, Fen credited) implements Message {}

    /** balance.not-due. */
    record NotDue(NotDueReason reason) implements Message {}

    /** 时限开始. */
    record LimitStarted(DeadlineKind kind, Instant from) implements Fact {}

    /** 时限内完成. */
    record LimitMet(DeadlineKind kind) implements Fact {}

    /** 时限终止, neither met nor missed any more. */
    record LimitEnded(DeadlineKind kind) implements Fact {}

    /** 环节 — to be shown in the progress; {@code detail} tells apart what may happen more than once. */
    record Happened(Step step, String detail) implements Fact {}

    /** 待办 for the region's people. */
    record WorkOpened(Work work) implements Fact {}

    /** 待办完成. */
    record WorkDone(Work work) implements Fact {}

    /** 待办事项 — what people of the receiving region may have to do. */
    enum Work {
        /** 核对信息表. */
        CHECK_SHEET,
        /** 资金挂账. */
        SUSPENDED_MONEY,
        /** 答复催办、投诉. */
        ANSWER_REMINDER,
        /** 寄送联系函 to an old region outside the platform (R3.7). */
        POST_CONTACT_LETTER,
        /** 寄送撤回告知. */
        POST_WITHDRAWAL,
        /** 寄回信息表. */
        POST_RETURN,
        /** 寄送办结告知. */
        POST_COMPLETION;

        /** Whether it is done by posting a paper. */
        public boolean isPosting() {
            return switch (this) {
                case CHECK_SHEET, SUSPENDED_MONEY, ANSWER_REMINDER -> false;
                case POST_CONTACT_LETTER, POST_WITHDRAWAL, POST_RETURN, POST_COMPLETION -> true;
            };
        }
    }
}
