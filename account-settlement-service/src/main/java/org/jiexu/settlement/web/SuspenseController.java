package org.jiexu.settlement.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.MatchLimit;
import org.jiexu.settlement.SendBack;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.postgres.SuspenseStore;
import org.jiexu.settlement.postgres.SuspenseStore.SendBackStep;
import org.jiexu.settlement.postgres.SuspenseStore.SuspenseItem;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 挂账处理 — money that waits in suspense, and its way back. */
@RestController
class SuspenseController {
    private final ServiceIdentity identity;
    private final SuspenseStore suspense;
    private final SendBack sendBack;
    private final MatchLimit matchLimit;
    private final BusinessClock clock;

    SuspenseController(
            ServiceIdentity identity,
            SuspenseStore suspense,
            SendBack sendBack,
            MatchLimit matchLimit,
            BusinessClock clock) {
        this.identity = identity;
        this.suspense = suspense;
        this.sendBack = sendBack;
        this.matchLimit = matchLimit;
        this.clock = clock;
    }

    /**
     * {@code place} is HERE (waits for its sheet, until {@code dueOn}) or SUSPENDED for {@code reason}; {@code mayGoBack}
     * when two persons may send it back.
     */
    record SuspenseView(
            RemittanceNumber remittance,
            CaseNumber number,
            RegionCode from,
            Fen amount,
            String place,
            @Nullable String reason,
            String words,
            Route route,
            Instant arrivedAt,
            long daysHere,
            @Nullable LocalDate dueOn,
            boolean mayGoBack,
            @Nullable SendBackView sendBack,
            MatchController.@Nullable MatchView match) {}

    record SendBackView(String state, String preparedBy, Instant preparedAt) {}

    @GetMapping("/api/v1/agency/{region}/suspense")
    Page<SuspenseView> suspense(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var after = After.of(page.after());
        var fetched = suspense.suspense(region, after.number(), after.n(), after.from(), page.limitPlusOne());
        return Page.of(page, fetched, After::write).map(this::view);
    }

    /** 翻页位置 — a remittance and its sender; the remittance alone stands before all of its senders. */
    private record After(String number, int n, String from) {
        private static final char CUT = '<';

        static After of(@Nullable String text) {
            if (text == null) {
                return new After("", 0, "");
            }
            int cut = text.indexOf(CUT);
            var rn = MatchController.remittance(cut < 0 ? text : text.substring(0, cut));
            return new After(rn.caseNumber().value(), rn.n(), cut < 0 ? "" : text.substring(cut + 1));
        }

        static String write(SuspenseItem item) {
            return item.remittance().toString() + CUT + item.from();
        }
    }

    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/send-back")
    SendBackView prepare(
            @PathVariable RegionCode region,
            @PathVariable String remittance,
            @RequestParam(required = false) @Nullable RegionCode from,
            Caller caller) {
        var rn = MatchController.remittance(remittance);
        sendBack.prepare(region, rn, from, staff(region, caller, Role.CLERK));
        return view(rn, from);
    }

    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/send-back/approval")
    SendBackView approve(
            @PathVariable RegionCode region,
            @PathVariable String remittance,
            @RequestParam(required = false) @Nullable RegionCode from,
            Caller caller) {
        var rn = MatchController.remittance(remittance);
        sendBack.approve(region, rn, from, staff(region, caller, Role.REVIEWER));
        return view(rn, from);
    }

    private SuspenseView view(SuspenseItem item) {
        return new SuspenseView(
                item.remittance(),
                item.remittance().caseNumber(),
                item.from(),
                item.amount(),
                item.place(),
                item.reason().isEmpty() ? null : item.reason(),
                words(item.reason()),
                item.route(),
                item.arrivedAt(),
                ChronoUnit.DAYS.between(LocalDate.ofInstant(item.arrivedAt(), BusinessClock.ZONE), clock.today()),
                waits(item) ? matchLimit.dueOn(item.remittance().caseNumber()).orElse(null) : null,
                mayGoBack(item),
                item.sendBack().map(SuspenseController::view).orElse(null),
                item.match().map(MatchController.MatchView::of).orElse(null));
    }

    private static boolean waits(SuspenseItem item) {
        return item.place().equals("HERE");
    }

    /** What came by the bank may go at any time: its number may be wrong, and no message will say so (R3.7). */
    private static boolean mayGoBack(SuspenseItem item) {
        return !waits(item) || item.route() == Route.BANK;
    }

    /** Why the money lies here, for people. */
    private static String words(String reason) {
        return reason.isEmpty()
                ? "等待信息表入账"
                : switch (SuspenseReason.valueOf(reason)) {
                    case AMOUNT -> "金额与信息表不符";
                    case SECOND -> "该业务款项已入账，重复到账";
                    case NO_SUCH_CASE -> "没有对应的业务";
                    case WRONG_REGION -> "来款统筹区不是该业务的转出地，请退回来款统筹区";
                };
    }

    /** Sent back without two persons, because nothing was due: there is no such step to show. */
    private SendBackView view(RemittanceNumber rn, @Nullable RegionCode from) {
        return sendBack.state(rn, from).map(SuspenseController::view).orElseThrow(Problem::notFound);
    }

    private static SendBackView view(SendBackStep step) {
        return new SendBackView(step.state(), step.preparedBy(), step.preparedAt());
    }

    private static Caller staff(RegionCode region, Caller caller, Role role) {
        caller.requireRole(role);
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
        return caller;
    }
}
