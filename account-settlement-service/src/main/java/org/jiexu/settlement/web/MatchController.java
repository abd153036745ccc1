package org.jiexu.settlement.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.MatchByHand;
import org.jiexu.settlement.postgres.SuspenseStore;
import org.jiexu.settlement.postgres.SuspenseStore.MatchStep;
import org.jiexu.settlement.postgres.SuspenseStore.OpenOrder;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 手工匹配 — cases that wait for the amount of a suspended arrival, and its way into one of them (R3.2). */
@RestController
class MatchController {
    private final ServiceIdentity identity;
    private final SuspenseStore suspense;
    private final MatchByHand matchByHand;

    MatchController(ServiceIdentity identity, SuspenseStore suspense, MatchByHand matchByHand) {
        this.identity = identity;
        this.suspense = suspense;
        this.matchByHand = matchByHand;
    }

    record MatchRequest(@NotNull CaseNumber number, @NotNull PersonId person) {}

    record ApprovalRequest(@NotNull CaseNumber number) {}

    record MatchView(String state, CaseNumber number, PersonId person, String preparedBy, Instant preparedAt) {
        static MatchView of(MatchStep step) {
            return new MatchView(step.state(), step.to(), step.person(), step.preparedBy(), step.preparedAt());
        }
    }

    /** What waits for exactly this amount. Which of them it is, people know from the papers, not the system. */
    @GetMapping("/api/v1/agency/{region}/suspense/{remittance}/candidates")
    Page<OpenOrder> candidates(
            @PathVariable RegionCode region,
            @PathVariable String remittance,
            @RequestParam(required = false) @Nullable RegionCode from,
            PageRequest page,
            Caller caller) {
        if (!identity.hosts(region) || !(caller.is(Role.AUDITOR) || caller.mayActFor(region))) {
            throw Problem.notFound();
        }
        var arrival = matchByHand.inSuspense(region, remittance(remittance), from);
        var after = page.after() == null ? "" : page.after();
        var found = suspense.openOrders(region, arrival.from(), arrival.amount(), after, page.limitPlusOne());
        return Page.of(page, found, order -> order.number().value());
    }

    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/match")
    MatchView prepare(
            @PathVariable RegionCode region,
            @PathVariable String remittance,
            @RequestParam(required = false) @Nullable RegionCode from,
            @Valid @RequestBody MatchRequest body,
            Caller caller) {
        var clerk = staff(region, caller, Role.CLERK);
        var rn = remittance(remittance);
        return MatchView.of(matchByHand.prepare(region, rn, from, body.number(), body.person(), clerk));
    }

    /** Names the case once more: what is approved is what the reviewer has seen. */
    @PostMapping("/api/v1/agency/{region}/suspense/{remittance}/match/approval")
    MatchView approve(
            @PathVariable RegionCode region,
            @PathVariable String remittance,
            @RequestParam(required = false) @Nullable RegionCode from,
            @Valid @RequestBody ApprovalRequest body,
            Caller caller) {
        var reviewer = staff(region, caller, Role.REVIEWER);
        return MatchView.of(matchByHand.approve(region, remittance(remittance), from, body.number(), reviewer));
    }

    private static Caller staff(RegionCode region, Caller caller, Role role) {
        caller.requireRole(role);
        if (!caller.mayActFor(region)) {
            throw Problem.notFound();
        }
        return caller;
    }

    static RemittanceNumber remittance(String text) {
        try {
            return RemittanceNumber.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }
}
