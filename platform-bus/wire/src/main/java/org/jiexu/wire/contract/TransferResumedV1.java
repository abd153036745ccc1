package org.jiexu.wire.contract;

import java.time.Instant;

/** 恢复计时 — the old region waits for the applicant no more; the clock runs again (R4.6). */
public record TransferResumedV1(String pause, Instant at) implements EventData {}
