package org.jiexu.bus.client;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 省内原参保关系查询 — which employee records a person has in the other regions of that region's province (R6.1, R6.2). Whose:
 * by the registry's id, or by certificate and name, which must both match.
 */
public record OldRecordsRequest(
        @NotNull RegionCode region,
        @Nullable PersonId person,
        @Nullable CertificateType certificateType,
        @Nullable @Size(max = 30) String certificateNumber,
        @Nullable @Size(max = 200) String name) {

    public static OldRecordsRequest of(RegionCode region, PersonId person) {
        return new OldRecordsRequest(region, person, null, null, null);
    }

    /** Says nothing about the person. */
    @Override
    public String toString() {
        return "OldRecordsRequest[" + region + "]";
    }
}
