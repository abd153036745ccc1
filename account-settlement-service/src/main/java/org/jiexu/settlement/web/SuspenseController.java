package org.jiexu.settlement.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
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
import org.springframework.web.bind.annotation.RestController;

/** 挂账处理 — money that waits in suspense, and its way back. */
@RestController
class SuspenseController {
    private final ServiceIdentity identity;
    private final SuspenseStore suspense;
    private final SendBack sendBack;
    private final Deadlines deadlines;
    private final BusinessClock clock;

    SuspenseController(
            ServiceIdentity identity,
            SuspenseStore suspense,
            SendBack sendBack,
            Deadlines deadlines,
            BusinessClock clock) {
        this.identity = identity;
        this.suspense = suspense;
        this.sendBack = sendBack;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** {@code place} is HERE (waits for its sheet, until {@code dueOn}) or SUSPENDED for {@code reason}. */
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
            @Nullable SendBackView sendBack,
            MatchController.@Nullable MatchView match) {}

    record SendBackView(String state, String preparedBy, Instant preparedAt) {}

    @GetMapping("/api/v1/agency/{region}/suspense")
    Page<SuspenseView> suspense(@PathVariable RegionCode region, PageRequest page, Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var after = page.after() == null ? null : MatchController.remittance(page.after());
        var fetched = suspense.suspense(
                region,
                after == null ? "" : after.caseNumber().value(),
                after == null ? 0 : after.n(),
                page.limitPlusOne());
        return Page.of(page, fetched, item -> item.remittance().toString()).map(this::view);
    }

    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/send-back")
    SendBackView prepare(@PathVariable RegionCode region, @PathVariable String remittance, Caller caller) {
        var rn = MatchController.remittance(remittance);
        sendBack.prepare(region, rn, staff(region, caller, Role.CLERK));
        return view(rn);
    }

    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/send-back/approval")
    SendBackView approve(@PathVariable RegionCode region, @PathVariable String remittance, Caller caller) {
        var rn = MatchController.remittance(remittance);
        sendBack.approve(region, rn, staff(region, caller, Role.REVIEWER));
        return view(rn);
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
                item.place().equals("HERE") ? dueOn(item.remittance().caseNumber()) : null,
                item.sendBack().map(SuspenseController::view).orElse(null),
                item.match().map(MatchController.MatchView::of).orElse(null));
    }

    /** Why the money lies here, for people. */
    private static String words(String reason) {
        return reason.isEmpty()
                ? "等待信息表入账"
                : switch (SuspenseReason.valueOf(reason)) {
                    case AMOUNT -> "金额与信息表不符";
                    case SECOND -> "该业务款项已入账，重复到账";
                    case NO_SUCH_CASE -> "没有对应的业务";
                };
    }

    private @Nullable LocalDate dueOn(CaseNumber number) {
        return deadlines.of(number.value()).stream()
                .filter(deadline -> deadline.status() == DeadlineView.Status.OPEN)
                .map(DeadlineView::dueOn)
                .findFirst()
                .orElse(null);
    }

    /** Sent back without two persons, because nothing was due: there is no such step to show. */
    private SendBackView view(RemittanceNumber rn) {
        return sendBack.state(rn).map(SuspenseController::view).orElseThrow(Problem::notFound);
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
