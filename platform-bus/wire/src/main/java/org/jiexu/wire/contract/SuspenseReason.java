package org.jiexu.wire.contract;

/** 挂账原因 — why arrived money could not be credited (R3.2). */
public enum SuspenseReason {
    /** Another amount than the sheet's. */
    AMOUNT,
    /** A second arrival after the case was paid. */
    SECOND,
    /** The receiving region knows no such case. */
    NO_SUCH_CASE,
    /** It came from a region that is not the case's old one. */
    WRONG_REGION
}
