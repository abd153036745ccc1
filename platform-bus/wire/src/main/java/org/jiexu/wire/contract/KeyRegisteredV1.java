package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** 公钥 — one service of one region signs with this key from {@code validFrom} until {@code validTo}. */
public record KeyRegisteredV1(
        String keyId,
        Source owner,
        Bytes publicKey,
        Instant validFrom,
        @Nullable Instant validTo) implements EventData {}
