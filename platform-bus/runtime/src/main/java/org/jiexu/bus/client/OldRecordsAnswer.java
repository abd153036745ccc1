package org.jiexu.bus.client;

import java.time.YearMonth;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 省内原参保关系 — the person, how the person stands in the region that asked, and the records elsewhere in the province.
 *
 * @param here null when the person has never been enrolled there
 */
public record OldRecordsAnswer(
        PersonId person,
        CertificateType certificateType,
        String certificateNumber,
        String name,
        @Nullable Standing here,
        List<OldRecord> records) {

    /** 参保状态. */
    public enum Standing {
        /** 正常参保. */
        INSURED,
        /** 暂停参保. */
        SUSPENDED,
        /** 终止参保. */
        TERMINATED
    }

    /**
     * 原参保关系.
     *
     * @param retiree draws the scheme's retiree benefits there and is not covered (R1.1)
     * @param left months, or possibly money, are there that no transfer has taken
     * @param months paid or inherited there and not yet transferred
     * @param openCase the case that has reserved it
     * @param filling another case of the province is still bringing months and money into it
     * @param neverFilled no case has ever brought anything into it, so that nothing can arrive there late; a registry that
     *     does not say so leaves it open
     * @param leftByChoice nothing but money is left, and the person chose that it stays: for an application of the person
     *     alone (R2.10); null means no
     */
    public record OldRecord(
            RegionCode region,
            Standing status,
            boolean retiree,
            boolean left,
            int months,
            @Nullable YearMonth firstMonth,
            @Nullable YearMonth lastMonth,
            @Nullable CaseNumber openCase,
            boolean filling,
            @Nullable Boolean neverFilled,
            @Nullable Boolean leftByChoice) {
        /** What a new registration may bring along by itself (R6.1). */
        public boolean followsARegistration() {
            return left && !Boolean.TRUE.equals(leftByChoice);
        }
    }

    public Certificate certificate() {
        return new Certificate(certificateType, certificateNumber);
    }

    /** Without the person. */
    @Override
    public String toString() {
        return "OldRecordsAnswer[" + person + ", " + records + "]";
    }
}
