package org.jiexu.settlement.web;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Creates;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.settlement.PushLeftOver;
import org.jiexu.settlement.domain.LeftOverState;
import org.jiexu.settlement.postgres.LeftOverStore;
import org.jiexu.settlement.postgres.LeftOverStore.Followed;
import org.jiexu.settlement.postgres.LeftOverStore.Outcome;
import org.jiexu.settlement.postgres.LeftOverStore.Push;
import org.jiexu.settlement.postgres.LeftOverStore.Total;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 历史余额推送 — an old region counts, and then pushes, what earlier moves have left behind (R6.4). */
@RestController
@RequestMapping("/api/v1/agency/{region}/left-over-balances")
class LeftOverController {
    private final PushLeftOver pushLeftOver;
    private final LeftOverStore pushes;
    private final Policies policies;
    private final ServiceIdentity identity;

    LeftOverController(PushLeftOver pushLeftOver, LeftOverStore pushes, Policies policies, ServiceIdentity identity) {
        this.pushLeftOver = pushLeftOver;
        this.pushes = pushes;
        this.policies = policies;
        this.identity = identity;
    }

    /** {@code dryRun}: only counted. It has to be said, because the other cannot be taken back. */
    record Ask(@Nullable Boolean dryRun) {}

    /**
     * 推送进度 — {@code lookedAt} accounts so far; what was found, in all and by receiving region; what has really moved
     * since, and what has become of the rest.
     */
    record PushView(
            UUID id,
            RegionCode region,
            boolean dryRun,
            boolean done,
            long lookedAt,
            long persons,
            Fen amount,
            List<Total> byRegion,
            Fen moved,
            List<OutcomeView> outcomes) {}

    /** 推送结果. */
    record OutcomeView(LeftOverState state, String words, long persons, Fen amount) {}

    /** 推送明细 — what was found, and what of it has moved since. */
    record LineView(PersonId person, RegionCode receiving, Fen amount, Fen moved, LeftOverState state, String words) {}

    @Creates
    @PostMapping
    ResponseEntity<PushView> begin(@PathVariable RegionCode region, @RequestBody Ask body, Caller caller) {
        var here = workplace(region, caller);
        var dryRun = body.dryRun();
        if (dryRun == null) {
            throw Problem.field("dryRun", "REQUIRED", "请说明是试算（true）还是正式推送（false）。");
        }
        if (!policies.flag(Policies.INSTANT_ON_APPLICATION, here)) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "INSTANT_NOT_OFFERED", "该统筹区所在的省份尚未开通省内即时转移。");
        }
        var push = pushLeftOver.begin(here, dryRun, caller.subject(), id -> location(here, id));
        return ResponseEntity.accepted()
                .location(URI.create(location(here, push.id())))
                .body(view(push));
    }

    @GetMapping("/{id}")
    PushView show(@PathVariable RegionCode region, @PathVariable UUID id, Caller caller) {
        return view(found(workplace(region, caller), id));
    }

    @GetMapping("/{id}/persons")
    Page<LineView> persons(@PathVariable RegionCode region, @PathVariable UUID id, PageRequest page, Caller caller) {
        var push = found(workplace(region, caller), id);
        var fetched = pushes.lines(push.id(), position(page), page.limitPlusOne());
        return Page.of(page, fetched, one -> String.valueOf(one.line().account()))
                .map(LeftOverController::view);
    }

    private static LineView view(Followed one) {
        return new LineView(
                one.line().person(),
                one.line().receiving(),
                one.line().amount(),
                one.moved(),
                one.state(),
                one.state().words());
    }

    private PushView view(Push push) {
        var totals = pushes.totals(push.id());
        var outcomes = pushes.outcomes(push.id());
        return new PushView(
                push.id(),
                push.region(),
                push.dryRun(),
                push.done(),
                push.lookedAt(),
                totals.stream().mapToLong(Total::persons).sum(),
                totals.stream().map(Total::amount).reduce(Fen.ZERO, Fen::plus),
                totals,
                outcomes.stream().map(Outcome::moved).reduce(Fen.ZERO, Fen::plus),
                outcomes.stream()
                        .map(one -> new OutcomeView(one.state(), one.state().words(), one.persons(), one.amount()))
                        .toList());
    }

    private Push found(RegionCode here, UUID id) {
        return pushes.find(id).filter(push -> push.region().equals(here)).orElseThrow(Problem::notFound);
    }

    private RegionCode workplace(RegionCode region, Caller caller) {
        caller.requireRole(Role.CLERK, Role.OPERATOR);
        if (!identity.hosts(region) || !caller.mayActFor(region)) {
            throw Problem.notFound();
        }
        return region;
    }

    private static String location(RegionCode region, UUID id) {
        return "/api/v1/agency/" + region + "/left-over-balances/" + id;
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
