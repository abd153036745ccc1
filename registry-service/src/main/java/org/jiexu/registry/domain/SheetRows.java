package org.jiexu.registry.domain;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 信息表行 — months paid as rows in time order: a new row at every change of scheme or agency and at every break (R5.1).
 * Rows received from earlier transfers travel on with their original agency, merged with nothing (R5.4).
 */
public final class SheetRows {
    private static final String COUNTED_ONCE = "与其他时段重叠的月份只计一次";
    private static final Comparator<SheetRow> BY_TIME =
            Comparator.comparing(SheetRow::from).thenComparing(SheetRow::to).thenComparing(SheetRow::agencyRegion);

    private SheetRows() {}

    /** 经办机构 — what a row says about its agency. */
    public record Agency(String name, String region) {}

    /**
     * @param own months paid in the old region in the scheme that leaves
     * @param agencies of the old region, by code
     * @param inherited rows booked there from earlier transfers
     */
    public static List<SheetRow> of(
            Scheme scheme, List<PaidPeriod> own, Map<String, Agency> agencies, List<SheetRow> inherited) {
        var travelling = counted(inherited);
        var rows = new ArrayList<>(travelling);
        for (PaidPeriod period : own) {
            // R1.4: overlapping months are counted once; a row that came from elsewhere stays as it was sealed.
            var left = PaidMonths.of(List.of(period));
            travelling.forEach(row -> left.except(row.from(), row.to()));
            boolean cut = left.count() < period.months();
            left.periods().forEach(part -> rows.add(ownRow(scheme, part, agencies, cut)));
        }
        rows.sort(BY_TIME);
        return numbered(rows);
    }

    private static SheetRow ownRow(Scheme scheme, PaidPeriod part, Map<String, Agency> agencies, boolean cut) {
        var agency = agencies.get(part.agency());
        if (agency == null) {
            throw new IllegalArgumentException("no agency " + part.agency());
        }
        return new SheetRow(
                0,
                part.from(),
                part.to(),
                SheetScheme.of(scheme),
                part.months(),
                agency.name(),
                agency.region(),
                cut ? COUNTED_ONCE : null);
    }

    /** Two sheets may claim the same months: the row that begins first keeps them, the other is cut (R1.4, R5.3). */
    private static List<SheetRow> counted(List<SheetRow> inherited) {
        var kept = new ArrayList<SheetRow>();
        for (SheetRow row : inherited.stream().sorted(BY_TIME).toList()) {
            var free = kept.stream()
                    .map(earlier -> earlier.to().plusMonths(1))
                    .filter(next -> next.isAfter(row.from()))
                    .max(Comparator.naturalOrder())
                    .orElse(row.from());
            if (!free.isAfter(row.to())) {
                kept.add(free.equals(row.from()) ? row : cut(row, free));
            }
        }
        return kept;
    }

    private static SheetRow cut(SheetRow row, YearMonth from) {
        int calendarMonths = Math.toIntExact(from.until(row.to(), ChronoUnit.MONTHS)) + 1;
        return new SheetRow(
                row.no(),
                from,
                row.to(),
                row.scheme(),
                Math.min(row.months(), calendarMonths),
                row.agencyName(),
                row.agencyRegion(),
                row.remark() == null ? COUNTED_ONCE : row.remark() + "；" + COUNTED_ONCE);
    }

    private static List<SheetRow> numbered(List<SheetRow> rows) {
        var numbered = new ArrayList<SheetRow>();
        for (SheetRow row : rows) {
            numbered.add(new SheetRow(
                    numbered.size() + 1,
                    row.from(),
                    row.to(),
                    row.scheme(),
                    row.months(),
                    row.agencyName(),
                    row.agencyRegion(),
                    row.remark()));
        }
        return numbered;
    }
}
