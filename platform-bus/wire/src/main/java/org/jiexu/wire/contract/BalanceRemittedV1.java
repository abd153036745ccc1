package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 已划转 — the amount has left the personal account in the old region. */
public record BalanceRemittedV1(RemittanceNumber remittance, Fen amount, RegionCode from) implements EventData {}
