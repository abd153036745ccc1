package org.jiexu.settlement.domain;

/** 账户类别 — the kinds of accounts in a region's ledger; in this order their rows are locked. */
public enum AccountKind {
    /** 统筹基金 — contra of opening balances and contributions; may be negative. */
    FUND,
    /** 个人账户 — one person's account of the employee scheme; never negative. */
    PERSONAL,
    /** 待处理款 — money that arrived and is not yet booked; never negative. */
    SUSPENSE,
    /** 在途资金 — money between two regions, written in both ledgers with opposite signs; may be negative. */
    TRANSIT;

    public boolean mayBeNegative() {
        return switch (this) {
            case FUND, TRANSIT -> true;
            case PERSONAL, SUSPENSE -> false;
        };
    }
}
