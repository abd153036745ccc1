package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 退汇 — the money goes back; {@code caseOpen} says that it is still awaited in the right amount. */
public record ReturnedV1(RemittanceNumber remittance, Fen amount, String reason, boolean caseOpen)
        implements EventData {}
