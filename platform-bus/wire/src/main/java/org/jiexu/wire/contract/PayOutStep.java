package org.jiexu.wire.contract;

/** 余额提取环节 — how far a pay-out of what stayed on an account is. */
public enum PayOutStep {
    /** 已申请 — a clerk is to look at it. */
    ASKED,
    /** 已经办 — a clerk has prepared it, another person is to approve it. */
    PREPARED,
    /** 已支付 — approved and paid. */
    PAID,
    /** 不予支付 — refused, with its reasons. */
    REFUSED
}
