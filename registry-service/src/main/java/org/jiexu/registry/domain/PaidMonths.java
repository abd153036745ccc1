package org.jiexu.registry.domain;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * 缴费月份 — which months are paid, and to which agency. A month is paid once: the payment recorded first stays. Months in
 * arrears are simply not there, so they break a period (R5.1).
 */
public final class PaidMonths {
    private final NavigableMap<YearMonth, String> agencyByMonth = new TreeMap<>();

    public static PaidMonths of(Collection<PaidPeriod> periods) {
        var months = new PaidMonths();
        periods.forEach(months::pay);
        return months;
    }

    /**
     * What stands on no sheet after more has been recorded: months recorded first keep their agency, and months that stand
     * on a sheet, or are gone with one, are not paid again.
     */
    public static List<PaidPeriod> together(
            Collection<PaidPeriod> loose, Collection<PaidPeriod> recorded, Collection<PaidPeriod> onSheets) {
        var months = of(loose);
        recorded.forEach(months::pay);
        onSheets.forEach(fixed -> months.except(fixed.from(), fixed.to()));
        return months.periods();
    }

    public void pay(PaidPeriod period) {
        monthsOf(period).forEach(month -> agencyByMonth.putIfAbsent(month, period.agency()));
    }

    /** Every month of the period. */
    public static List<YearMonth> monthsOf(PaidPeriod period) {
        return Stream.iterate(period.from(), month -> !month.isAfter(period.to()), month -> month.plusMonths(1))
                .toList();
    }

    /** Without the months of that period. */
    public void except(YearMonth from, YearMonth to) {
        agencyByMonth.subMap(from, true, to, true).clear();
    }

    public int count() {
        return agencyByMonth.size();
    }

    /** The longest runs of consecutive months with one agency, in time order. */
    public List<PaidPeriod> periods() {
        var periods = new ArrayList<PaidPeriod>();
        for (var paid : agencyByMonth.entrySet()) {
            var month = paid.getKey();
            var last = periods.isEmpty() ? null : periods.getLast();
            if (last != null
                    && last.to().plusMonths(1).equals(month)
                    && last.agency().equals(paid.getValue())) {
                periods.set(periods.size() - 1, new PaidPeriod(last.from(), month, last.agency()));
            } else {
                periods.add(new PaidPeriod(month, month, paid.getValue()));
            }
        }
        return periods;
    }
}
