package org.jiexu.wire.contract;

/** 留存原因 — how it comes that a balance is left, or is not left any more. */
public enum LeftReason {
    /** 申请保留 — the applicant said that it stays. */
    CHOSEN,
    /** 后续入账 — it came after the account had been emptied, or was sent back to it. */
    CREDITED,
    /** 冲正退回 — a correction of the clearing brought it back (R7.6). */
    CORRECTED,
    /** 解除冻结 — the case for which it was held ended without taking it. */
    RELEASED,
    /** 已无余额 — a new case, a pay-out or a joined account has taken it. */
    GONE
}
