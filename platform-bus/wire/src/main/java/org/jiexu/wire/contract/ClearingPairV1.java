package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/** 清算明细 — one field of a table's matrix: so many debts, so much money that one region owes another (R7.2). */
public record ClearingPairV1(RegionCode debtor, RegionCode creditor, int debts, Fen amount) {}
