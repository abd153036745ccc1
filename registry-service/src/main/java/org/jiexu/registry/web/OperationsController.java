package org.jiexu.registry.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.ExplainedDay;
import org.jiexu.bus.time.Term;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.wire.contract.AgencyV1;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The directory for everybody who is logged in. */
@RestController
@RequestMapping("/api/v1")
class OperationsController {
    private static final String NATIONAL = "*";
    private static final int MOST_WORKING_DAYS = 500;

    private final DirectoryStore directory;
    private final Directory calendar;

    OperationsController(DirectoryStore directory, Directory calendar) {
        this.directory = directory;
        this.calendar = calendar;
    }

    /** 统筹区 — without the addresses of its services. */
    record RegionView(
            RegionCode code,
            String name,
            String provinceCode,
            String provinceName,
            String kind,
            boolean onPlatform,
            List<AgencyV1> agencies) {
        static RegionView of(RegionListedV1 region) {
            return new RegionView(
                    region.code(),
                    region.name(),
                    region.provinceCode(),
                    region.provinceName(),
                    region.kind(),
                    region.onPlatform(),
                    region.agencies());
        }
    }

    @GetMapping("/operations/regions")
    Page<RegionView> regions(PageRequest page) {
        var fetched = directory.regions(page.after() == null ? "" : page.after(), page.limitPlusOne());
        return Page.of(page, fetched, region -> region.code().value()).map(RegionView::of);
    }

    @GetMapping("/operations/regions/{code}")
    RegionView region(@PathVariable RegionCode code) {
        return directory.region(code).map(RegionView::of).orElseThrow(Problem::notFound);
    }

    /** 工作日历 of a year; {@code provisional} while the State Council's notice is not known (R4.3). */
    record CalendarView(
            int year, boolean provisional, @Nullable String notice, int knownThroughYear, List<CalendarDayV1> days) {}

    @GetMapping("/operations/calendar")
    CalendarView calendar(@RequestParam int year, @RequestParam(defaultValue = NATIONAL) String region) {
        if (!region.equals(NATIONAL)) {
            return ownDays(year, region);
        }
        var national = directory.calendars().stream()
                .filter(known -> known.region().equals(NATIONAL))
                .toList();
        int knownThrough =
                national.stream().mapToInt(CalendarPublishedV1::year).max().orElse(0);
        return national.stream()
                .filter(known -> known.year() == year)
                .map(known -> new CalendarView(year, false, known.notice(), knownThrough, known.days()))
                .findFirst()
                .orElse(new CalendarView(year, true, null, knownThrough, List.of()));
    }

    /** What a region or province has added to the national days; whether the year is published is the nation's matter. */
    private CalendarView ownDays(int year, String region) {
        var national = calendar(year, NATIONAL);
        return directory.calendars().stream()
                .filter(known -> known.region().equals(region) && known.year() == year)
                .map(known -> new CalendarView(
                        year, national.provisional(), known.notice(), national.knownThroughYear(), known.days()))
                .findFirst()
                .orElse(new CalendarView(year, national.provisional(), null, national.knownThroughYear(), List.of()));
    }

    /** 期限说明 — each day between start and due date, and why it counts or not (R4.8). */
    record DeadlineView(
            RegionCode region,
            LocalDate startedOn,
            int workingDays,
            LocalDate dueOn,
            boolean provisional,
            List<ExplainedDay> days,
            List<String> explanation) {}

    @GetMapping("/operations/deadline")
    DeadlineView deadline(@RequestParam String start, @RequestParam int workingDays, @RequestParam RegionCode region) {
        if (workingDays < 1 || workingDays > MOST_WORKING_DAYS) {
            throw Problem.field("workingDays", "INVALID_PARAMETER", "工作日数应为1至500之间的整数。");
        }
        var days = calendar.workingDays(region);
        Term term = days.term(startedOn(start), workingDays);
        return new DeadlineView(
                region,
                term.startedOn(),
                workingDays,
                term.dueOn(),
                term.provisional(),
                term.days(),
                term.explanation());
    }

    /** A date, or a moment with its zone. */
    private static LocalDate startedOn(String start) {
        try {
            return start.length() > 10
                    ? LocalDate.ofInstant(Instant.parse(start), BusinessClock.ZONE)
                    : LocalDate.parse(start);
        } catch (DateTimeException e) {
            throw Problem.field("start", "INVALID_PARAMETER", "起算时间应为日期或带时区的时刻。");
        }
    }
}
