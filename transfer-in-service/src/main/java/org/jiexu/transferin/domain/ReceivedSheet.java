package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/** 收到的信息表 — one version as the old region sealed it; every version is kept (R3.3). */
public record ReceivedSheet(
        CaseNumber number,
        int version,
        SealedSheet sealed,
        Fen amount,
        @Nullable RemittanceNumber remittance,
        Instant issuedAt) {}
