package org.jiexu.registry.domain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 合并后的缴费月份 — two records of one relationship as one: a month counts once. What stands on a sheet stays as it is, the
 * kept record's first; what stands on none grows together.
 */
public final class UnitedRecord {
    private UnitedRecord() {}

    /** 缴费时段 with the case on whose sheet it stands, and the case with which it has left. */
    public record Period(
            PaidPeriod period,
            @Nullable String onSheet,
            @Nullable String transferredBy) {
        boolean isLoose() {
            return onSheet == null && transferredBy == null;
        }
    }

    public static List<Period> of(List<Period> kept, List<Period> merged) {
        var fixed = new ArrayList<>(
                kept.stream().filter(period -> !period.isLoose()).toList());
        for (Period period : merged) {
            if (!period.isLoose()) {
                var left = PaidMonths.of(List.of(period.period()));
                kept.stream()
                        .filter(earlier -> !earlier.isLoose())
                        .forEach(earlier -> left.except(
                                earlier.period().from(), earlier.period().to()));
                left.periods().forEach(part -> fixed.add(new Period(part, period.onSheet(), period.transferredBy())));
            }
        }
        var united = new ArrayList<>(fixed);
        PaidMonths.together(
                        loose(kept),
                        loose(merged),
                        fixed.stream().map(Period::period).toList())
                .forEach(period -> united.add(new Period(period, null, null)));
        return united;
    }

    private static List<PaidPeriod> loose(List<Period> periods) {
        return periods.stream().filter(Period::isLoose).map(Period::period).toList();
    }
}
