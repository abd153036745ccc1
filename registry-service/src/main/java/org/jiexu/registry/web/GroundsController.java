package org.jiexu.registry.web;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Page;
import org.jiexu.bus.web.PageRequest;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.CheckPolicies;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.PolicyStore;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** 不予受理理由目录 — the rulebook for everybody who is logged in, so that an APP can explain a refusal before it happens. */
@RestController
@RequestMapping("/api/v1/refusal-grounds")
class GroundsController {
    /** R1.7: since 43号 is in force. */
    private static final LocalDate ALWAYS = LocalDate.of(2021, 12, 1);

    private final DirectoryStore directory;
    private final PolicyStore policies;
    private final BusinessClock clock;

    GroundsController(DirectoryStore directory, PolicyStore policies, BusinessClock clock) {
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
    }

    /** Whether always on, or switched by a region's policy. */
    enum Standing {
        ALWAYS,
        POLICY
    }

    /** @param inRegion how the region that was asked about has it */
    record GroundView(
            String code,
            String message,
            String remedy,
            String basis,
            Ground.Side side,
            String sideWords,
            boolean mendable,
            @Nullable WishKind mendedBy,
            Standing standing,
            @Nullable InRegion inRegion) {}

    /**
     * @param from since when it has been so; null where no policy says anything
     * @param coming what has been dated for later
     */
    record InRegion(
            boolean on, @Nullable LocalDate from, @Nullable String basis, List<Coming> coming) {}

    record Coming(boolean on, LocalDate from, String basis) {}

    @GetMapping
    Page<GroundView> grounds(PageRequest page, @RequestParam(required = false) @Nullable RegionCode region) {
        if (region != null && directory.isOnPlatform(region).isEmpty()) {
            throw Problem.notFound();
        }
        var fetched = Stream.of(Ground.values())
                .skip(position(page.after()))
                .limit(page.limitPlusOne())
                .toList();
        return Page.of(page, fetched, Ground::code).map(ground -> view(ground, region));
    }

    private static int position(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        return Ground.ofCode(after)
                .map(ground -> List.of(Ground.values()).indexOf(ground) + 1)
                .orElseThrow(() -> Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。"));
    }

    private GroundView view(Ground ground, @Nullable RegionCode region) {
        return new GroundView(
                ground.code(),
                ground.message(),
                ground.remedy(),
                ground.basis(),
                ground.side(),
                ground.side().words(),
                ground.isMendable(),
                ground.mendedBy(),
                ground.isSwitched() ? Standing.POLICY : Standing.ALWAYS,
                region == null ? null : inRegion(ground, region));
    }

    private InRegion inRegion(Ground ground, RegionCode region) {
        if (ground == Ground.COVERAGE_YEAR) {
            return asDated(CheckPolicies.SAME_YEAR, "refuse", true, region);
        }
        return ground.isSwitched()
                ? asDated(CheckPolicies.GROUND + ground.code(), "true", false, region)
                : new InRegion(true, ALWAYS, ground.basis(), List.of());
    }

    private InRegion asDated(String name, String onWhen, boolean unlessSaid, RegionCode region) {
        var today = clock.today();
        var coming = policies.coming(name, region, today).stream()
                .map(policy -> new Coming(policy.value().equals(onWhen), policy.validFrom(), policy.basis()))
                .toList();
        return policies.inForce(name, region, today)
                .map(policy -> inForce(policy, onWhen, coming))
                .orElse(new InRegion(unlessSaid, null, null, coming));
    }

    private static InRegion inForce(PolicyDatedV1 policy, String onWhen, List<Coming> coming) {
        return new InRegion(policy.value().equals(onWhen), policy.validFrom(), policy.basis(), coming);
    }
}
