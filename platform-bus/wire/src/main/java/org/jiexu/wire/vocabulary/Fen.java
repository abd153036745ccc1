package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * 分 — money in hundredths of a yuan. Never floating point (R11.1); arithmetic that would overflow throws
 * {@link ArithmeticException}. On the wire it is a string with exactly two decimals.
 */
public record Fen(long value) implements Comparable<Fen> {
    public static final Fen ZERO = new Fen(0);
    /** Twelve digits before the point: nothing on this platform is larger, and sums of many stay far from overflow. */
    private static final Pattern FORM = Pattern.compile("(?!-0\\.00)-?(0|[1-9][0-9]{0,11})\\.[0-9]{2}");

    /** Reads {@code 1234.56}; anything else, also {@code 1234.5} or {@code 1,234.56}, is refused. */
    @JsonCreator
    public static Fen parse(String yuan) {
        if (!isWellFormed(yuan)) {
            throw new IllegalArgumentException("an amount is written with exactly two decimals, e.g. 1234.56");
        }
        return new Fen(Long.parseLong(yuan.replace(".", "")));
    }

    public static boolean isWellFormed(String yuan) {
        return FORM.matcher(yuan).matches();
    }

    public static Fen of(long fen) {
        return new Fen(fen);
    }

    public Fen plus(Fen other) {
        return new Fen(Math.addExact(value, other.value));
    }

    public Fen minus(Fen other) {
        return new Fen(Math.subtractExact(value, other.value));
    }

    public Fen negated() {
        return new Fen(Math.negateExact(value));
    }

    public boolean isZero() {
        return value == 0;
    }

    public boolean isPositive() {
        return value > 0;
    }

    /** 元 — the amount with two decimals, e.g. {@code 1234.56}. */
    @JsonValue
    public String yuan() {
        long whole = value / 100;
        long rest = Math.abs(value % 100);
        String sign = value < 0 && whole == 0 ? "-" : "";
        return sign + whole + (rest < 10 ? ".0" : ".") + rest;
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return yuan();
    }
}
