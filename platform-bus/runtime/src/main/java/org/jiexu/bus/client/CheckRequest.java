package org.jiexu.bus.client;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jiexu.wire.vocabulary.AccountWish;
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
 * @param employer 统一社会信用代码 of the employer who applies; only for persons enrolled under it (R1.5)
 * @param oneStop 一站式联办: what can be mended on-line shall be mended, and the application waits for it (R2.8); null means
 *     no
 * @param onPaper the old region sends paper: it is checked by people, and only the receiving side here (R3.7); null means
 *     no
 * @param accountWish what shall become of the balance, when the applicant has said so
 * @param automatic 免申即转: started by a new registration, which collects each old region of the province for itself, also
 *     while another is still active (R6.1); null means no
 */
public record CheckRequest(
        @NotNull CaseNumber number,
        @NotNull CertificateType certificateType,
        @NotBlank @Size(max = 30) String certificateNumber,
        @NotBlank @Size(max = 200) String name,
        @NotNull RegionCode from,
        @NotNull Scheme fromScheme,
        @NotNull RegionCode to,
        @NotNull Scheme toScheme,
        @Nullable PersonId applicantPerson,
        @Nullable @Size(max = 30) String employer,
        @Nullable Boolean oneStop,
        @Nullable Boolean onPaper,
        @Nullable AccountWish accountWish,
        @Nullable Boolean automatic) {

    /** Applied for by somebody. */
    public CheckRequest(
            CaseNumber number,
            CertificateType certificateType,
            String certificateNumber,
            String name,
            RegionCode from,
            Scheme fromScheme,
            RegionCode to,
            Scheme toScheme,
            @Nullable PersonId applicantPerson,
            @Nullable String employer,
            @Nullable Boolean oneStop,
            @Nullable Boolean onPaper,
            @Nullable AccountWish accountWish) {
        this(
                number,
                certificateType,
                certificateNumber,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                applicantPerson,
                employer,
                oneStop,
                onPaper,
                accountWish,
                null);
    }

    /** Online, by the person or at a window, without further wishes. */
    public CheckRequest(
            CaseNumber number,
            CertificateType certificateType,
            String certificateNumber,
            String name,
            RegionCode from,
            Scheme fromScheme,
            RegionCode to,
            Scheme toScheme,
            @Nullable PersonId applicantPerson) {
        this(
                number,
                certificateType,
                certificateNumber,
                name,
                from,
                fromScheme,
                to,
                toScheme,
                applicantPerson,
                null,
                null,
                null,
                null,
                null);
    }

    public boolean isOneStop() {
        return Boolean.TRUE.equals(oneStop);
    }

    public boolean isOnPaper() {
        return Boolean.TRUE.equals(onPaper);
    }

    public boolean isAutomatic() {
        return Boolean.TRUE.equals(automatic);
    }

    /** Says nothing about the person. */
    @Override
    public String toString() {
        return "CheckRequest[" + number + ", " + from + "/" + fromScheme + " -> " + to + "/" + toScheme + "]";
    }
}
