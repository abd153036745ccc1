package org.jiexu.transferout.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.time.PauseReason;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferout.CarryOutWish;
import org.jiexu.transferout.PauseClock;
import org.jiexu.transferout.SendSheet;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.postgres.CaseList;
import org.jiexu.transferout.postgres.LetterStore;
import org.jiexu.transferout.postgres.ReturnedMoneyStore;
import org.jiexu.transferout.postgres.SheetStore;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.transferout.web.CaseView.LetterPaper;
import org.jiexu.transferout.web.CaseView.LetterView;
import org.jiexu.transferout.web.CaseView.SheetView;
import org.jiexu.transferout.web.CaseView.Summary;
import org.jiexu.transferout.web.CaseView.TaskView;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The desk of the old region: its cases, its tasks, and what staff decide. What one may not see is not found. */
@RestController
@RequestMapping("/api/v1/agency/{region}/transfers-out")
class TransfersOutController {
    private final ServiceIdentity identity;
    private final CaseList list;
    private final SheetStore sheets;
    private final TaskStore tasks;
    private final ReturnedMoneyStore returnedMoney;
    private final LetterStore letters;
    private final Deadlines deadlines;
    private final SendSheet sendSheet;
    private final CarryOutWish carryOutWish;
    private final PauseClock pauseClock;

    TransfersOutController(
            ServiceIdentity identity,
            CaseList list,
            SheetStore sheets,
            TaskStore tasks,
            ReturnedMoneyStore returnedMoney,
            LetterStore letters,
            Deadlines deadlines,
            SendSheet sendSheet,
            CarryOutWish carryOutWish,
            PauseClock pauseClock) {
        this.identity = identity;
        this.list = list;
        this.sheets = sheets;
        this.tasks = tasks;
        this.returnedMoney = returnedMoney;
        this.letters = letters;
        this.deadlines = deadlines;
        this.sendSheet = sendSheet;
        this.carryOutWish = carryOutWish;
        this.pauseClock = pauseClock;
    }

    record DeclineRequest(@Nullable List<String> reasons) {}

    /** 暂停. */
    record PauseRequest(@Nullable String reason) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "PauseRequest";
        }
    }

    @GetMapping
    Page<Summary> cases(
            @PathVariable String region, @RequestParam @Nullable String state, PageRequest page, Caller caller) {
        var ours = readable(region, caller);
        var found = list.list(ours, name(state), position(page), page.limitPlusOne());
        return Page.of(page, found, line -> Long.toString(line.position())).map(Summary::of);
    }

    @GetMapping("/tasks")
    Page<TaskView> tasks(@PathVariable String region, PageRequest page, Caller caller) {
        var ours = readable(region, caller);
        var found = tasks.list(ours, position(page), page.limitPlusOne());
        return Page.of(page, found, task -> Long.toString(task.position())).map(TaskView::of);
    }

    @GetMapping("/{number}")
    @Transactional(readOnly = true)
    CaseView one(@PathVariable String region, @PathVariable String number, Caller caller) {
        return view(readable(region, caller), number(number));
    }

    /** Also before the case is known here: a letter may be quicker than its case. */
    @GetMapping("/{number}/contact-letter")
    LetterPaper contactLetter(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = readable(region, caller);
        var wanted = number(number);
        return letters.latest(wanted)
                .filter(found -> found.sending().equals(ours))
                .map(found -> LetterPaper.of(wanted, found))
                .orElseThrow(Problem::notFound);
    }

    @PostMapping("/{number}/issue")
    CaseView issue(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        sendSheet.issue(ours, number(number));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/correction")
    CaseView correct(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        sendSheet.correct(ours, number(number));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/decline")
    CaseView decline(
            @PathVariable String region,
            @PathVariable String number,
            @RequestBody DeclineRequest request,
            Caller caller) {
        var ours = workable(region, caller);
        carryOutWish.decline(ours, number(number), reasons(request));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/hold-retry")
    CaseView retryHold(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        carryOutWish.retryHold(ours, number(number));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/remittance")
    CaseView remitAgain(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        carryOutWish.remitAgain(ours, number(number));
        return view(ours, number(number));
    }

    /** R4.6: something is asked of the applicant. */
    @PostMapping("/{number}/pause")
    CaseView pause(
            @PathVariable String region,
            @PathVariable String number,
            @RequestBody PauseRequest request,
            Caller caller) {
        var ours = workable(region, caller);
        pauseClock.pause(ours, number(number), PauseReason.read(request.reason()));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/resumption")
    CaseView resume(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        pauseClock.resume(ours, number(number));
        return view(ours, number(number));
    }

    @PostMapping("/{number}/resumption-seen")
    CaseView resumptionSeen(@PathVariable String region, @PathVariable String number, Caller caller) {
        var ours = workable(region, caller);
        carryOutWish.resumptionSeen(ours, number(number));
        return view(ours, number(number));
    }

    private CaseView view(RegionCode region, CaseNumber number) {
        var line = list.find(number)
                .filter(found -> found.sending().equals(region))
                .orElseThrow(Problem::notFound);
        return new CaseView(
                Summary.of(line),
                sheets.of(number).stream().map(SheetView::of).toList(),
                deadlines.of(number.value()),
                deadlines.pauses(number.value()),
                tasks.of(number).stream().map(TaskView::of).toList(),
                returnedMoney.of(number),
                letters.latest(number).map(LetterView::of).orElse(null));
    }

    /** Staff of the region, and operators who answer for it. */
    private RegionCode readable(String region, Caller caller) {
        caller.requireRole(Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var ours = hosted(region);
        if (!caller.mayActFor(ours)) {
            throw Problem.notFound();
        }
        return ours;
    }

    private RegionCode workable(String region, Caller caller) {
        caller.requireRole(Role.CLERK, Role.REVIEWER);
        return readable(region, caller);
    }

    private RegionCode hosted(String region) {
        if (!RegionCode.isWellFormed(region) || !identity.hosts(new RegionCode(region))) {
            throw Problem.notFound();
        }
        return new RegionCode(region);
    }

    private static CaseNumber number(String text) {
        if (!CaseNumber.isValid(text)) {
            throw Problem.notFound();
        }
        return new CaseNumber(text);
    }

    private static State.@Nullable Name name(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return Stream.of(State.Name.values())
                .filter(name -> name.name().equals(state))
                .findFirst()
                .orElseThrow(() -> Problem.field("state", "INVALID_PARAMETER", "没有这种业务状态。"));
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

    private static List<CodedReason> reasons(DeclineRequest request) {
        var codes = request.reasons();
        if (codes == null || codes.isEmpty()) {
            throw Problem.field("reasons", "REQUIRED", "请至少选择一个不予办理的原因。");
        }
        var reasons = new ArrayList<CodedReason>();
        for (String code : codes.stream().distinct().toList()) {
            reasons.add(DeclineReasons.ofCode(code)
                    .orElseThrow(() -> Problem.field("reasons", "UNKNOWN_REASON", "没有这种不予办理的原因。")));
        }
        return reasons;
    }
}
