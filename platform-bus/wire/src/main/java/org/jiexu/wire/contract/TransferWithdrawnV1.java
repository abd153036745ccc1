package org.jiexu.wire.contract;

import java.time.Instant;

/** 撤回 — the case has ended by withdrawal, no sheet can follow. */
public record TransferWithdrawnV1(Instant withdrawnAt) implements EventData {}
