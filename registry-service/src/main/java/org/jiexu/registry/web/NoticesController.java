package org.jiexu.registry.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.TakeNotice;
import org.jiexu.registry.domain.NoticeDays;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.NoticeStore;
import org.jiexu.registry.postgres.NoticeStore.Change;
import org.jiexu.registry.postgres.NoticeStore.Notice;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 放假安排通知 — the operators' door: national notices by national operators, a province's by its own (R4.3). */
@RestController
@RequestMapping("/api/v1/operations/calendar/notices")
class NoticesController {
    private static final int LONGEST_NAME = 100;

    private final TakeNotice takeNotice;
    private final NoticeStore notices;
    private final DirectoryStore directory;

    NoticesController(TakeNotice takeNotice, NoticeStore notices, DirectoryStore directory) {
        this.takeNotice = takeNotice;
        this.notices = notices;
        this.directory = directory;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeView(
            String id,
            NoticeStore.State state,
            String region,
            String notice,
            List<Integer> years,
            int changes,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            List<CalendarDayV1> days) {}

    @PostMapping(consumes = {"text/csv", "text/plain"})
    ResponseEntity<NoticeView> prepare(
            Caller caller,
            @RequestParam String notice,
            @RequestParam String region,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) String contentType,
            InputStream body)
            throws IOException {
        caller.requireRole(Role.OPERATOR);
        var prepared = takeNotice.prepare(scope(caller, region), name(notice), contentType, body, caller.subject());
        return ResponseEntity.created(URI.create("/api/v1/operations/calendar/notices/" + prepared.id()))
                .body(view(prepared));
    }

    /** Newest first. */
    @GetMapping
    Page<NoticeView> list(Caller caller, PageRequest page) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        var fetched = notices.list(position(page), page.limitPlusOne());
        return Page.of(page, fetched, notice -> String.valueOf(notice.position()))
                .map(this::view);
    }

    @GetMapping("/{id}")
    NoticeView show(Caller caller, @PathVariable String id) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        return view(notices.find(id).orElseThrow(Problem::notFound));
    }

    /** What it changes, as it stood when the notice was prepared. */
    @GetMapping("/{id}/changes")
    Page<Change> changes(Caller caller, @PathVariable String id, PageRequest page) {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR);
        var notice = notices.find(id).orElseThrow(Problem::notFound);
        var after = page.after() == null
                ? List.of("", "", "")
                : List.of(page.after().split("/", -1));
        if (after.size() != 3) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        var fetched = notices.changes(
                notice.id(),
                String.valueOf(after.get(0)),
                String.valueOf(after.get(1)),
                String.valueOf(after.get(2)),
                page.limitPlusOne());
        return Page.of(page, fetched, change -> change.number() + "/" + change.kind() + "/" + change.region());
    }

    @PostMapping("/{id}/approval")
    NoticeView approve(Caller caller, @PathVariable String id) {
        return view(takeNotice.approve(decidable(caller, id), caller.subject()));
    }

    @PostMapping("/{id}/refusal")
    NoticeView refuse(Caller caller, @PathVariable String id) {
        return view(takeNotice.refuse(decidable(caller, id), caller.subject()));
    }

    private String decidable(Caller caller, String id) {
        caller.requireRole(Role.OPERATOR);
        var notice = notices.find(id).orElseThrow(Problem::notFound);
        scope(caller, notice.region());
        return notice.id();
    }

    /** National days are the nation's; a province's operators decide for the province and its regions. */
    private String scope(Caller caller, String region) {
        if (!region.equals(NoticeDays.NATIONAL)) {
            if (!RegionCode.isWellFormed(region) || !isListed(new RegionCode(region))) {
                throw Problem.field("region", "UNKNOWN_REGION", "没有这个统筹区或省份。");
            }
            if (!caller.mayActFor(new RegionCode(region))) {
                throw new Problem(HttpStatus.FORBIDDEN, "OTHER_REGION", "只能办理本省的业务。");
            }
        } else if (caller.province() != null) {
            throw new Problem(HttpStatus.FORBIDDEN, "NATIONAL_ONLY", "全国的放假安排由国家级运行人员登记。");
        }
        return region;
    }

    private boolean isListed(RegionCode region) {
        return directory.region(region).isPresent()
                || directory.regions("", Integer.MAX_VALUE).stream()
                        .anyMatch(listed -> listed.provinceCode().equals(region.value()));
    }

    private NoticeView view(Notice notice) {
        var days = notices.days(notice.id());
        return new NoticeView(
                notice.id(),
                notice.state(),
                notice.region(),
                notice.notice(),
                days.stream().map(day -> day.date().getYear()).distinct().toList(),
                notice.changes(),
                notice.preparedBy(),
                notice.preparedAt(),
                notice.decidedBy(),
                notice.decidedAt(),
                days);
    }

    private static String name(String notice) {
        var stripped = notice.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw Problem.field("notice", "INVALID_PARAMETER", "请写明通知的文号，不超过100个字。");
        }
        return stripped;
    }

    private static long position(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return Long.MAX_VALUE;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
