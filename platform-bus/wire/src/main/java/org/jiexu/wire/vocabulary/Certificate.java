package org.jiexu.wire.vocabulary;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * 证件 — certificate type and number of a person. Compared without regard to case, never "corrected" (rulebook 12).
 * Prints masked: a number must not reach a log or an exception text.
 */
public record Certificate(CertificateType type, String number) {
    private static final Pattern EIGHTEEN = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD_RESIDENCE_CARD = Pattern.compile("[A-Z]{3}[0-9]{12}");
    private static final Pattern ANY = Pattern.compile("[0-9A-Z]{4,30}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    public Certificate {
        number = number.toUpperCase(Locale.ROOT);
    }

    /** Whether the number has the form of its type, check digit (GB 11643, ISO 7064 MOD 11-2) included. */
    public boolean isWellFormed() {
        return switch (type) {
            case IDENTITY_CARD, RESIDENCE_PERMIT -> hasCheckDigit(number);
            case PERMANENT_RESIDENCE ->
                OLD_RESIDENCE_CARD.matcher(number).matches() || (number.startsWith("9") && hasCheckDigit(number));
            case HONG_KONG_PERMIT, MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_PASSPORT, CHINESE_PASSPORT, OTHER ->
                ANY.matcher(number).matches();
        };
    }

    /** The check character that belongs to the first seventeen digits. */
    public static char checkDigit(String seventeen) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (seventeen.charAt(i) - '0');
        }
        return CHECKS.charAt(sum % 11);
    }

    private static boolean hasCheckDigit(String number) {
        return EIGHTEEN.matcher(number).matches() && checkDigit(number) == number.charAt(17);
    }

    /** The number with everything but its last four characters hidden. */
    public String masked() {
        int shown = Math.min(4, number.length() / 2);
        return "*".repeat(number.length() - shown) + number.substring(number.length() - shown);
    }

    @Override
    public String toString() {
        return type.code() + ":" + masked();
    }
}
