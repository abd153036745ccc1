package org.jiexu.bus.time;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 工作日历 — the State Council's yearly arrangements, and what regions or provinces add to them (R4.3). Immutable; of two
 * arrangements of one year and region the later in the list holds.
 */
public final class WorkingCalendar {
    /** The region of national rows. */
    public static final String NATIONAL = "*";

    private record Arrangement(int year, String scope) {}

    private final Map<Arrangement, List<CalendarDayV1>> arrangements;
    private final Set<String> scopes;
    private final Set<Integer> publishedYears;
    private final Map<List<String>, WorkingDays> seen = new ConcurrentHashMap<>();

    private WorkingCalendar(Map<Arrangement, List<CalendarDayV1>> arrangements) {
        this.arrangements = arrangements;
        this.scopes = arrangements.keySet().stream().map(Arrangement::scope).collect(Collectors.toUnmodifiableSet());
        this.publishedYears = arrangements.keySet().stream()
                .filter(arrangement -> arrangement.scope().equals(NATIONAL))
                .map(Arrangement::year)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Without any arrangement every year is provisional. */
    public static WorkingCalendar of(List<CalendarPublishedV1> published) {
        var arrangements = new HashMap<Arrangement, List<CalendarDayV1>>();
        for (CalendarPublishedV1 each : published) {
            arrangements.put(new Arrangement(each.year(), each.region()), List.copyOf(each.days()));
        }
        return new WorkingCalendar(Map.copyOf(arrangements));
    }

    /** The last year for which the State Council's notice is loaded. */
    public OptionalInt knownThroughYear() {
        return publishedYears.stream().mapToInt(Integer::intValue).max();
    }

    // House rule: a region's row beats its province's, and that one the national row, of the same date.
    public WorkingDays of(RegionCode region) {
        List<String> known = List.of(NATIONAL, region.province(), region.value()).stream()
                .distinct()
                .filter(scopes::contains)
                .toList();
        return seen.computeIfAbsent(known, this::merged);
    }

    private WorkingDays merged(List<String> widestFirst) {
        var days = new TreeMap<LocalDate, CalendarDayV1>();
        for (String scope : widestFirst) {
            arrangements.entrySet().stream()
                    .filter(entry -> entry.getKey().scope().equals(scope))
                    .sorted(Comparator.comparing(entry -> entry.getKey().year()))
                    .forEach(entry -> entry.getValue().forEach(day -> days.put(day.date(), day)));
        }
        return new WorkingDays(Collections.unmodifiableSequencedMap(days), publishedYears);
    }
}
