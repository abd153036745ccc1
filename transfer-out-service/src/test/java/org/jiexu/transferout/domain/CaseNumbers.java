package org.jiexu.transferout.domain;

import org.jiexu.wire.vocabulary.CaseNumber;

/** Case numbers with a right check character. */
public final class CaseNumbers {
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    private CaseNumbers() {}

    /** The number that begins so, e.g. {@code 430100-26-22222222}. */
    public static CaseNumber valid(String beginning) {
        return ALPHABET.chars()
                .mapToObj(check -> beginning + "-" + (char) check)
                .filter(CaseNumber::isValid)
                .findFirst()
                .map(CaseNumber::new)
                .orElseThrow();
    }
}
