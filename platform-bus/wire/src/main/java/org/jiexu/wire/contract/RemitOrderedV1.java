package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** 划转指令 — remit the held amount; leaves in one transaction with the sheet. */
public record RemitOrderedV1(RemittanceNumber remittance, Fen amount, RegionCode to, int sheetVersion)
        implements EventData {}
