package org.jiexu.transferin.domain;

import java.time.LocalDate;
import java.util.Optional;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 业务状态 — where a case of this receiving region stands. Before acceptance: submitted, incomplete, waiting, or refused.
 * An accepted case reaches exactly one end: completed, withdrawn or declined (R3.8).
 */
public sealed interface State {
    /** Nobody has applied under that number here. */
    record NoSuchCase() implements State {}

    /** A case that exists; no move leads anywhere else. */
    sealed interface Case extends State {}

    /** 已提交 — kept until both sides can be checked (R2.7). */
    record Submitted() implements Case {}

    /** 待补正 — papers are missing; the applicant completes them (R2.3). */
    record Incomplete() implements Case {}

    /** 等候联办 — what is in the way is being mended on-line; the application goes on by itself (R2.8). */
    record Waiting() implements Case {}

    /** 不予受理. */
    record Refused() implements Case {}

    /** 已受理 — the old region has it. */
    record Accepted() implements Case {}

    /** 撤回中 — the applicant wishes to withdraw; the old region decides. */
    record Withdrawing() implements Case {}

    /** 待核对 — a sheet is here and waits to be confirmed or returned. */
    record Received(int version, String digest, Fen amount) implements Case {}

    /** 已退回 — the old region corrects the sheet. */
    record Returned(int version, String digest, Fen amount) implements Case {}

    /** 等候年度结束 — booked without money; the old relationship lasts until {@code until} (R1.3). */
    record YearRunning(int version, String digest, LocalDate until) implements Case {}

    /** 关系已转入 — the sheet is booked, its money is awaited. */
    record Booked(int version, String digest, Fen amount) implements Case {}

    /** 已办结. */
    record Completed(int version, String digest, Fen amount) implements Case {}

    /** 已撤回. */
    record Withdrawn() implements Case {}

    /** 未能转移. */
    record Declined() implements Case {}

    /** Why no money is expected for the case, and none will be; empty while some is or may be. */
    static Optional<NotDueReason> nothingDue(Case state) {
        return switch (state) {
            case Withdrawn _ -> Optional.of(NotDueReason.WITHDRAWN);
            case Declined _ -> Optional.of(NotDueReason.DECLINED);
            case Refused _, YearRunning _ -> Optional.of(NotDueReason.NO_SUCH_CASE);
            case Completed s -> s.amount().isZero() ? Optional.of(NotDueReason.NO_SUCH_CASE) : Optional.empty();
            case Submitted _, Incomplete _, Waiting _, Accepted _, Withdrawing _, Received _, Returned _, Booked _ ->
                Optional.empty();
        };
    }

    /** The one word of R10.1 that the public sees. */
    static PublicStatus status(Case state) {
        return switch (state) {
            case Submitted _, Waiting _ -> PublicStatus.SUBMITTED;
            case Incomplete _ -> PublicStatus.INCOMPLETE;
            case Refused _ -> PublicStatus.REFUSED;
            case Accepted _ -> PublicStatus.ACCEPTED;
            case Withdrawing _, Received _, Returned _, YearRunning _ -> PublicStatus.IN_PROGRESS;
            case Booked _ -> PublicStatus.MONEY_IN_TRANSIT;
            case Completed _ -> PublicStatus.COMPLETED;
            case Withdrawn _ -> PublicStatus.WITHDRAWN;
            case Declined _ -> PublicStatus.DECLINED;
        };
    }

    /** Who has the case in this state. */
    static Holder holder(Case state) {
        return switch (state) {
            case Submitted _, Waiting _, Received _, YearRunning _, Booked _ -> Holder.RECEIVING;
            case Incomplete _ -> Holder.APPLICANT;
            case Accepted _, Withdrawing _, Returned _ -> Holder.SENDING;
            case Refused _, Completed _, Withdrawn _, Declined _ -> Holder.NOBODY;
        };
    }

    /** 办理方 — who has to act. */
    enum Holder {
        /** 转入地. */
        RECEIVING,
        /** 转出地. */
        SENDING,
        /** 申请人. */
        APPLICANT,
        /** 已结束. */
        NOBODY
    }
}
