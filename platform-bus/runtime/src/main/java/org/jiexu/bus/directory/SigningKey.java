package org.jiexu.bus.directory;

import java.time.Instant;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** A registered key: whose it is, and from when until when it may sign. */
public record SigningKey(
        Source owner,
        Sm2PublicKey publicKey,
        Instant validFrom,
        @Nullable Instant validTo) {
    public boolean isValidAt(Instant time) {
        return !time.isBefore(validFrom) && (validTo == null || time.isBefore(validTo));
    }
}
