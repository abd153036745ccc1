package org.jiexu.wire.contract;

import java.time.Instant;

/** 撤回申请 — the applicant wishes to withdraw; the old region alone decides (R2.6). */
public record WithdrawalRequestedV1(Instant requestedAt) implements EventData {}
