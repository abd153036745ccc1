package org.jiexu.registry.domain;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/** 缴费时段 — a run of months, each of them paid, collected by one agency. */
public record PaidPeriod(YearMonth from, YearMonth to, String agency) {
    public PaidPeriod {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period ends before it begins");
        }
    }

    public int months() {
        return Math.toIntExact(from.until(to, ChronoUnit.MONTHS)) + 1;
    }

    boolean covers(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
    }
}
