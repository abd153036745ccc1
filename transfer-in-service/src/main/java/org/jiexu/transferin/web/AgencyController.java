package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.ConfirmSheet;
import org.jiexu.transferin.ShowProgress;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.OpenTask;
import org.jiexu.transferin.domain.Paper;
import org.jiexu.transferin.domain.Proof;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.RegisteredPaper;
import org.jiexu.transferin.domain.ReturnReason;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.PaperStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 经办 — the door for the receiving region's own people. */
@RestController
@RequestMapping("/api/v1/agency/{region}")
public class AgencyController {
    private final ConfirmSheet confirmSheet;
    private final ShowProgress showProgress;
    private final CaseStore cases;
    private final SheetStore sheets;
    private final PaperStore papers;
    private final ProgressStore progress;
    private final ServiceIdentity identity;

    public AgencyController(
            ConfirmSheet confirmSheet,
            ShowProgress showProgress,
            CaseStore cases,
            SheetStore sheets,
            PaperStore papers,
            ProgressStore progress,
            ServiceIdentity identity) {
        this.confirmSheet = confirmSheet;
        this.showProgress = showProgress;
        this.cases = cases;
        this.sheets = sheets;
        this.papers = papers;
        this.progress = progress;
        this.identity = identity;
    }

    /** 待办. */
    public record TaskView(String id, CaseNumber number, Work kind, Instant openedAt) {}

    /** 案卷摘要. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CaseLine(
            CaseNumber number,
            PublicStatus status,
            String statusWords,
            String state,
            RegionCode sending,
            @Nullable RegionCode holder,
            @Nullable Instant acceptedAt) {}

    /** 案卷 — how the person was identified (R2.11), what was shown at the window, progress, every sheet, and what the rules find in the one that waits. */
    public record CaseView(
            String name,
            String certificate,
            Proof proof,
            Set<Paper> materials,
            ShowProgress.View progress,
            List<SheetView> sheets,
            List<RegisteredPaper> papers,
            List<CodedReason> faults) {
        /** Without the person. */
        @Override
        public String toString() {
            return "CaseView[" + progress.number() + "]";
        }
    }

    /** 信息表 as a clerk sees it; the certificate is masked. */
    public record SheetView(
            int version,
            Instant issuedAt,
            String name,
            String certificate,
            Fen amount,
            String amountInCapitals,
            int months,
            List<SheetRow> rows,
            String agency,
            String clerk,
            String telephone,
            String digest,
            String sealKeyId) {
        static SheetView of(ReceivedSheet received) {
            var sheet = received.sealed().read();
            return new SheetView(
                    received.version(),
                    received.issuedAt(),
                    sheet.head().name(),
                    sheet.head().certificate().masked(),
                    sheet.foot().amount(),
                    sheet.foot().amountInCapitals(),
                    sheet.months(),
                    sheet.rows(),
                    sheet.foot().agency(),
                    sheet.foot().clerk(),
                    sheet.foot().telephone(),
                    received.sealed().digest(),
                    received.sealed().keyId());
        }

        /** Without the person. */
        @Override
        public String toString() {
            return "SheetView[" + version + ", " + digest + "]";
        }
    }

    /** 核对. */
    public record Confirmation(@Nullable Integer version) {}

    /** 退回. */
    public record SheetReturn(
            @Nullable Integer version,
            @Nullable List<String> reasons,
            @JsonProperty("final") @Nullable Boolean isFinal) {}

    @GetMapping("/tasks")
    Page<TaskView> tasks(
            @PathVariable String region,
            @RequestParam(required = false) @Nullable String kind,
            PageRequest page,
            Caller caller) {
        var here = workplace(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var fetched = progress.tasks(here, work(kind), position(page), page.limitPlusOne());
        return Page.of(page, fetched, task -> String.valueOf(task.position())).map(AgencyController::view);
    }

    @GetMapping("/transfers-in")
    Page<CaseLine> cases(
            @PathVariable String region,
            @RequestParam(required = false) @Nullable String state,
            PageRequest page,
            Caller caller) {
        var here = workplace(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var fetched = cases.ofRegion(here, state, page.after(), page.limitPlusOne());
        return Page.of(page, fetched, file -> file.number().value()).map(AgencyController::line);
    }

    @GetMapping("/transfers-in/{number}")
    CaseView show(@PathVariable String region, @PathVariable String number, Caller caller) {
        return view(file(workplace(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR), number));
    }

    @PostMapping("/transfers-in/{number}/confirmation")
    ShowProgress.View confirm(
            @PathVariable String region,
            @PathVariable String number,
            @RequestBody(required = false) @Nullable Confirmation body,
            Caller caller) {
        var file = file(workplace(region, caller, Role.CLERK), number);
        confirmSheet.confirm(file.number(), body == null ? null : body.version(), caller.subject());
        return showProgress.of(file(file.receiving(), number));
    }

    @PostMapping("/transfers-in/{number}/return")
    ShowProgress.View sendBack(
            @PathVariable String region, @PathVariable String number, @RequestBody SheetReturn body, Caller caller) {
        var file = file(workplace(region, caller, Role.CLERK), number);
        var reasons = body.reasons() == null ? List.<String>of() : body.reasons();
        confirmSheet.sendBack(
                file.number(),
                body.version(),
                reasons.stream().distinct().map(AgencyController::reason).toList(),
                Boolean.TRUE.equals(body.isFinal()));
        return showProgress.of(file(file.receiving(), number));
    }

    private RegionCode workplace(String region, Caller caller, Role... roles) {
        caller.requireRole(roles);
        // What one may not see answers as what does not exist.
        if (!RegionCode.isWellFormed(region)
                || !identity.hosts(new RegionCode(region))
                || !caller.mayActFor(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return new RegionCode(region);
    }

    private CaseFile file(RegionCode here, String number) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> file.receiving().equals(here))
                .orElseThrow(Problem::notFound);
    }

    private CaseView view(CaseFile file) {
        return new CaseView(
                file.application().name(),
                file.application().certificate().masked(),
                file.application().proof(),
                new TreeSet<>(file.papers()),
                showProgress.of(file),
                sheets.of(file.number()).stream().map(SheetView::of).toList(),
                papers.of(file.number()),
                confirmSheet.faults(file));
    }

    private static TaskView view(OpenTask task) {
        return new TaskView(String.valueOf(task.position()), task.number(), task.kind(), task.openedAt());
    }

    private static CaseLine line(CaseFile file) {
        var status = State.status(file.state());
        return new CaseLine(
                file.number(),
                status,
                status.words(),
                CaseStore.name(file.state()),
                file.sending(),
                file.holder(),
                file.acceptedAt());
    }

    private static CodedReason reason(String code) {
        for (var reason : ReturnReason.values()) {
            if (reason.name().equals(code)) {
                return reason.told();
            }
        }
        throw Problem.field("reasons", "UNKNOWN_REASON", "没有这个退回原因。");
    }

    private static @Nullable Work work(@Nullable String kind) {
        if (kind == null) {
            return null;
        }
        for (var work : Work.values()) {
            if (work.name().equals(kind)) {
                return work;
            }
        }
        throw Problem.field("kind", "INVALID_PARAMETER", "没有这种待办。");
    }

    private static long position(PageRequest page) {
        var after = page.after();
        if (after == null) {
            return 0;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
