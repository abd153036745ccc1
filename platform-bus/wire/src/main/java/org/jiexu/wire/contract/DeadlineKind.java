package org.jiexu.wire.contract;

/** 办理时限 — the kinds of limits that the platform watches (R4). */
public enum DeadlineKind {
    /** Old region: sheet sent and remittance ordered, ten working days from acceptance (43号 Art. 8). */
    ISSUE,
    /** Receiving region: sheet booked, five working days from its receipt (43号 Art. 9). */
    BOOK,
    /** Old region: corrected sheet, five working days by policy (R4.6). */
    CORRECT,
    /** Receiving region: the promise of the whole case, fifteen working days (R2.4). */
    PROMISE,
    /** Receiving region: money credited, by policy (R4.1); never overdue under 43号. */
    CREDIT,
    /** Receiving region's settlement: money waits for its sheet. */
    MATCH,
    /** Receiving region: staff review of an instant transfer above the province's limit (R6.3). */
    REVIEW,
    /** A region pays its quarter's outgoing total up, twenty working days from generation (R7.3). */
    PAY_UP,
    /** The centre pays the incoming totals down, ten working days from the last payment up (R7.3). */
    PAY_DOWN
}
