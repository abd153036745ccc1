package org.jiexu.wire.contract;

/** 不应入账原因 — why money that arrives, or may arrive, is not to be credited. */
public enum NotDueReason {
    DECLINED,
    WITHDRAWN,
    /** The receiving region knows no such case: people must look at it. */
    NO_SUCH_CASE
}
