package org.jiexu.registry.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.bus.web.Caller;
import org.jiexu.registry.CountCases;
import org.jiexu.registry.DaysLeft;
import org.jiexu.registry.postgres.CaseFigureStore.Pair;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 总览 — one look at everything that one may see. */
@RestController
@RequestMapping("/api/v1/operations")
class OverviewController {
    private final CountCases cases;
    private final LimitFigureStore limits;
    private final DaysLeft daysLeft;
    private final DirectoryStore directory;
    private final BusinessClock clock;

    OverviewController(
            CountCases cases,
            LimitFigureStore limits,
            DaysLeft daysLeft,
            DirectoryStore directory,
            BusinessClock clock) {
        this.cases = cases;
        this.limits = limits;
        this.daysLeft = daysLeft;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * @param knownThroughYear the last year for which the State Council's notice is loaded (R4.3)
     * @param provisionalOpen open limits that reach beyond it
     */
    record CalendarView(@Nullable Integer knownThroughYear, long provisionalOpen) {}

    /** 本季度按时办结率. */
    record OnTimeView(
            Quarter quarter,
            long met,
            long missed,
            @Nullable Double rate) {}

    record Overview(
            Instant asOf,
            Instant businessTime,
            CountCases.Today today,
            long open,
            List<CountCases.OfStatus> byStatus,
            List<CountCases.AtStep> flow,
            LimitFigureStore.Totals deadlines,
            CountCases.@Nullable Oldest oldest,
            OnTimeView onTime,
            List<CountCases.Day> throughput,
            List<CountCases.Age> ageing,
            List<Pair> matrix,
            CalendarView calendar) {}

    @GetMapping("/overview")
    Overview overview(
            Caller caller,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province) {
        var visible = Visible.to(caller, region, province);
        var counted = cases.of(visible.scope());
        var totals = limits.totals(visible.place(), daysLeft.today());
        return new Overview(
                InstantSource.system().instant(),
                clock.instant(),
                counted.today(),
                counted.open(),
                counted.byStatus(),
                counted.flow(),
                totals,
                counted.oldest(),
                onTime(visible.place()),
                counted.throughput(),
                counted.ageing(),
                counted.matrix(),
                new CalendarView(knownThroughYear(), totals.provisional()));
    }

    private OnTimeView onTime(LimitFigureStore.Place place) {
        var quarter = Quarter.of(clock.instant());
        var rows = limits.onTime(place, quarter);
        long met = rows.stream().mapToLong(LimitFigureStore.OnTime::met).sum();
        long missed = rows.stream()
                .mapToLong(row -> row.missedTechnical() + row.missedHuman())
                .sum();
        return new OnTimeView(quarter, met, missed, LimitsController.rate(met, missed));
    }

    private @Nullable Integer knownThroughYear() {
        OptionalInt year = WorkingCalendar.of(directory.calendars()).knownThroughYear();
        return year.isPresent() ? year.getAsInt() : null;
    }
}
