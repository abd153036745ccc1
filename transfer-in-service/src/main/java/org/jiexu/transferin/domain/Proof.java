package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.transferin.domain.Application.Identification;
import org.jspecify.annotations.Nullable;

/**
 * 核验与承诺 — how the person was identified, and which text was agreed to, each with its moment (R2.11).
 *
 * @param signature SM3 of the scanned signature, on record for a person present at a window (R1.5)
 */
public record Proof(
        Identification identification,
        Instant identifiedAt,
        String agreementVersion,
        Instant agreedAt,
        @Nullable String signature) {

    /** Identified and agreed in one act. */
    public static Proof at(Instant moment, Identification identification, String agreementVersion) {
        return new Proof(identification, moment, agreementVersion, moment, null);
    }
}
