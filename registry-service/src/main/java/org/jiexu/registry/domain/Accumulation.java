package org.jiexu.registry.domain;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 缴费年限累计 — the months of all regions and sheets together (43号 Art. 12). A month counts once, in the employee scheme
 * before the resident one before others; where rows overlap, it is said which rows and which months (R1.4). How many
 * months are needed for retiree benefits is the region's rule and not said here (R8.5).
 *
 * @param employeeMonthsInProvince of the employee months, those collected by agencies of the province that asks
 * @param leftOut rows that never count: deemed months (视同缴费)
 */
public record Accumulation(
        int employeeMonths,
        int employeeMonthsInProvince,
        int residentMonths,
        int otherMonths,
        List<Overlap> overlaps,
        List<Row> leftOut) {
    private static final String DEEMED = "视同";
    private static final Comparator<Row> BY_TIME = Comparator.<Row, YearMonth>comparing(
                    held -> held.row().from())
            .thenComparing(held -> held.row().to(), Comparator.reverseOrder())
            .thenComparing(held -> held.row().scheme())
            .thenComparing(held -> held.row().agencyRegion());

    /**
     * 缴费时段 as some region holds it.
     *
     * @param origin the case whose sheet brought it; none for months paid in that region itself
     */
    public record Row(RegionCode heldBy, @Nullable String origin, SheetRow row) {}

    /**
     * 重复时段 — months that two rows claim.
     *
     * @param certain false when a row has fewer months than its period: which months are missing is not known
     */
    public record Overlap(YearMonth from, YearMonth to, int months, boolean certain, Row first, Row second) {}

    /** @param province whose months are told apart, e.g. 430000 */
    public static Accumulation of(List<Row> rows, String province) {
        var records = records(rows.stream().filter(held -> !isDeemed(held)).toList());
        var employee = months(ofScheme(records, SheetScheme.EMPLOYEE), Set.of());
        var here =
                months(ofScheme(records, SheetScheme.EMPLOYEE).filter(row -> province.equals(province(row))), Set.of());
        var resident = months(ofScheme(records, SheetScheme.RESIDENT), employee);
        var counted = new TreeSet<>(employee);
        counted.addAll(resident);
        var other = months(ofScheme(records, SheetScheme.OTHER), counted);
        return new Accumulation(
                employee.size(),
                here.size(),
                resident.size(),
                other.size(),
                overlaps(records),
                rows.stream().filter(Accumulation::isDeemed).sorted(BY_TIME).toList());
    }

    /**
     * Months in a row, in any basic scheme, that end with {@code last} (R8.0). Of a row with fewer months than its period
     * only the first and the last are known to be paid: a row begins and ends with a month paid (R5.1).
     */
    public static int monthsInARow(List<Row> rows, YearMonth last) {
        var known = new TreeSet<YearMonth>();
        for (Row held : rows) {
            var row = held.row();
            if (isDeemed(held) || row.scheme() == SheetScheme.OTHER) {
                continue;
            }
            if (isFull(row)) {
                for (var month = row.from(); !month.isAfter(row.to()); month = month.plusMonths(1)) {
                    known.add(month);
                }
            } else {
                known.addAll(List.of(row.from(), row.to()));
            }
        }
        int months = 0;
        while (known.contains(last.minusMonths(months))) {
            months++;
        }
        return months;
    }

    /**
     * What remains when copies are left aside: a sheet's rows travel on unchanged, so the same record stands with several
     * regions. A row within another one of the same agency and scheme is its copy.
     */
    private static List<Row> records(List<Row> rows) {
        var records = new ArrayList<Row>();
        for (Row held : rows.stream().sorted(BY_TIME).toList()) {
            if (records.stream().noneMatch(earlier -> isCopy(earlier.row(), held.row()))) {
                records.add(held);
            }
        }
        return records;
    }

    private static boolean isCopy(SheetRow whole, SheetRow row) {
        return whole.scheme() == row.scheme()
                && whole.agencyRegion().equals(row.agencyRegion())
                && !row.from().isBefore(whole.from())
                && !row.to().isAfter(whole.to());
    }

    private static Stream<SheetRow> ofScheme(List<Row> records, SheetScheme scheme) {
        return records.stream().map(Row::row).filter(row -> row.scheme() == scheme);
    }

    /**
     * The most months that the rows can stand for without counting one twice. Each month goes to the row that ends first:
     * for periods this greedy choice is the best there is.
     */
    private static NavigableSet<YearMonth> months(Stream<SheetRow> rows, Set<YearMonth> counted) {
        var left = new HashMap<SheetRow, Integer>();
        rows.filter(row -> row.months() > 0).forEach(row -> left.put(row, row.months()));
        var all = new TreeSet<YearMonth>();
        left.keySet().forEach(row -> {
            for (var month = row.from(); !month.isAfter(row.to()); month = month.plusMonths(1)) {
                all.add(month);
            }
        });
        all.removeAll(counted);
        var found = new TreeSet<YearMonth>();
        for (YearMonth month : all) {
            left.keySet().stream()
                    .filter(row -> covers(row, month))
                    .min(Comparator.comparing(SheetRow::to))
                    .ifPresent(row -> {
                        found.add(month);
                        left.computeIfPresent(row, (_, months) -> months == 1 ? null : months - 1);
                    });
        }
        return found;
    }

    private static List<Overlap> overlaps(List<Row> records) {
        var overlaps = new ArrayList<Overlap>();
        for (int i = 0; i < records.size(); i++) {
            var first = records.get(i);
            for (Row second : records.subList(i + 1, records.size())) {
                var from = later(first.row().from(), second.row().from());
                var to = earlier(first.row().to(), second.row().to());
                if (!from.isAfter(to)) {
                    boolean certain = isFull(first.row()) && isFull(second.row());
                    overlaps.add(new Overlap(from, to, calendarMonths(from, to), certain, first, second));
                }
            }
        }
        return overlaps;
    }

    private static boolean isDeemed(Row held) {
        var remark = held.row().remark();
        return remark != null && remark.contains(DEEMED);
    }

    private static boolean isFull(SheetRow row) {
        return row.months() >= calendarMonths(row.from(), row.to());
    }

    private static boolean covers(SheetRow row, YearMonth month) {
        return !month.isBefore(row.from()) && !month.isAfter(row.to());
    }

    private static int calendarMonths(YearMonth from, YearMonth to) {
        return Math.toIntExact(from.until(to, ChronoUnit.MONTHS)) + 1;
    }

    private static String province(SheetRow row) {
        return row.agencyRegion().length() < 2 ? "" : row.agencyRegion().substring(0, 2) + "0000";
    }

    private static YearMonth later(YearMonth a, YearMonth b) {
        return a.isAfter(b) ? a : b;
    }

    private static YearMonth earlier(YearMonth a, YearMonth b) {
        return a.isBefore(b) ? a : b;
    }
}
