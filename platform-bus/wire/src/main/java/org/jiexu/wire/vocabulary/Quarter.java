package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** 季度 — a calendar quarter in Asia/Shanghai, e.g. {@code 2026Q3}; every instant belongs to exactly one (R7.1). */
public record Quarter(int year, int number) implements Comparable<Quarter> {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern FORM = Pattern.compile("(2[0-9]{3})Q([1-4])");
    private static final int MONTHS = 3;

    public Quarter {
        if (year < 2000 || year > 2999 || number < 1 || number > 4) {
            throw new IllegalArgumentException("not a quarter");
        }
    }

    public static Quarter of(Instant moment) {
        var day = LocalDate.ofInstant(moment, ZONE);
        return new Quarter(day.getYear(), (day.getMonthValue() - 1) / MONTHS + 1);
    }

    @JsonCreator
    public static Quarter parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a quarter is written like 2026Q3");
        }
        return new Quarter(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    public LocalDate firstDay() {
        return LocalDate.of(year, (number - 1) * MONTHS + 1, 1);
    }

    public Instant begin() {
        return firstDay().atStartOfDay(ZONE).toInstant();
    }

    /** The first instant that is of the next quarter. */
    public Instant end() {
        return next().begin();
    }

    public boolean isOverAt(Instant moment) {
        return !moment.isBefore(end());
    }

    public Quarter next() {
        return number == 4 ? new Quarter(year + 1, 1) : new Quarter(year, number + 1);
    }

    public Quarter previous() {
        return number == 1 ? new Quarter(year - 1, 4) : new Quarter(year, number - 1);
    }

    @Override
    public int compareTo(Quarter other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return year + "Q" + number;
    }
}
