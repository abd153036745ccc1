package org.jiexu.transferout.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferout.AnswerReminders;
import org.jiexu.transferout.postgres.ReminderStore;
import org.jiexu.transferout.postgres.ReminderStore.Reminder;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 催办、投诉 at the old region's desk (R10.4). What one may not see is not found. */
@RestController
@RequestMapping("/api/v1/agency/{region}/transfers-out")
class RemindersController {
    private static final int LONGEST_TEXT = 500;

    private final ServiceIdentity identity;
    private final ReminderStore reminders;
    private final AnswerReminders answerReminders;

    RemindersController(ServiceIdentity identity, ReminderStore reminders, AnswerReminders answerReminders) {
        this.identity = identity;
        this.reminders = reminders;
        this.answerReminders = answerReminders;
    }

    /** 答复. */
    record AnswerRequest(@Nullable String text) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "AnswerRequest";
        }
    }

    /** 催办、投诉 and its answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReminderView(
            String id,
            CaseNumber number,
            String kind,
            String text,
            Instant askedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {
        static ReminderView of(Reminder reminder) {
            return new ReminderView(
                    reminder.id(),
                    reminder.number(),
                    reminder.complaint() ? "COMPLAINT" : "REMINDER",
                    reminder.text(),
                    reminder.askedAt(),
                    reminder.answer(),
                    reminder.answeredAt());
        }

        /** Without the texts. */
        @Override
        public String toString() {
            return "ReminderView[" + id + "]";
        }
    }

    /** What waits for an answer; with {@code ?all=true} also what was answered. */
    @GetMapping("/reminders")
    Page<ReminderView> reminders(
            @PathVariable String region,
            @RequestParam(defaultValue = "false") boolean all,
            PageRequest page,
            Caller caller) {
        return list(ours(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR), null, all, page);
    }

    @GetMapping("/{number}/reminders")
    Page<ReminderView> ofCase(
            @PathVariable String region, @PathVariable String number, PageRequest page, Caller caller) {
        return list(ours(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR), number(number), true, page);
    }

    @PostMapping("/{number}/reminders/{id}/answer")
    ReminderView answer(
            @PathVariable String region,
            @PathVariable String number,
            @PathVariable String id,
            @RequestBody AnswerRequest request,
            Caller caller) {
        var ours = ours(region, caller, Role.CLERK);
        return ReminderView.of(answerReminders.answer(ours, number(number), id, text(request.text())));
    }

    private Page<ReminderView> list(RegionCode ours, @Nullable CaseNumber number, boolean all, PageRequest page) {
        var fetched = reminders.list(ours, number, all, position(page), page.limitPlusOne());
        return Page.of(page, fetched, reminder -> Long.toString(reminder.position()))
                .map(ReminderView::of);
    }

    private RegionCode ours(String region, Caller caller, Role... roles) {
        caller.requireRole(roles);
        if (!RegionCode.isWellFormed(region)
                || !identity.hosts(new RegionCode(region))
                || !caller.mayActFor(new RegionCode(region))) {
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

    private static String text(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.field("text", "REQUIRED", "请填写答复。");
        }
        var stripped = text.strip();
        if (stripped.length() > LONGEST_TEXT) {
            throw Problem.field("text", "TOO_LONG", "答复不得超过500个字。");
        }
        return stripped;
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
