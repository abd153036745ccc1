package org.jiexu.wire.contract;

import java.time.Instant;

/** 沙箱时钟 — at {@code systemTime} the business clock showed {@code businessTime}, and runs on from there. Exists in the sandbox only. */
public record ClockMovedV1(Instant businessTime, Instant systemTime) implements EventData {}
