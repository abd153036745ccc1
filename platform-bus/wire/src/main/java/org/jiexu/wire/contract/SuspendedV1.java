package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 挂账 — money arrived that does not fit; it waits in suspense for people. */
public record SuspendedV1(RemittanceNumber remittance, Fen amount, SuspenseReason reason) implements EventData {}
