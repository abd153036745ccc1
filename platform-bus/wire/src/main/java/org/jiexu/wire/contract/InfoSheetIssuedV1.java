package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/** 信息表 — the sealed sheet. {@code sheet} is the exact sealed text, {@code seal} the agency's SM2 seal over it; {@code amount} above zero means that the money leg is open and {@code remittance} names it. */
public record InfoSheetIssuedV1(
        int version,
        String sheet,
        String sealKeyId,
        Bytes seal,
        Fen amount,
        @Nullable RemittanceNumber remittance) implements EventData {}
