package org.jiexu.wire.vocabulary;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 证件 — certificate type and number of a person. Compared without regard to case, never "corrected" (rulebook 12).
 * Prints masked: a number must not reach a log or an exception text.
 */
public record Certificate(CertificateType type, String number) {
    private static final Pattern EIGHTEEN = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern OLD_RESIDENCE_CARD = Pattern.compile("[A-Z]{3}[0-9]{12}");
    private static final Pattern HOME_ADDRESS = Pattern.compile("8[123]0000.*");
    private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("[0-9A-Z]{4,30}");
    private static final Pattern AS_PRINTED = Pattern.compile("[0-9A-Z][0-9A-Z()-]{3,29}");
    private static final Pattern AS_PRINTED_WITH_HAN = Pattern.compile("[0-9A-Z\\p{IsHan}][0-9A-Z\\p{IsHan}()-]{3,29}");
    private static final int EARLIEST_YEAR = 1800;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    public Certificate {
        number = capitals(number);
    }

    /**
     * Whether the number has the form of its type: check digit (GB 11643, ISO 7064 MOD 11-2) and a birthday that the calendar
     * has included. What depends on the day and on the register of areas is asked of {@link CertificateRules}.
     */
    public boolean isWellFormed() {
        return switch (type) {
            case IDENTITY_CARD -> hasCheckDigit(number) && bornOn() != null;
            case RESIDENCE_PERMIT ->
                HOME_ADDRESS.matcher(number).matches() && hasCheckDigit(number) && bornOn() != null;
            case PERMANENT_RESIDENCE ->
                OLD_RESIDENCE_CARD.matcher(number).matches()
                        || (number.startsWith("9") && hasCheckDigit(number) && bornOn() != null);
            case HONG_KONG_PERMIT, MACAO_PERMIT, FOREIGN_PASSPORT, CHINESE_PASSPORT ->
                LETTERS_AND_DIGITS.matcher(number).matches();
            case TAIWAN_PERMIT -> AS_PRINTED.matcher(number).matches();
            case OTHER -> AS_PRINTED_WITH_HAN.matcher(number).matches();
        };
    }

    /** The birthday that an eighteen-digit number names; null when it names none, or one that no calendar has. */
    public @Nullable LocalDate bornOn() {
        return switch (type) {
            case IDENTITY_CARD, RESIDENCE_PERMIT, PERMANENT_RESIDENCE ->
                EIGHTEEN.matcher(number).matches() ? date(number.substring(6, 14)) : null;
            case HONG_KONG_PERMIT, MACAO_PERMIT, TAIWAN_PERMIT, FOREIGN_PASSPORT, CHINESE_PASSPORT, OTHER -> null;
        };
    }

    /** The province that issued the card, two digits; null when the number of this type names none. */
    @Nullable
    String province() {
        return switch (type) {
            case IDENTITY_CARD -> number.substring(0, 2);
            case PERMANENT_RESIDENCE -> number.length() == 18 ? number.substring(1, 3) : null;
            case RESIDENCE_PERMIT,
                    HONG_KONG_PERMIT,
                    MACAO_PERMIT,
                    TAIWAN_PERMIT,
                    FOREIGN_PASSPORT,
                    CHINESE_PASSPORT,
                    OTHER -> null;
        };
    }

    private static @Nullable LocalDate date(String digits) {
        try {
            var date = LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6)));
            return date.getYear() < EARLIEST_YEAR ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Only a to z: what other letters become in capitals would be another number. */
    private static String capitals(String text) {
        var capitals = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                capitals.setCharAt(i, (char) (c - 'a' + 'A'));
            }
        }
        return capitals.toString();
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
