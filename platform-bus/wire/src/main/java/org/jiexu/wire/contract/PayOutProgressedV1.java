package org.jiexu.wire.contract;

import java.time.Instant;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 余额提取进度 — one step of a pay-out of what stayed on an account, told by that region's settlement so that the person
 * learns of it (R2.10, R10.2). A pay-out belongs to no case.
 *
 * @param payOut the settlement's number of the pay-out
 * @param amount what was paid; 0.00 before
 * @param reasons why it was refused; null where it was not
 */
public record PayOutProgressedV1(
        String payOut,
        PersonId person,
        RegionCode region,
        PayOutStep step,
        Fen amount,
        Instant at,
        @Nullable List<CodedReason> reasons)
        implements EventData {
    /** Empty where it was not refused. */
    public List<CodedReason> why() {
        return reasons == null ? List.of() : reasons;
    }
}
