package org.jiexu.wire.contract;

import java.time.Instant;

/**
 * 暂停计时 — the old region has asked the applicant for something; its clock and the promise's stand still from then on (R4.6).
 *
 * @param pause names it within the case
 * @param reason what is asked for, in words for the applicant
 */
public record TransferPausedV1(String pause, String reason, Instant at) implements EventData {}
