package org.jiexu.registry.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.DaysLeft;
import org.jiexu.registry.domain.Stage;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.CaseListStore;
import org.jiexu.registry.postgres.CaseListStore.Filter;
import org.jiexu.registry.postgres.LimitListStore;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 办件 — lists of cases for those who watch over them and for those whose cases they are. */
@RestController
@RequestMapping("/api/v1")
class CasesController {
    private static final Pattern STEP = Pattern.compile("[A-Z_]{1,40}");
    private static final Pattern BEGINNING = Pattern.compile("[0-9A-Z-]{1,24}");
    private static final int ROWS_AT_ONCE = 1000;

    private final CaseIndexStore index;
    private final CaseListStore cases;
    private final LimitListStore limits;
    private final DaysLeft daysLeft;
    private final Directory directory;
    private final BusinessClock clock;

    CasesController(
            CaseIndexStore index,
            CaseListStore cases,
            LimitListStore limits,
            DaysLeft daysLeft,
            Directory directory,
            BusinessClock clock) {
        this.index = index;
        this.cases = cases;
        this.limits = limits;
        this.daysLeft = daysLeft;
        this.directory = directory;
        this.clock = clock;
    }

    /** 案件 as the index shows it: nothing about the person. */
    record CaseView(
            CaseNumber number,
            RegionCode sending,
            RegionCode receiving,
            String fromScheme,
            String toScheme,
            PublicStatus status,
            String statusWords,
            String step,
            String stepWords,
            String state,
            @Nullable RegionCode holder,
            Instant firstAt,
            Instant lastAt,
            List<CodedReason> reasons,
            List<CaseIndexStore.Limit> deadlines) {
        static CaseView of(CaseIndexStore.Case found, List<CaseIndexStore.Limit> limits) {
            return new CaseView(
                    found.number(),
                    found.sending(),
                    found.receiving(),
                    found.fromScheme().code(),
                    found.toScheme().code(),
                    found.status(),
                    found.status().words(),
                    found.step(),
                    Stage.words(found.step()),
                    found.state(),
                    found.holder(),
                    found.firstAt(),
                    found.lastAt(),
                    found.reasons(),
                    limits);
        }
    }

    /** What a list of cases may be narrowed by. */
    record Wanted(
            @Nullable RegionCode region,
            @Nullable RegionCode sending,
            @Nullable RegionCode receiving,
            @Nullable String province,
            @Nullable PublicStatus status,
            @Nullable String step,
            @Nullable String from,
            @Nullable String to,
            @Nullable String q) {
        Filter filter(Caller caller) {
            var visible = Visible.to(caller, region, province);
            return new Filter(
                    visible.region(),
                    sending,
                    receiving,
                    visible.province(),
                    status,
                    inForm("step", step, STEP),
                    day("from", from),
                    day("to", to),
                    inForm("q", q, BEGINNING),
                    null,
                    null);
        }

        private static @Nullable String inForm(String name, @Nullable String text, Pattern form) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            if (!form.matcher(text).matches()) {
                throw Problem.field(name, "INVALID_PARAMETER", "查询条件格式不正确。");
            }
            return text;
        }

        private static @Nullable LocalDate day(String name, @Nullable String text) {
            try {
                return text == null || text.isEmpty() ? null : LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw Problem.field(name, "INVALID_PARAMETER", "日期应写作2026-09-30的形式。");
            }
        }
    }

    /** Operators see the cases that touch their province, national ones and auditors all, clerks those of their region. */
    @GetMapping("/operations/cases")
    Page<CaseView> cases(
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable RegionCode sending,
            @RequestParam(required = false) @Nullable RegionCode receiving,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable PublicStatus status,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q) {
        var wanted = new Wanted(region, sending, receiving, province, status, step, from, to, q);
        return list(wanted.filter(caller), page);
    }

    /** One's own cases: a person's, or those of the persons enrolled under an employer (R1.5, R10.1). */
    @GetMapping(path = "/transfers", params = "mine")
    Page<CaseView> mine(Caller caller, PageRequest page) {
        caller.requireRole(Role.PERSON, Role.APP, Role.EMPLOYER);
        if (caller.person() != null) {
            return list(Filter.ofPerson(caller.person()), page);
        }
        if (caller.uscc() != null) {
            return list(Filter.ofEmployer(caller.uscc()), page);
        }
        throw Problem.notFound();
    }

    private Page<CaseView> list(Filter filter, PageRequest request) {
        var fetched = cases.list(filter, request.after(), request.limitPlusOne());
        var limits = index
                .limits(fetched.stream().map(CaseIndexStore.Case::number).toList())
                .stream()
                .collect(Collectors.groupingBy(CaseIndexStore.Limit::number));
        return Page.of(request, fetched, found -> found.number().value())
                .map(found -> CaseView.of(found, limits.getOrDefault(found.number(), List.of())));
    }

    /** 办理环节, with the side that told it. */
    record StepView(
            String source,
            String side,
            String step,
            String words,
            String state,
            PublicStatus status,
            @Nullable RegionCode holder,
            Instant at) {
        static StepView of(CaseListStore.Step step) {
            return new StepView(
                    step.source(),
                    side(step.source()),
                    step.step(),
                    Stage.words(step.step()),
                    step.state(),
                    step.status(),
                    step.holder(),
                    step.at());
        }

        private static String side(String source) {
            return source.endsWith("/transfer-in")
                    ? "RECEIVING"
                    : source.endsWith("/transfer-out") ? "OLD" : "SETTLEMENT";
        }
    }

    /** 办件详情 as the platform's index knows it. */
    record CaseDetail(
            Instant asOf,
            Instant businessTime,
            @JsonProperty("case") CaseView shown,
            List<StepView> steps,
            List<LimitView> deadlines) {}

    @GetMapping("/operations/cases/{number}")
    CaseDetail detail(Caller caller, @PathVariable String number) {
        var visible = Visible.to(caller, null, null);
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        var found = index.find(new CaseNumber(number)).filter(visible::includes).orElseThrow(Problem::notFound);
        return new CaseDetail(
                InstantSource.system().instant(),
                clock.instant(),
                CaseView.of(found, index.limits(List.of(found.number()))),
                cases.steps(found.number()).stream().map(StepView::of).toList(),
                limits.ofCase(found.number()).stream().map(this::view).toList());
    }

    private LimitView view(LimitListStore.Row row) {
        var region = row.region();
        return LimitView.of(
                row,
                directory.region(region).map(RegionListedV1::name).orElse(region.value()),
                daysLeft.until(region, row.dueOn(), clock.today()));
    }

    /** 办件导出 — the same list whole, with a line that says who took it when; no person is in it. */
    @GetMapping("/operations/cases.csv")
    void export(
            Caller caller,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable RegionCode region,
            @RequestParam(required = false) @Nullable RegionCode sending,
            @RequestParam(required = false) @Nullable RegionCode receiving,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable PublicStatus status,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String q)
            throws IOException {
        var wanted = new Wanted(region, sending, receiving, province, status, step, from, to, q);
        var filter = wanted.filter(caller);
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"cases.csv\"");
        CaseCsv.write(
                response.getWriter(),
                caller.subject(),
                clock.instant(),
                filter,
                after -> cases.list(filter, after, ROWS_AT_ONCE));
    }
}
