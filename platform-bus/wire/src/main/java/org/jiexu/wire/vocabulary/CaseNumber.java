package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * 受理编号 — the one number of a case from submission onward: receiving region, year, eight random characters without
 * look-alikes, check character, e.g. {@code 430100-26-7KQ4M2XD-9} (R9.5). It is also the Kafka key.
 */
public record CaseNumber(@JsonValue String value) implements Comparable<CaseNumber> {
    /** No 0/O, 1/I/L, U/V twins: readable over the telephone. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    /** What only regions and years contain; it takes the values of letters that no digit position can hold. */
    private static final String OUTSIDE_ALPHABET = "01ILOUV";

    private static final Pattern FORM =
            Pattern.compile("([0-9]{4}[0-9A-Z]{2})-([0-9]{2})-([" + ALPHABET + "]{8})-([" + ALPHABET + "])");

    @JsonCreator
    public CaseNumber {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a case number");
        }
    }

    /** A number that nobody can guess by counting. */
    public static CaseNumber random(RegionCode receiving, int year, RandomGenerator random) {
        var text = new StringBuilder("%s-%02d-".formatted(receiving.value(), Math.floorMod(year, 100)));
        for (int i = 0; i < 8; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new CaseNumber(text + "-" + checkCharacter(text.toString()));
    }

    public static boolean isValid(String text) {
        var match = FORM.matcher(text);
        return match.matches() && match.group(4).charAt(0) == checkCharacter(text.substring(0, text.length() - 2));
    }

    /** The region that receives the relationship and owns the case. */
    public RegionCode receivingRegion() {
        return new RegionCode(value.substring(0, 6));
    }

    /**
     * A weighted sum over 29, a prime. Values that can stand in one place differ, weights differ from place to place, so
     * one wrong character and two swapped neighbours always change the sum. Only a region code with letters (none is in
     * use) has more than 29 values in one place; there a slip may name another region, which the directory finds.
     */
    private static char checkCharacter(String text) {
        int sum = 0;
        int weight = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-') {
                sum += weight * valueOf(c);
                weight++;
            }
        }
        return ALPHABET.charAt(sum % ALPHABET.length());
    }

    private static int valueOf(char c) {
        int place = ALPHABET.indexOf(c);
        return place >= 0 ? place : ALPHABET.length() - 1 - OUTSIDE_ALPHABET.indexOf(c);
    }

    @Override
    public int compareTo(CaseNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
