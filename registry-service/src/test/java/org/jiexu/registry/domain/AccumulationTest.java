package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.registry.domain.Accumulation.Overlap;
import org.jiexu.registry.domain.Accumulation.Row;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("43-art-12")
class AccumulationTest {
    private static final String HUNAN = "430000";
    private static final List<SheetScheme> SCHEMES = List.of(SheetScheme.values());
    private static final YearMonth START = YearMonth.of(2010, 1);

    @Test
    @Tag("R8.5")
    void tellsEmployeeMonthsThoseOfTheProvinceAndResidentAndOtherMonthsApart() {
        var rows = List.of(
                row("2015-01..2016-12=24@430199", SheetScheme.EMPLOYEE, null),
                row("2017-01..2017-12=12@370899", SheetScheme.EMPLOYEE, null),
                row("2018-01..2018-12=12@430199", SheetScheme.RESIDENT, null),
                row("2019-01..2019-06=6@430199", SheetScheme.OTHER, "离休人员医疗保障"));

        assertThat(Accumulation.of(rows, HUNAN)).isEqualTo(new Accumulation(36, 24, 12, 6, List.of(), List.of()));
    }

    @Test
    @Tag("R1.4")
    void overlappingMonthsAreCountedOnceAndReported() {
        var here = row("2020-01..2020-12=12@430199", SheetScheme.EMPLOYEE, null);
        var there = row("2020-07..2021-06=12@370899", SheetScheme.RESIDENT, null);

        var found = Accumulation.of(List.of(there, here), HUNAN);

        assertThat(found)
                .isEqualTo(new Accumulation(
                        12,
                        12,
                        6,
                        0,
                        List.of(new Overlap(YearMonth.of(2020, 7), YearMonth.of(2020, 12), 6, true, here, there)),
                        List.of()));
    }

    @Test
    @Tag("R5.4")
    void theSameRecordHeldByTwoRegionsIsNoOverlap() {
        var old = row("2020-01..2020-12=12@370899", SheetScheme.EMPLOYEE, null);
        var travelled = new Row(new RegionCode("430100"), "430100-26-7KQ4M2XD-9", old.row());
        var partial = row("2021-01..2021-12=10@370899", SheetScheme.EMPLOYEE, null);
        var partialTravelled = new Row(new RegionCode("430100"), "430100-26-7KQ4M2XD-9", partial.row());

        assertThat(Accumulation.of(List.of(old, partial, travelled, partialTravelled), HUNAN))
                .isEqualTo(new Accumulation(22, 0, 0, 0, List.of(), List.of()));
    }

    @Test
    @Tag("R8.5")
    void deemedMonthsNeverCount() {
        var deemed = row("1990-01..1995-12=72@430199", SheetScheme.EMPLOYEE, "视同缴费年限");

        assertThat(Accumulation.of(List.of(deemed), HUNAN))
                .isEqualTo(new Accumulation(0, 0, 0, 0, List.of(), List.of(deemed)));
        assertThat(Accumulation.monthsInARow(List.of(deemed), YearMonth.of(1995, 12)))
                .isZero();
    }

    @Test
    @Tag("R8.0")
    void monthsInARowGoThroughBothBasicSchemesAndEndAtTheFirstBreak() {
        var rows = List.of(
                row("2019-01..2019-12=12@370899", SheetScheme.EMPLOYEE, null),
                row("2020-02..2020-12=11@430199", SheetScheme.RESIDENT, null),
                row("2021-01..2021-12=12@430199", SheetScheme.EMPLOYEE, null));

        assertThat(Accumulation.monthsInARow(rows, YearMonth.of(2021, 12))).isEqualTo(23);
        assertThat(Accumulation.monthsInARow(rows, YearMonth.of(2019, 12))).isEqualTo(12);
        assertThat(Accumulation.monthsInARow(rows, YearMonth.of(2022, 1))).isZero();
    }

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("R1.4")
    void fullRowsCountAsTheSetOfTheirMonths(int seed) {
        var rows = rows(new Random(seed), true);
        var employee = months(rows, SheetScheme.EMPLOYEE);
        var resident = months(rows, SheetScheme.RESIDENT);
        var other = months(rows, SheetScheme.OTHER);
        var here = months(
                rows.stream()
                        .filter(r -> r.row().agencyRegion().startsWith("43"))
                        .toList(),
                SheetScheme.EMPLOYEE);

        var found = Accumulation.of(rows, HUNAN);

        resident.removeAll(employee);
        other.removeAll(employee);
        other.removeAll(resident);
        assertThat(List.of(
                        found.employeeMonths(),
                        found.employeeMonthsInProvince(),
                        found.residentMonths(),
                        found.otherMonths()))
                .containsExactly(employee.size(), here.size(), resident.size(), other.size());
        assertThat(reported(found)).isEqualTo(claimedTwice(rows));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("R5.3")
    void rowsWithFewerMonthsCountForAsManyAsCanBeToldApart(int seed) {
        var rows = rows(new Random(seed), false).stream()
                .filter(row -> row.row().scheme() == SheetScheme.EMPLOYEE)
                .toList();

        assertThat(Accumulation.of(rows, HUNAN).employeeMonths()).isEqualTo(mostMonths(rows));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("R8.0")
    void monthsInARowAreThoseBeforeTheLastGap(int seed) {
        var random = new Random(seed);
        var rows = rows(random, true);
        var basic = new TreeSet<>(months(rows, SheetScheme.EMPLOYEE));
        basic.addAll(months(rows, SheetScheme.RESIDENT));
        var last = START.plusMonths(random.nextInt(60));

        int expected = 0;
        for (var month = last; basic.contains(month); month = month.minusMonths(1)) {
            expected++;
        }
        assertThat(Accumulation.monthsInARow(rows, last)).isEqualTo(expected);
    }

    /** Each row has an agency of its own, so that none is another one's copy. */
    private static List<Row> rows(Random random, boolean full) {
        var rows = new ArrayList<Row>();
        int count = 1 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            var from = START.plusMonths(random.nextInt(40));
            int length = 1 + random.nextInt(14);
            int months = full ? length : random.nextInt(length + 1);
            var scheme = SCHEMES.get(random.nextInt(3));
            var agency = (random.nextBoolean() ? "43" : "37") + "%04d".formatted(i);
            rows.add(new Row(
                    new RegionCode("430100"),
                    null,
                    new SheetRow(1, from, from.plusMonths(length - 1L), scheme, months, "某地", agency, null)));
        }
        return rows;
    }

    private static Set<YearMonth> months(List<Row> rows, SheetScheme scheme) {
        return rows.stream()
                .filter(row -> row.row().scheme() == scheme)
                .flatMap(row -> months(row).stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<YearMonth> months(Row row) {
        return IntStream.range(0, 1200)
                .mapToObj(n -> row.row().from().plusMonths(n))
                .takeWhile(month -> !month.isAfter(row.row().to()))
                .toList();
    }

    private static Set<YearMonth> reported(Accumulation found) {
        var months = new HashSet<YearMonth>();
        for (Overlap overlap : found.overlaps()) {
            for (int i = 0; i < overlap.months(); i++) {
                months.add(overlap.from().plusMonths(i));
            }
        }
        return months;
    }

    private static Set<YearMonth> claimedTwice(List<Row> rows) {
        Map<YearMonth, Long> claims = rows.stream()
                .flatMap(row -> months(row).stream())
                .collect(Collectors.groupingBy(month -> month, Collectors.counting()));
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The greatest number of months that can be matched with rows, by augmenting paths. */
    private static int mostMonths(List<Row> rows) {
        var units = rows.stream()
                .flatMap(row -> IntStream.range(0, row.row().months()).mapToObj(_ -> row))
                .toList();
        var unitOfMonth = new HashMap<YearMonth, Integer>();
        int matched = 0;
        for (int unit = 0; unit < units.size(); unit++) {
            if (augment(unit, units, unitOfMonth, new HashSet<>())) {
                matched++;
            }
        }
        return matched;
    }

    private static boolean augment(
            int unit, List<Row> units, Map<YearMonth, Integer> unitOfMonth, Set<YearMonth> tried) {
        for (YearMonth month : months(units.get(unit))) {
            if (tried.add(month)) {
                var holder = unitOfMonth.get(month);
                if (holder == null || augment(holder, units, unitOfMonth, tried)) {
                    unitOfMonth.put(month, unit);
                    return true;
                }
            }
        }
        return false;
    }

    private static Row row(String text, SheetScheme scheme, @Nullable String remark) {
        var parts = text.split("\\.\\.|=|@");
        return new Row(
                new RegionCode(parts[3].substring(0, 4) + "00"),
                null,
                new SheetRow(
                        1,
                        YearMonth.parse(parts[0]),
                        YearMonth.parse(parts[1]),
                        scheme,
                        Integer.parseInt(parts[2]),
                        "某医疗保障经办机构",
                        parts[3],
                        remark));
    }
}
