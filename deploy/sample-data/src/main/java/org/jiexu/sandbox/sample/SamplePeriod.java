package org.jiexu.sandbox.sample;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/** 缴费时段 — a run of months, each of them paid. */
public record SamplePeriod(YearMonth from, YearMonth to) {
    public SamplePeriod {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends before it begins");
        }
    }

    public int months() {
        return Math.toIntExact(from.until(to, ChronoUnit.MONTHS)) + 1;
    }
}
