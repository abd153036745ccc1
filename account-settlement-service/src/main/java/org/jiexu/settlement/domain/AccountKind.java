package org.jiexu.settlement.domain;

/** 账户类别 — the kinds of accounts in a region's ledger, by name: in this order their rows are locked. */
public enum AccountKind {
    /** 银行存款 — contra of what came by the bank from outside the platform; may be negative. */
    BANK,
    /** 清算款 — advanced between two regions, written in both ledgers with opposite signs; may be negative. */
    CLEARING,
    /** 统筹基金 — contra of opening balances and contributions; may be negative. */
    FUND,
    /** 已提取 — paid out to persons; what stands there has left the region's books. Never negative. */
    PAID_OUT,
    /** 个人账户 — one person's account of the employee scheme; never negative. */
    PERSONAL,
    /** 待处理款 — money that arrived and is not yet booked; never negative. */
    SUSPENSE,
    /** 在途资金 — money between two regions, written in both ledgers with opposite signs; may be negative. */
    TRANSIT;

    public boolean mayBeNegative() {
        return switch (this) {
            case BANK, CLEARING, FUND, TRANSIT -> true;
            case PAID_OUT, PERSONAL, SUSPENSE -> false;
        };
    }
}
