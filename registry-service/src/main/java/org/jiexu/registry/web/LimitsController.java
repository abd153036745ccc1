package org.jiexu.registry.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.DaysLeft;
import org.jiexu.registry.domain.LimitWords;
import org.jiexu.registry.domain.Stage;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.registry.postgres.LimitFigureStore.Cell;
import org.jiexu.registry.postgres.LimitFigureStore.OnTime;
import org.jiexu.registry.postgres.LimitListStore;
import org.jiexu.registry.postgres.LimitListStore.Filter;
import org.jiexu.registry.postgres.LimitListStore.Position;
import org.jiexu.registry.postgres.LimitListStore.Row;
import org.jiexu.registry.postgres.LimitListStore.State;
import org.jiexu.registry.postgres.Nearness;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 时限 — the heat map, and the lists behind each of its cells (R4); by the region whose duty a limit is. */
@RestController
@RequestMapping("/api/v1/operations/deadlines")
class LimitsController {
    private static final Pattern STAGE = Pattern.compile("[A-Z_]{1,40}");
    private static final Pattern DAYS_LEFT = Pattern.compile("-1|[0-9]|10");
    private static final Pattern POSITION = Pattern.compile("[0-9A-Z_~-]{1,100}");
    private static final String LATER = "LATER";

    private final LimitFigureStore figures;
    private final LimitListStore limits;
    private final DaysLeft daysLeft;
    private final Directory directory;
    private final BusinessClock clock;

    LimitsController(
            LimitFigureStore figures,
            LimitListStore limits,
            DaysLeft daysLeft,
            Directory directory,
            BusinessClock clock) {
        this.figures = figures;
        this.limits = limits;
        this.daysLeft = daysLeft;
        this.directory = directory;
        this.clock = clock;
    }

    /** 热力图的一格. */
    record CellView(
            RegionCode region,
            String regionName,
            String province,
            DeadlineKind kind,
            String kindWords,
            String stage,
            String stageWords,
            @Nullable Integer daysLeft,
            long count) {}

    record Summary(Instant asOf, Instant businessTime, LocalDate today, List<CellView> cells) {}

    @GetMapping("/summary")
    Summary summary(
            Caller caller,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable DeadlineKind kind) {
        var place = Visible.to(caller, region, province).place();
        var nearness = daysLeft.today();
        return new Summary(
                InstantSource.system().instant(),
                clock.instant(),
                nearness.today(),
                figures.cells(place, kind, nearness).stream().map(this::view).toList());
    }

    private CellView view(Cell cell) {
        return new CellView(
                cell.region(),
                name(cell.region()),
                cell.region().province(),
                cell.kind(),
                LimitWords.of(cell.kind()),
                cell.stage(),
                Stage.words(cell.stage()),
                cell.daysLeft(),
                cell.count());
    }

    private String name(RegionCode region) {
        return directory.region(region).map(RegionListedV1::name).orElse(region.value());
    }

    @GetMapping
    Page<LimitView> list(
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable DeadlineKind kind,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(name = "daysLeft", required = false) @Nullable String left,
            @RequestParam(required = false, defaultValue = "OPEN") State state) {
        if (stage != null && !STAGE.matcher(stage).matches()) {
            throw Problem.field("stage", "INVALID_PARAMETER", "查询条件格式不正确。");
        }
        var place = Visible.to(caller, region, province).place();
        return page(new Filter(place, kind, stage, number(left), state), page);
    }

    @GetMapping("/at-risk")
    Page<LimitView> atRisk(
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable DeadlineKind kind) {
        var place = Visible.to(caller, region, province).place();
        return page(new Filter(place, kind, null, null, State.AT_RISK), page);
    }

    @GetMapping("/missed")
    Page<LimitView> missed(
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable DeadlineKind kind) {
        var place = Visible.to(caller, region, province).place();
        return page(new Filter(place, kind, null, null, State.MISSED), page);
    }

    private Page<LimitView> page(Filter filter, PageRequest request) {
        var nearness = daysLeft.today();
        var fetched = limits.list(filter, nearness, position(request.after()), request.limitPlusOne());
        return Page.of(request, fetched, LimitsController::position).map(row -> view(row, nearness.today()));
    }

    private LimitView view(Row row, LocalDate today) {
        return LimitView.of(row, name(row.region()), daysLeft.until(row.region(), row.dueOn(), today));
    }

    private static @Nullable Integer number(@Nullable String daysLeft) {
        if (daysLeft == null) {
            return null;
        }
        if (daysLeft.equals(LATER)) {
            return Nearness.LATER;
        }
        if (!DAYS_LEFT.matcher(daysLeft).matches()) {
            throw Problem.field("daysLeft", "INVALID_PARAMETER", "剩余工作日应为-1至10之间的整数，或LATER。");
        }
        return Integer.valueOf(daysLeft);
    }

    private static String position(Row last) {
        return String.join(
                "~",
                last.dueOn().toString(),
                last.number().value(),
                last.kind().name(),
                last.region().value());
    }

    private static @Nullable Position position(@Nullable String after) {
        if (after == null) {
            return null;
        }
        var parts = after.split("~", -1);
        try {
            if (parts.length == 4 && POSITION.matcher(after).matches()) {
                return new Position(LocalDate.parse(parts[0]), parts[1], parts[2], parts[3]);
            }
        } catch (DateTimeException e) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
    }

    /** @param rate null where nothing was due */
    record OnTimeView(
            RegionCode region,
            String regionName,
            DeadlineKind kind,
            String kindWords,
            long met,
            long missedTechnical,
            long missedHuman,
            @Nullable Double rate) {}

    record OnTimeTable(Instant asOf, Instant businessTime, Quarter quarter, List<OnTimeView> rows) {}

    /** 按时办结率 of a quarter, the current one unless said; by the quarter in which the last day lay. */
    @GetMapping("/on-time")
    OnTimeTable onTime(
            Caller caller,
            @RequestParam(required = false) @Nullable String quarter,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable String province) {
        var place = Visible.to(caller, region, province).place();
        var wanted = quarter == null ? Quarter.of(clock.instant()) : quarter(quarter);
        return new OnTimeTable(
                InstantSource.system().instant(),
                clock.instant(),
                wanted,
                figures.onTime(place, wanted).stream().map(this::view).toList());
    }

    private OnTimeView view(OnTime counted) {
        return new OnTimeView(
                counted.region(),
                name(counted.region()),
                counted.kind(),
                LimitWords.of(counted.kind()),
                counted.met(),
                counted.missedTechnical(),
                counted.missedHuman(),
                rate(counted.met(), counted.missedTechnical() + counted.missedHuman()));
    }

    static @Nullable Double rate(long met, long missed) {
        return met + missed == 0 ? null : Math.round(1000.0 * met / (met + missed)) / 1000.0;
    }

    private static Quarter quarter(String text) {
        try {
            return Quarter.parse(text.replace("-", ""));
        } catch (IllegalArgumentException e) {
            throw Problem.field("quarter", "INVALID_PARAMETER", "季度应写作2026Q4的形式。");
        }
    }
}
