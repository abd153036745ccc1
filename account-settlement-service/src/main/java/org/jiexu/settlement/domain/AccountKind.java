package org.jiexu.settlement.domain;

/** 账户类别 — the kinds of accounts in a region's ledger, by name: in this order their rows are locked. */
public enum AccountKind {
    /** 银行存款 — contra of what came by the bank from outside the platform; may be negative. */
    BANK,
    /** 清算款 — advanced between two regions, written in both ledgers with opposite signs; may be negative. */
    CLEARING,
    /** 统筹基金 — contra of opening balances and contributions; may be negative. */
    FUND,
    /** 下拨 — paid from a centre's pool to a region; in both ledgers, with opposite signs; may be negative. */
    PAID_DOWN,
    /** 已提取 — paid out to persons; what stands there has left the region's books. Never negative. */
    PAID_OUT,
    /** 上解 — paid by a region into a centre's pool; in both ledgers, with opposite signs; may be negative. */
    PAID_UP,
    /** 个人账户 — one person's account of the employee scheme; never negative. */
    PERSONAL,
    /** 清算专户 — what a centre has been paid and has not paid down yet; may be negative. */
    POOL,
    /** 待处理款 — money that arrived and is not yet booked; never negative. */
    SUSPENSE,
    /** 在途资金 — money between two regions, written in both ledgers with opposite signs; may be negative. */
    TRANSIT;

    public boolean mayBeNegative() {
        return switch (this) {
            case BANK, CLEARING, FUND, PAID_DOWN, PAID_UP, POOL, TRANSIT -> true;
            case PAID_OUT, PERSONAL, SUSPENSE -> false;
        };
    }
}
