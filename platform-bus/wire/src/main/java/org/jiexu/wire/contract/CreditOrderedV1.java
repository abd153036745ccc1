package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;

/** 入账指令 — the sheet is booked, this amount is due to the person (43号 Art. 9). */
public record CreditOrderedV1(int sheetVersion, Fen amount, PersonId person, Scheme scheme) implements EventData {}
