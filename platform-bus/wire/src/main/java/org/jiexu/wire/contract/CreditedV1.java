package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 资金到账 — the amount stands on the person's account in the receiving region. */
public record CreditedV1(RemittanceNumber remittance, Fen amount) implements EventData {}
