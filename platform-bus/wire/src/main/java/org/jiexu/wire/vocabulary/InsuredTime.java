package org.jiexu.wire.vocabulary;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 参保时间 — days and months of participation as doors take them: from 1950 (the schemes' beginning) to the end of next year
 * (residents pay a year ahead), and not in a year before the one that the holder of the number was born in.
 *
 * @param born null when the number names no birthday
 */
public record InsuredTime(LocalDate today, @Nullable LocalDate born) {
    private static final int EARLIEST_YEAR = 1950;
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final FieldFault DAY_FORM = new FieldFault("BAD_DATE", "日期应写作年-月-日，例如2024-01-05。");
    private static final FieldFault MONTH_FORM = new FieldFault("BAD_MONTH", "月份应写作年-月，例如2020-01。");

    /** Null when it is no day of the calendar, written as 2024-01-05. */
    public static @Nullable LocalDate day(String text) {
        try {
            return DAY.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when it is no month, written as 2020-01. */
    public static @Nullable YearMonth month(String text) {
        try {
            return MONTH.matcher(text).matches() ? YearMonth.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when somebody can be insured since that day. */
    public @Nullable FieldFault faultOfDay(@Nullable LocalDate since) {
        if (since == null) {
            return DAY_FORM;
        }
        if (isTooEarly(since.getYear()) || since.getYear() > today.getYear() + 1) {
            return new FieldFault("BAD_DATE", "日期应在%d年至%d年之间。".formatted(earliest(), today.getYear() + 1));
        }
        return null;
    }

    /** Null when that month can have been paid. */
    public @Nullable FieldFault faultOfMonth(@Nullable YearMonth month) {
        if (month == null) {
            return MONTH_FORM;
        }
        if (isTooEarly(month.getYear())) {
            return new FieldFault("BAD_MONTH", "月份不得早于%d年。".formatted(earliest()));
        }
        return month.getYear() > today.getYear() + 1
                ? new FieldFault("FUTURE_MONTH", "月份不得晚于%d年12月。".formatted(today.getYear() + 1))
                : null;
    }

    private boolean isTooEarly(int year) {
        return year < earliest();
    }

    /** Residents pay by the year: a child's first year counts from January. */
    private int earliest() {
        return born == null ? EARLIEST_YEAR : Math.max(EARLIEST_YEAR, born.getYear());
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "InsuredTime";
    }
}
