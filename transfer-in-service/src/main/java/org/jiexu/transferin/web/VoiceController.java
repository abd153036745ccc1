package org.jiexu.transferin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.Rate;
import org.jiexu.transferin.Remind;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Rating;
import org.jiexu.transferin.domain.Reminder;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.RatingStore;
import org.jiexu.transferin.postgres.ReminderStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 催办、投诉和评价 — what the parties of a case say about it, and what they are answered (R10.3, R10.4). */
@RestController
@RequestMapping("/api/v1")
public class VoiceController {
    private static final int LONGEST_TEXT = 500;

    private final Remind remind;
    private final Rate rate;
    private final CaseStore cases;
    private final ReminderStore reminders;
    private final RatingStore ratings;
    private final ServiceIdentity identity;

    public VoiceController(
            Remind remind,
            Rate rate,
            CaseStore cases,
            ReminderStore reminders,
            RatingStore ratings,
            ServiceIdentity identity) {
        this.remind = remind;
        this.rate = rate;
        this.cases = cases;
        this.reminders = reminders;
        this.ratings = ratings;
        this.identity = identity;
    }

    /** 催办、投诉. */
    public record ReminderBody(
            @Nullable String kind, @Nullable String text) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "ReminderBody";
        }
    }

    /** 答复. */
    public record AnswerBody(@Nullable String text) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "AnswerBody";
        }
    }

    /** 评价. */
    public record RatingBody(
            @Nullable Integer score, @Nullable String remark) {
        /** Nothing: people write what they like. */
        @Override
        public String toString() {
            return "RatingBody";
        }
    }

    /** 催办、投诉 and its answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReminderView(
            String id,
            CaseNumber number,
            Reminder.Kind kind,
            String text,
            RegionCode region,
            Instant askedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt) {
        static ReminderView of(Reminder reminder) {
            return new ReminderView(
                    reminder.id(),
                    reminder.number(),
                    reminder.kind(),
                    reminder.text(),
                    reminder.region(),
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

    /** 一条评价. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RatingView(
            CaseNumber number, int score, @Nullable String remark, Instant ratedAt) {
        static RatingView of(Rating rating) {
            return new RatingView(rating.number(), rating.score(), rating.remark(), rating.ratedAt());
        }

        /** Without the remark. */
        @Override
        public String toString() {
            return "RatingView[" + number + "]";
        }
    }

    /** 评价汇总 of a region, and a page of the ratings, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RatingsView(
            int count,
            @Nullable BigDecimal average,
            Map<Integer, Integer> byScore,
            List<RatingView> items,
            @Nullable String next) {}

    @Creates
    @PostMapping("/transfers/{number}/reminders")
    ResponseEntity<ReminderView> remind(@PathVariable String number, @RequestBody ReminderBody body, Caller caller) {
        var file = party(number, caller);
        var kind = kind(body.kind());
        var text = text("text", body.text());
        boolean employer = caller.is(Role.EMPLOYER);
        var kept = remind.remind(
                file.number(), kind, text, employer ? null : caller.person(), employer ? caller.uscc() : null);
        return ResponseEntity.created(URI.create("/api/v1/transfers/" + number + "/reminders/" + kept.id()))
                .body(ReminderView.of(kept));
    }

    /** A party sees what it asked itself; the people of both regions see all. */
    @GetMapping("/transfers/{number}/reminders")
    Page<ReminderView> reminders(@PathVariable String number, PageRequest page, Caller caller) {
        var file = visible(number, caller);
        var person = caller.is(Role.PERSON, Role.APP) ? caller.person() : null;
        var uscc = caller.is(Role.EMPLOYER) ? caller.uscc() : null;
        var fetched = reminders.of(file.number(), person, uscc, position(page, 0), page.limitPlusOne());
        return Page.of(page, fetched, reminder -> String.valueOf(reminder.position()))
                .map(ReminderView::of);
    }

    @GetMapping("/transfers/{number}/reminders/{id}")
    ReminderView reminder(@PathVariable String number, @PathVariable String id, Caller caller) {
        var file = visible(number, caller);
        return reminders
                .find(id)
                .filter(found -> found.number().equals(file.number()))
                .filter(found -> switch (caller.role()) {
                    case PERSON, APP ->
                        caller.person() != null && caller.person().equals(found.person());
                    case EMPLOYER -> caller.uscc() != null && caller.uscc().equals(found.uscc());
                    case CLERK, REVIEWER, OPERATOR, AUDITOR -> true;
                    case SERVICE -> false;
                })
                .map(ReminderView::of)
                .orElseThrow(Problem::notFound);
    }

    /** What this region has to answer; with {@code ?all=true} also what it has answered. */
    @GetMapping("/agency/{region}/reminders")
    Page<ReminderView> toAnswer(
            @PathVariable String region,
            @RequestParam(defaultValue = "false") boolean all,
            PageRequest page,
            Caller caller) {
        var here = workplace(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var fetched = reminders.toAnswer(here, all, position(page, 0), page.limitPlusOne());
        return Page.of(page, fetched, reminder -> String.valueOf(reminder.position()))
                .map(ReminderView::of);
    }

    @PostMapping("/agency/{region}/reminders/{id}/answer")
    ReminderView answer(
            @PathVariable String region, @PathVariable String id, @RequestBody AnswerBody body, Caller caller) {
        var here = workplace(region, caller, Role.CLERK);
        return ReminderView.of(remind.answer(here, id, text("text", body.text())));
    }

    @Creates
    @PostMapping("/transfers/{number}/rating")
    ResponseEntity<RatingView> rate(@PathVariable String number, @RequestBody RatingBody body, Caller caller) {
        var file = party(number, caller);
        var score = body.score();
        if (score == null || score < 1 || score > 5) {
            throw Problem.field("score", "INVALID", "评分应为1至5的整数。");
        }
        var remark = body.remark() == null || body.remark().isBlank() ? null : text("remark", body.remark());
        rate.rate(file.number(), score, remark);
        return ResponseEntity.created(URI.create("/api/v1/transfers/" + number + "/rating"))
                .body(rating(file));
    }

    @GetMapping("/transfers/{number}/rating")
    RatingView rating(@PathVariable String number, Caller caller) {
        return rating(visible(number, caller));
    }

    @GetMapping("/agency/{region}/ratings")
    RatingsView ratings(@PathVariable String region, PageRequest page, Caller caller) {
        var here = workplace(region, caller, Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        var fetched = ratings.of(here, position(page, Long.MAX_VALUE), page.limitPlusOne());
        var shown = Page.of(page, fetched, rating -> String.valueOf(rating.position()))
                .map(RatingView::of);
        var summary = ratings.summary(here);
        return new RatingsView(summary.count(), summary.average(), summary.byScore(), shown.items(), shown.next());
    }

    private RatingView rating(CaseFile file) {
        return ratings.find(file.number()).map(RatingView::of).orElseThrow(Problem::notFound);
    }

    private CaseFile visible(String number, Caller caller) {
        if (!CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        return cases.find(new CaseNumber(number))
                .filter(file -> Visibility.maySee(caller, file))
                .orElseThrow(Problem::notFound);
    }

    /** The person, or whoever applied; staff see the case and say nothing for them. */
    private CaseFile party(String number, Caller caller) {
        var file = visible(number, caller);
        if (!Visibility.isParty(caller, file)) {
            throw Problem.forbidden();
        }
        return file;
    }

    private RegionCode workplace(String region, Caller caller, Role... roles) {
        caller.requireRole(roles);
        if (!RegionCode.isWellFormed(region) || !identity.hosts(new RegionCode(region))) {
            throw Problem.notFound();
        }
        caller.requireActingFor(new RegionCode(region));
        return new RegionCode(region);
    }

    private static Reminder.Kind kind(@Nullable String name) {
        for (var kind : Reminder.Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw Problem.field("kind", "INVALID", "请说明是催办（REMINDER）还是投诉（COMPLAINT）。");
    }

    private static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.field(field, "REQUIRED", "此项必须填写。");
        }
        var stripped = text.strip();
        if (stripped.length() > LONGEST_TEXT) {
            throw Problem.field(field, "TOO_LONG", "此项不得超过500个字。");
        }
        return stripped;
    }

    private static long position(PageRequest page, long first) {
        var after = page.after();
        if (after == null) {
            return first;
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return Long.parseLong(after);
    }
}
