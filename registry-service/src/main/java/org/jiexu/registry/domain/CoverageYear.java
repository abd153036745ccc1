package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.time.YearMonth;

/** 参保年度 — the year for which residents are covered. House rule: the calendar year, everywhere. */
public record CoverageYear(int year) implements Comparable<CoverageYear> {
    /** Covered in no year. */
    public static final CoverageYear NONE = new CoverageYear(0);

    public static CoverageYear of(LocalDate day) {
        return new CoverageYear(day.getYear());
    }

    public static CoverageYear of(YearMonth month) {
        return new CoverageYear(month.getYear());
    }

    public LocalDate lastDay() {
        return LocalDate.of(year, 12, 31);
    }

    /** The first day after it. */
    public LocalDate dayAfter() {
        return LocalDate.of(year + 1, 1, 1);
    }

    public boolean isAfter(CoverageYear other) {
        return year > other.year;
    }

    @Override
    public int compareTo(CoverageYear other) {
        return Integer.compare(year, other.year);
    }
}
