package org.jiexu.registry.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.bus.web.Caller;
import org.jiexu.registry.CountCases;
import org.jiexu.registry.postgres.CaseFigureStore.Pair;
import org.jiexu.registry.postgres.DirectoryStore;
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
    private final DirectoryStore directory;
    private final BusinessClock clock;

    OverviewController(CountCases cases, DirectoryStore directory, BusinessClock clock) {
        this.cases = cases;
        this.directory = directory;
        this.clock = clock;
    }

    /** @param knownThroughYear the last year for which the State Council's notice is loaded (R4.3) */
    record CalendarView(@Nullable Integer knownThroughYear) {}

    record Overview(
            Instant asOf,
            Instant businessTime,
            CountCases.Today today,
            long open,
            List<CountCases.OfStatus> byStatus,
            List<CountCases.AtStep> flow,
            CountCases.@Nullable Oldest oldest,
            List<CountCases.Day> throughput,
            List<CountCases.Age> ageing,
            List<Pair> matrix,
            CalendarView calendar) {}

    @GetMapping("/overview")
    Overview overview(
            Caller caller,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province) {
        var scope = Visible.to(caller, region, province).scope();
        var counted = cases.of(scope);
        return new Overview(
                InstantSource.system().instant(),
                clock.instant(),
                counted.today(),
                counted.open(),
                counted.byStatus(),
                counted.flow(),
                counted.oldest(),
                counted.throughput(),
                counted.ageing(),
                counted.matrix(),
                new CalendarView(knownThroughYear()));
    }

    private @Nullable Integer knownThroughYear() {
        OptionalInt year = WorkingCalendar.of(directory.calendars()).knownThroughYear();
        return year.isPresent() ? year.getAsInt() : null;
    }
}
