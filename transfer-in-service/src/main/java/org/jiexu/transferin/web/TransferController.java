package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.Apply;
import org.jiexu.transferin.LastFour;
import org.jiexu.transferin.ShowProgress;
import org.jiexu.transferin.Supplement;
import org.jiexu.transferin.Withdraw;
import org.jiexu.transferin.domain.Application;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Wishes;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 申请与进度 — the door for those who apply. */
@RestController
@RequestMapping("/api/v1")
public class TransferController {
    private static final Pattern LAST_FOUR = Pattern.compile("[0-9A-Za-z]{4}");

    private final Apply apply;
    private final Withdraw withdraw;
    private final Supplement supplement;
    private final ShowProgress showProgress;
    private final LastFour lastFour;
    private final CaseStore cases;
    private final Policies policies;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    public TransferController(
            Apply apply,
            Withdraw withdraw,
            Supplement supplement,
            ShowProgress showProgress,
            LastFour lastFour,
            CaseStore cases,
            Policies policies,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.apply = apply;
        this.withdraw = withdraw;
        this.supplement = supplement;
        this.showProgress = showProgress;
        this.lastFour = lastFour;
        this.cases = cases;
        this.policies = policies;
        this.identity = identity;
        this.clock = clock;
    }

    /** 办理状态 — one of R10.1's words and nothing else; {@code progress} for who knows whose case it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StatusView(
            CaseNumber number, PublicStatus status, String statusWords, ShowProgress.@Nullable View progress) {}

    @Creates
    @PostMapping("/regions/{region}/transfers")
    ResponseEntity<ShowProgress.View> apply(
            @PathVariable String region, @RequestBody ApplicationBody body, Caller caller) {
        caller.requireRole(Role.PERSON, Role.APP, Role.EMPLOYER, Role.CLERK);
        var receiving = hosted(region);
        var read = body.read(receiving, clock.instant(), clock.certificateRules(), Doors.standard(caller, receiving));
        requireMayApply(caller, read);
        var application = leaveAccount(read);
        var papers = body.papers(application.channel());
        var file = apply.apply(application, Visibility.applicant(caller), papers)
                .orElseThrow(() -> new Problem(HttpStatus.FORBIDDEN, "NOT_YOURS", "只能为本人申请，请核对姓名和证件号码。"));
        return told(file);
    }

    /** 201 accepted, 202 not decided yet, 422 refused with every reason. */
    private ResponseEntity<ShowProgress.View> told(CaseFile file) {
        if (file.state() instanceof State.Refused) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "REFUSED", "本次申请不予受理，原因见下。")
                    .with(file.reasons())
                    .with("number", file.number().value());
        }
        var status = file.acceptedAt() == null ? HttpStatus.ACCEPTED : HttpStatus.CREATED;
        return ResponseEntity.status(status)
                .location(URI.create("/api/v1/transfers/" + file.number()))
                .body(showProgress.of(file));
    }

    /** 补正材料. */
    public record SupplementBody(@Nullable List<String> materials) {}

    /** R2.3: by the applicant, or by a clerk of either region. */
    @Creates
    @PostMapping("/transfers/{number}/supplements")
    ResponseEntity<ShowProgress.View> supplement(
            @PathVariable String number, @RequestBody SupplementBody body, Caller caller) {
        var file = visible(number, caller);
        requireActsFor(caller, file);
        var fields = new FieldReader();
        var names = body.materials();
        if (names == null || names.isEmpty()) {
            fields.wrong("materials", "REQUIRED", "此项必须填写。");
            throw fields.problem();
        }
        ShownPapers.check(names, fields);
        if (fields.hasProblems()) {
            throw fields.problem();
        }
        return told(supplement.supplement(file.number(), ShownPapers.read(names)));
    }

    @GetMapping("/transfers/{number}")
    ShowProgress.View show(@PathVariable String number, Caller caller) {
        return showProgress.of(visible(number, caller));
    }

    /** R10.1: by the number alone the status only, and by four wrong characters no more; by the right ones all steps. */
    @GetMapping("/transfers/{number}/status")
    StatusView status(@PathVariable String number, @RequestParam(required = false) @Nullable String last4) {
        if (last4 != null && !LAST_FOUR.matcher(last4).matches()) {
            throw Problem.field("last4", "INVALID_PARAMETER", "请填写证件号码的后四位。");
        }
        var file = found(number);
        var status = State.status(file.state());
        var progress = last4 != null && lastFour.areOf(file, last4) ? showProgress.of(file) : null;
        return new StatusView(file.number(), status, status.words(), progress);
    }

    @PostMapping("/transfers/{number}/withdrawal")
    ResponseEntity<ShowProgress.View> withdraw(@PathVariable String number, Caller caller) {
        var file = visible(number, caller);
        requireActsFor(caller, file);
        withdraw.withdraw(file.number());
        return ResponseEntity.accepted().body(showProgress.of(found(number)));
    }

    private RegionCode hosted(String region) {
        if (!RegionCode.isWellFormed(region) || !identity.hosts(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return new RegionCode(region);
    }

    private static void requireActsFor(Caller caller, CaseFile file) {
        if (!Visibility.mayWithdraw(caller, file)) {
            throw new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", "当前身份无权办理此项业务。");
        }
    }

    /** R2.10: where an employee's account does not move, the old region's rule says whether it is paid out or stays. */
    private Application leaveAccount(Application application) {
        var wishes = application.wishes();
        boolean oldRegionDecides =
                application.toScheme() == Scheme.EMPLOYEE && application.fromScheme() == Scheme.EMPLOYEE;
        return oldRegionDecides && wishes.account() != AccountWish.MOVES
                ? application.wishing(new Wishes(
                        AccountWish.valueOf(policies.text(Policies.ACCOUNT_LEFT, application.from())),
                        wishes.oneStop()))
                : application;
    }

    /** R1.5, R2.1: for oneself, by an employer, or at the window of one of the two regions, each through his own door. */
    private static void requireMayApply(Caller caller, Application application) {
        boolean may = Doors.leads(caller, application);
        if (!may) {
            throw new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", "当前身份无权提出此项申请。");
        }
    }

    private CaseFile visible(String number, Caller caller) {
        var file = found(number);
        if (!Visibility.maySee(caller, file)) {
            throw Problem.notFound();
        }
        return file;
    }

    private CaseFile found(String number) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number)).orElseThrow(Problem::notFound);
    }
}
