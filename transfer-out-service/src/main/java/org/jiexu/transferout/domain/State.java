package org.jiexu.transferout.domain;

import java.time.Duration;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 转出状态 — where a case stands in the old region (protocol §3).
 *
 * <p>{@code remittances} counts the remittances ordered so far, 0 when the sheet moves no money; the last one is the
 * remittance number of the case.
 */
public sealed interface State {
    /** 尚无此业务 — nothing is known of this number here. */
    record NoCase() implements State {}

    /** 冻结中 — the settlement was asked to hold the balance, for the {@code attempt}-th time. */
    record Holding(int attempt) implements State {}

    /** 未能冻结 — the settlement said why it cannot hold the balance now; people look at it. */
    record HoldRefused(int attempt, CodedReason reason) implements State {
        private static final long FIRST_SECONDS = 2;
        private static final long MOST_SECONDS = 300;

        /** R6.6: how long an instant case waits, on the machine's clock, before it tries again by itself. */
        public Duration untilNextTry() {
            long doubled = FIRST_SECONDS << Math.min(attempt - 1, 10);
            return Duration.ofSeconds(Math.min(doubled, MOST_SECONDS));
        }
    }

    /** 已冻结 — the balance is held, so the sheet's amount is known. */
    record Held(Fen amount) implements State {}

    /** 已出信息表 — version {@code version} is on its way or there; from here on no withdrawal. */
    record Issued(int version, Fen amount, int remittances, boolean moneyCameBack) implements State {}

    /** 被退回 — the receiving region wants a corrected sheet. */
    record Returned(int version, Fen amount, int remittances, boolean moneyCameBack, List<CodedReason> reasons)
            implements State {}

    /**
     * 已办结 — both legs are done and the old relationship has ended; {@code paidOut} went to the person since.
     *
     * @param moneyCameBack the last remittance came back, and has been released
     */
    record Completed(Fen paidOut, int remittances, boolean moneyCameBack) implements State {
        /** Nothing was remitted: the account was paid out, or nothing was paid. */
        public Completed(Fen paidOut) {
            this(paidOut, 0, false);
        }

        /** Nothing was remitted or paid out. */
        public Completed() {
            this(Fen.ZERO);
        }
    }

    /** 已撤回 — the applicant was in time. */
    record Withdrawn() implements State {}

    /** 不予办理 — ended after acceptance, with reasons. */
    record Declined(List<CodedReason> reasons) implements State {}

    /** The name under which the state is stored. */
    default Name name() {
        return switch (this) {
            case NoCase _ -> Name.NO_CASE;
            case Holding _ -> Name.HOLDING;
            case HoldRefused _ -> Name.HOLD_REFUSED;
            case Held _ -> Name.HELD;
            case Issued _ -> Name.ISSUED;
            case Returned _ -> Name.RETURNED;
            case Completed _ -> Name.COMPLETED;
            case Withdrawn _ -> Name.WITHDRAWN;
            case Declined _ -> Name.DECLINED;
        };
    }

    /** The names of the states, as stored and as shown to staff. */
    enum Name {
        NO_CASE,
        HOLDING,
        HOLD_REFUSED,
        HELD,
        ISSUED,
        RETURNED,
        COMPLETED,
        WITHDRAWN,
        DECLINED
    }
}
