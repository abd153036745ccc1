package org.jiexu.transferin.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.PostPaper;
import org.jiexu.transferin.ShowProgress;
import org.jiexu.transferin.TakePaper;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.RegisteredPaper;
import org.jiexu.transferin.domain.RegisteredPaper.Kind;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetLimits;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** 纸质材料 — the desk for old regions outside the platform: what came by post, and what has been posted (R3.7). */
@RestController
@RequestMapping("/api/v1/agency/{region}/transfers-in/{number}")
public class PaperController {
    private static final Pattern SM3 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern POSTAL_NUMBER = Pattern.compile("[0-9A-Za-z-]{6,30}");
    private static final int MOST_REASONS = 20;
    private static final int LONGEST_REASON = 200;

    private final TakePaper takePaper;
    private final PostPaper postPaper;
    private final ShowProgress showProgress;
    private final CaseStore cases;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public PaperController(
            TakePaper takePaper,
            PostPaper postPaper,
            ShowProgress showProgress,
            CaseStore cases,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.takePaper = takePaper;
        this.postPaper = postPaper;
        this.showProgress = showProgress;
        this.cases = cases;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * 纸质信息表.
     *
     * @param paper its name on paper: INFO_SHEET, PAYMENT_CERTIFICATE or CHANGE_FORM
     * @param asOnPaper the clerk has compared it with the paper: what is wrong with it stands there
     */
    public record SheetBody(
            Kind paper,
            String scanDigest,
            String postalNumber,
            LocalDate receivedOn,
            InfoSheet.Head head,
            List<SheetRow> rows,
            InfoSheet.Foot foot,
            @Nullable Boolean asOnPaper) {
        /** Without the person. */
        @Override
        public String toString() {
            return "SheetBody[" + paper + "]";
        }
    }

    /** 书面不予办理; {@code moneySent}: the old region says that it has sent money. */
    public record RefusalBody(
            String scanDigest,
            String postalNumber,
            LocalDate receivedOn,
            List<String> reasons,
            @Nullable Boolean moneySent) {}

    /** 书面撤回. */
    public record WithdrawalBody(String scanDigest, String postalNumber, LocalDate receivedOn) {}

    /** 寄送. */
    public record PostingBody(Work paper, String postalNumber) {}

    @Creates
    @PostMapping("/paper-sheets")
    @ResponseStatus(HttpStatus.CREATED)
    ShowProgress.View sheet(
            @PathVariable String region, @PathVariable String number, @RequestBody SheetBody body, Caller caller) {
        var file = file(region, number, caller);
        var fields = new FieldReader();
        switch (body.paper()) {
            case INFO_SHEET, PAYMENT_CERTIFICATE, CHANGE_FORM -> {}
            case REFUSAL, WITHDRAWAL -> fields.wrong("paper", "INVALID", "这不是信息表。");
        }
        if (body.rows().size() > SheetLimits.ROWS || body.rows().stream().anyMatch(Objects::isNull)) {
            fields.wrong("rows", "INVALID", "参保记录应为0至200行，没有空行。");
        } else if (!SheetLimits.fit(body.rows())) {
            fields.wrong(
                    "rows",
                    "TOO_LONG",
                    "机构名称不超过%d字，备注不超过%d字，行政区划代码为六位。".formatted(SheetLimits.AGENCY_NAME, SheetLimits.REMARK));
        }
        if (!SheetLimits.fit(body.head())) {
            fields.wrong("head", "TOO_LONG", "姓名不超过%d字，证件号码不超过30位。".formatted(SheetLimits.NAME));
        }
        if (!SheetLimits.fit(body.foot())) {
            fields.wrong(
                    "foot",
                    "TOO_LONG",
                    "经办人不超过%d字，联系电话不超过%d位，机构名称不超过%d字。"
                            .formatted(SheetLimits.CLERK, SheetLimits.TELEPHONE, SheetLimits.AGENCY_NAME));
        }
        if (body.foot().amount().compareTo(Fen.ZERO) < 0) {
            fields.wrong("foot.amount", "INVALID", "金额不能小于零。");
        }
        var paper = paper(fields, body.paper(), body.scanDigest(), body.postalNumber(), body.receivedOn(), caller);
        var typed = new TakePaper.Typed(body.head(), body.rows(), body.foot());
        return showProgress.of(takePaper.sheet(file.number(), paper, typed, Boolean.TRUE.equals(body.asOnPaper())));
    }

    @Creates
    @PostMapping("/paper-refusals")
    @ResponseStatus(HttpStatus.CREATED)
    ShowProgress.View refusal(
            @PathVariable String region, @PathVariable String number, @RequestBody RefusalBody body, Caller caller) {
        var file = file(region, number, caller);
        var fields = new FieldReader();
        boolean readable = !body.reasons().isEmpty()
                && body.reasons().size() <= MOST_REASONS
                && body.reasons().stream()
                        .allMatch(reason -> reason != null && !reason.isBlank() && reason.length() <= LONGEST_REASON);
        if (!readable) {
            fields.wrong("reasons", "INVALID", "请逐条填写书面答复所载原因，不超过20条，每条不超过200字。");
        }
        var paper = paper(fields, Kind.REFUSAL, body.scanDigest(), body.postalNumber(), body.receivedOn(), caller);
        var reasons = body.reasons().stream()
                .map(reason -> new CodedReason("REFUSED_ON_PAPER", reason, "请与转出地经办机构联系，问题解决后可重新申请"))
                .toList();
        return showProgress.of(takePaper.refusal(file.number(), paper, reasons, Boolean.TRUE.equals(body.moneySent())));
    }

    @Creates
    @PostMapping("/paper-withdrawals")
    @ResponseStatus(HttpStatus.CREATED)
    ShowProgress.View withdrawal(
            @PathVariable String region, @PathVariable String number, @RequestBody WithdrawalBody body, Caller caller) {
        var file = file(region, number, caller);
        var paper = paper(
                new FieldReader(), Kind.WITHDRAWAL, body.scanDigest(), body.postalNumber(), body.receivedOn(), caller);
        return showProgress.of(takePaper.withdrawal(file.number(), paper));
    }

    /** A task of the kind POST_… is done: the paper has been handed to the post. */
    @PostMapping("/postings")
    ShowProgress.View posted(
            @PathVariable String region, @PathVariable String number, @RequestBody PostingBody body, Caller caller) {
        var file = file(region, number, caller);
        if (!POSTAL_NUMBER.matcher(body.postalNumber()).matches()) {
            throw Problem.field("postalNumber", "INVALID", "邮件号码格式不正确。");
        }
        postPaper.posted(file.number(), body.paper(), body.postalNumber());
        return showProgress.of(cases.find(file.number()).orElseThrow());
    }

    private RegisteredPaper paper(
            FieldReader fields, Kind kind, String digest, String postalNumber, LocalDate receivedOn, Caller caller) {
        if (!SM3.matcher(digest).matches()) {
            fields.wrong("scanDigest", "INVALID", "请填写扫描件的SM3摘要，64位十六进制小写。");
        }
        if (!POSTAL_NUMBER.matcher(postalNumber).matches()) {
            fields.wrong("postalNumber", "INVALID", "邮件号码格式不正确。");
        }
        if (receivedOn.isAfter(clock.today())) {
            fields.wrong("receivedOn", "IN_THE_FUTURE", "收件日期不能晚于今天。");
        } else if (receivedOn.isBefore(clock.today().minusYears(1))) {
            fields.wrong("receivedOn", "TOO_LONG_AGO", "收件日期过早。");
        }
        if (fields.hasProblems()) {
            throw fields.problem();
        }
        return new RegisteredPaper(kind, 0, digest, postalNumber, receivedOn, caller.subject(), clock.instant());
    }

    private CaseFile file(String region, String number, Caller caller) {
        caller.requireRole(Role.CLERK);
        // What one may not see answers as what does not exist.
        if (!RegionCode.isWellFormed(region)
                || !CaseNumber.isValid(number)
                || !identity.hosts(new RegionCode(region))
                || !caller.mayActFor(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> file.receiving().equals(new RegionCode(region)))
                .orElseThrow(Problem::notFound);
    }
}
