package org.jiexu.wire.vocabulary;

/** 个人账户去向 — what is to become of the balance on the old region's personal account (R2.10, R11.4). */
public enum AccountWish {
    /** 划转 — it moves with the relationship; the rule for employee to employee. */
    MOVES,
    /** 提取 — it is paid out to the person once the case is completed. */
    PAID_OUT,
    /** 保留 — it stays where it is. */
    STAYS
}
