package org.jiexu.settlement.domain;

import java.time.Instant;
import java.util.UUID;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 余额提取 — what stayed on an account is paid out to the person by the region where it lies (R2.10). No transfer: no case,
 * no limit of the national measure.
 *
 * @param amount what was prepared or paid; 0.00 before
 * @param refusal why it was refused, in the words of who refused it
 */
public record PayOut(
        UUID id,
        RegionCode region,
        PersonId person,
        PayOutStep state,
        boolean atWindow,
        String askedBy,
        Instant askedAt,
        Fen amount,
        @Nullable String preparedBy,
        @Nullable String refusal) {
    /** Somebody is to go on with it. */
    public boolean isOpen() {
        return switch (state) {
            case ASKED, PREPARED -> true;
            case PAID, REFUSED -> false;
        };
    }
}
