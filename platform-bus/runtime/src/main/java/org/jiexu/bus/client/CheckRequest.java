package org.jiexu.bus.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 校验请求 — may this person's relationship move? If so it is reserved for this number; asking again is harmless.
 *
 * @param applicantPerson who asks, when it is the person or an APP; nobody else's relationship is looked at then
 */
public record CheckRequest(
        @NotNull CaseNumber number,
        @NotNull CertificateType certificateType,
        @NotBlank @Size(max = 30) String certificateNumber,
        @NotBlank @Size(max = 100) String name,
        @NotNull RegionCode from,
        @NotNull Scheme fromScheme,
        @NotNull RegionCode to,
        @NotNull Scheme toScheme,
        @Nullable PersonId applicantPerson) {

    /** Says nothing about the person. */
    @Override
    public String toString() {
        return "CheckRequest[" + number + ", " + from + "/" + fromScheme + " -> " + to + "/" + toScheme + "]";
    }
}
