package org.jiexu.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jiexu.registry.postgres.DirectoryStore.Agency;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;

/** 基础数据 — the files that come with the registry: regions, working calendar, agencies, national policies. */
final class ReferenceData {
    private static final String NATIONAL = "*";

    private ReferenceData() {}

    static List<RegionListedV1> regions(List<RegionCode> onPlatform) {
        return rows("pooling-regions.csv").stream()
                .map(row -> {
                    var code = new RegionCode(row.get(0));
                    return new RegionListedV1(
                            code,
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            onPlatform.contains(code),
                            List.of(),
                            List.of());
                })
                .toList();
    }

    /** R4.3: one calendar a year, as far as the State Council's notices are known. */
    static List<CalendarPublishedV1> calendars() {
        Map<Integer, List<CalendarDayV1>> years = rows("working-calendar.csv").stream()
                .map(row -> new CalendarDayV1(
                        LocalDate.parse(row.get(0)), row.get(1), row.get(2).equals("WORKDAY")))
                .collect(Collectors.groupingBy(day -> day.date().getYear(), TreeMap::new, Collectors.toList()));
        return years.entrySet().stream()
                .map(year -> new CalendarPublishedV1(
                        year.getKey(), NATIONAL, "国务院办公厅关于%d年部分节假日安排的通知".formatted(year.getKey()), year.getValue()))
                .toList();
    }

    static List<Agency> agencies() {
        return rows("agencies.csv").stream()
                .map(row -> new Agency(
                        new AgencyV1(
                                row.get(0),
                                new RegionCode(row.get(1)),
                                row.get(2),
                                row.get(3),
                                row.get(4),
                                row.get(5),
                                row.get(6)),
                        row.get(7),
                        row.get(8).equals("true")))
                .toList();
    }

    /** For a region that has told no agency yet: its code and its name, and nothing invented. */
    static Agency unnamedAgency(RegionListedV1 region) {
        return new Agency(
                new AgencyV1(region.code().value(), region.code(), region.name() + "医疗保障经办机构", "", "", "", ""),
                "",
                true);
    }

    static List<PolicyDatedV1> policies() {
        return rows("policies.csv").stream()
                .map(row -> new PolicyDatedV1(
                        row.get(0), row.get(1), row.get(2), LocalDate.parse(row.get(3)), null, row.get(4)))
                .toList();
    }

    private static List<List<String>> rows(String file) {
        try (var in = ReferenceData.class.getResourceAsStream("/data/" + file)) {
            var text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(ReferenceData::cells)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commas separate, quotes keep commas together; our own files need no more. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
