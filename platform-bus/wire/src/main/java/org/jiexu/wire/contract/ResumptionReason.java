package org.jiexu.wire.contract;

/** 参保关系不再保留的原因 — why the old region no longer holds the relationship for a transfer (R3.5). */
public enum ResumptionReason {
    /** 恢复参保 — the person has come back. */
    RESUMED,
    /** 死亡 — the person has died. */
    DIED
}
