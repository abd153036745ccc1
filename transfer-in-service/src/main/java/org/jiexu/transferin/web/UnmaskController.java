package org.jiexu.transferin.web;

import java.time.Instant;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.transferin.Unmask;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Unmasking;
import org.jiexu.transferin.postgres.UnmaskingStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 查看完整信息 — asks for a reason and keeps it; auditors, reviewers and operators read who has looked. */
@RestController
@RequestMapping("/api/v1/agency/{region}")
class UnmaskController {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 200;

    private final Unmask unmask;
    private final UnmaskingStore unmaskings;
    private final ServiceIdentity identity;

    UnmaskController(Unmask unmask, UnmaskingStore unmaskings, ServiceIdentity identity) {
        this.unmask = unmask;
        this.unmaskings = unmaskings;
        this.identity = identity;
    }

    record Wish(@Nullable String reason) {}

    /** 参保人完整信息. */
    record PersonView(
            String name,
            String certificateType,
            String certificateNumber,
            @Nullable String telephone) {
        static PersonView of(CaseFile file) {
            var application = file.application();
            return new PersonView(
                    application.name(),
                    application.certificate().type().code(),
                    application.certificate().number(),
                    application.contact().telephone());
        }

        /** Without the person. */
        @Override
        public String toString() {
            return "PersonView";
        }
    }

    @PostMapping("/transfers-in/{number}/unmask")
    PersonView unmask(
            Caller caller, @PathVariable RegionCode region, @PathVariable String number, @RequestBody Wish wish) {
        caller.requireRole(Role.CLERK, Role.REVIEWER, Role.OPERATOR);
        if (!identity.hosts(region) || !caller.mayActFor(region) || !CaseNumber.isValid(number)) {
            throw Problem.notFound();
        }
        var reason = wish.reason() == null ? "" : wish.reason().strip();
        if (reason.codePointCount(0, reason.length()) < SHORTEST || reason.length() > LONGEST) {
            throw Problem.field("reason", "REASON_REQUIRED", "请写明查看完整信息的事由，5至200字。");
        }
        return unmask.look(region, new CaseNumber(number), caller, reason)
                .map(PersonView::of)
                .orElseThrow(Problem::notFound);
    }

    /** 查看记录. */
    record UnmaskingView(CaseNumber number, String subject, String role, String reason, Instant at, Instant seenAt) {
        static UnmaskingView of(Unmasking look) {
            return new UnmaskingView(
                    look.number(), look.subject(), look.role(), look.reason(), look.at(), look.seenAt());
        }
    }

    @GetMapping("/unmaskings")
    Page<UnmaskingView> unmaskings(Caller caller, @PathVariable RegionCode region, PageRequest page) {
        caller.requireRole(Role.AUDITOR, Role.REVIEWER, Role.OPERATOR);
        if (!identity.hosts(region) || (!caller.is(Role.AUDITOR) && !caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var fetched = unmaskings.of(region, before(page), page.limitPlusOne());
        return Page.of(page, fetched, look -> String.valueOf(look.position())).map(UnmaskingView::of);
    }

    private static long before(PageRequest page) {
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
