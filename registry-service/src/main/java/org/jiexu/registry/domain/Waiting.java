package org.jiexu.registry.domain;

import java.util.ArrayList;

/**
 * 待遇享受等待期 — a region's dated rule: a fixed number of months, and for residents one more for each further year missed
 * (R8.2; the resident rule of 2025: 3 months, +1 for each further year, at least 6 after 4 or more).
 *
 * @param fixed months in any case
 * @param perFurtherYear months more for each missed year after the first
 * @param longAbsence years missed from which on {@code atLeast} holds; 0 for never
 */
public record Waiting(int fixed, int perFurtherYear, int longAbsence, int atLeast, String basis) {
    /** 43号 Art. 11: in principle not more than six months. */
    private static final int LONGEST = 6;

    private static final int MOST = 24;

    /** Reads {@code 6} or {@code 3,1,4,6}; {@link IllegalArgumentException} when it says something else. */
    public static Waiting of(String policy, String basis) {
        var numbers = new ArrayList<Integer>();
        for (String part : policy.split(",", -1)) {
            numbers.add(number(part.strip()));
        }
        return switch (numbers.size()) {
            case 1 -> new Waiting(numbers.getFirst(), 0, 0, 0, basis);
            case 4 -> new Waiting(numbers.getFirst(), numbers.get(1), numbers.get(2), numbers.get(3), basis);
            default -> throw new IllegalArgumentException("a waiting period is one number or four");
        };
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException("a waiting period has between 0 and " + MOST + " months");
        }
        return Integer.parseInt(text);
    }

    public int months(int missedYears) {
        int months = fixed + perFurtherYear * Math.max(0, missedYears - 1);
        return longAbsence > 0 && missedYears >= longAbsence ? Math.max(months, atLeast) : months;
    }

    /** Whether somebody may have to wait for longer than the national measure foresees (R8.2). */
    public boolean mayExceedSixMonths() {
        return fixed > LONGEST || atLeast > LONGEST || perFurtherYear > 0;
    }
}
