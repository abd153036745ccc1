package org.jiexu.registry.domain;

import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;

/** 合并依据 — why two records are held to be one person's. Two different numbers are never matched by guess (rulebook 12). */
public enum MergeGround {
    /** 15位旧号码与18位号码是同一号码. */
    SAME_NUMBER("15位旧身份证号码与18位号码一致"),
    /** 凭证明材料. */
    EVIDENCE("凭证明材料合并");

    private static final int OLD_LENGTH = 15;
    private static final int PLACE = 6;
    private static final int PLACE_AND_CENTURY = 8;
    private static final int WITHOUT_CHECK_DIGIT = 17;

    private final String words;

    MergeGround(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /**
     * Whether {@code old} is the exact 15-digit form of the identity number: six digits of the place, two of the year of a
     * birth in the twentieth century, and the rest without the check digit.
     */
    public static boolean isOldForm(Certificate old, Certificate identity) {
        return identity.type() == CertificateType.IDENTITY_CARD
                && identity.isWellFormed()
                && (old.type() == CertificateType.IDENTITY_CARD || old.type() == CertificateType.OTHER)
                && old.number().length() == OLD_LENGTH
                && identity.number().startsWith("19", PLACE)
                && old.number()
                        .equals(identity.number().substring(0, PLACE)
                                + identity.number().substring(PLACE_AND_CENTURY, WITHOUT_CHECK_DIGIT));
    }
}
