package org.jiexu.sandbox.sample;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jiexu.wire.vocabulary.Fen;

/** Months paid and balances as they are found in the field: breaks, arrears, leftovers. */
final class Histories {

    /** The last month that anybody has paid when the sandbox's clock starts (2026-09-14). */
    static final YearMonth LAST = YearMonth.of(2026, 8);

    private final Random random;

    Histories(Random random) {
        this.random = random;
    }

    YearMonth monthBetween(YearMonth first, YearMonth last) {
        long months = first.until(last, java.time.temporal.ChronoUnit.MONTHS);
        return first.plusMonths(random.nextInt(Math.toIntExact(months) + 1));
    }

    /** Paid from {@code from} to {@code to}, now and then with a break of one to eight months. */
    List<SamplePeriod> paid(YearMonth from, YearMonth to) {
        var periods = new ArrayList<SamplePeriod>();
        YearMonth start = from;
        while (!start.isAfter(to)) {
            YearMonth end = start.plusMonths(11 + random.nextInt(72));
            if (end.plusMonths(9).isAfter(to)) {
                end = to;
            }
            periods.add(new SamplePeriod(start, end));
            start = end.plusMonths(2 + random.nextInt(8));
        }
        return List.copyOf(periods);
    }

    /** As {@link #paid}, but the last months are owed (欠费). */
    List<SamplePeriod> inArrears(YearMonth from) {
        return paid(from, LAST.minusMonths(1 + random.nextInt(6)));
    }

    /** From 0.00 to six digits; most people have some thousands. */
    Fen balance() {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return Fen.ZERO;
        }
        if (kind == 1) {
            return Fen.of(1 + random.nextInt(99));
        }
        if (kind == 2) {
            return Fen.of(10_000_000L + random.nextInt(25_000_000));
        }
        return Fen.of(5_000 + random.nextInt(2_500_000));
    }
}
