package org.jiexu.registry;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.CheckPolicies;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Insured;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.domain.WishState;
import org.jiexu.registry.postgres.CheckedStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.InsuredStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.PolicyStore;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.registry.postgres.WishStore.Wish;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 核验依据 — what the registry knows about an application, as the rulebook wants to see it. */
@Component
class GatherFacts {
    private final CheckedStore checked;
    private final InsuredStore insured;
    private final ReservationStore reservations;
    private final DirectoryStore directory;
    private final PolicyStore policies;
    private final BusinessClock clock;

    GatherFacts(
            CheckedStore checked,
            InsuredStore insured,
            ReservationStore reservations,
            DirectoryStore directory,
            PolicyStore policies,
            BusinessClock clock) {
        this.checked = checked;
        this.insured = insured;
        this.reservations = reservations;
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
    }

    Facts ofNobody(Application asked) {
        var listings = listings(asked);
        return new Facts(
                clock.today(),
                listings.apply(asked.from()),
                listings.apply(asked.to()),
                null,
                null,
                CheckPolicies.InForce.NONE,
                Map.of());
    }

    /** The person is locked; {@code wished} is what the application has wished before. */
    Facts of(Application asked, Person person, @Nullable PersonId applicant, List<Wish> wished) {
        var old = new RelationshipKey(person.id(), asked.from(), asked.fromScheme());
        var here = new RelationshipKey(person.id(), asked.to(), asked.toScheme());
        var regions = List.of(asked.from(), asked.to());
        var relationships = checked.relationships(person.id(), regions, clock.today());
        var policiesOf =
                policies.inForceWith(List.of(CheckPolicies.SAME_YEAR, CheckPolicies.GROUND), regions, clock.today());
        var listings = listings(asked);
        return new Facts(
                clock.today(),
                listings.apply(asked.from()),
                listings.apply(asked.to()),
                new Checks.Person(
                        person.name(),
                        person.id().equals(applicant),
                        relationships.get(old),
                        relationships.get(here),
                        insuredIn(asked.toScheme(), person.id())),
                reservations.holder(old, clock.instant()).orElse(null),
                new CheckPolicies.InForce(
                        isSameYearAccepted(of(asked.to(), policiesOf)),
                        grounds(of(asked.from(), policiesOf)),
                        grounds(of(asked.to(), policiesOf))),
                refused(wished));
    }

    private static List<PolicyDatedV1> of(RegionCode region, Map<RegionCode, List<PolicyDatedV1>> policies) {
        return policies.getOrDefault(region, List.of());
    }

    private Function<RegionCode, Listing> listings(Application asked) {
        var onPlatform = directory.areOnPlatform(List.of(asked.from(), asked.to()));
        return region -> {
            var on = onPlatform.get(region);
            return on == null ? Listing.UNKNOWN : on ? Listing.ON_PLATFORM : Listing.OFF_PLATFORM;
        };
    }

    private List<Insured> insuredIn(Scheme scheme, PersonId person) {
        return insured.regions(person, scheme).stream()
                .map(found -> new Insured(found.region(), found.name()))
                .toList();
    }

    private static boolean isSameYearAccepted(List<PolicyDatedV1> inForce) {
        return inForce.stream()
                .anyMatch(policy -> policy.name().equals(CheckPolicies.SAME_YEAR)
                        && policy.value().equals("accept"));
    }

    private static Map<Ground, String> grounds(List<PolicyDatedV1> inForce) {
        return inForce.stream()
                .filter(policy -> policy.name().startsWith(CheckPolicies.GROUND))
                .filter(policy -> policy.value().equals("true"))
                .collect(Collectors.toMap(
                        policy -> Ground.valueOf(policy.name().substring(CheckPolicies.GROUND.length())),
                        PolicyDatedV1::basis));
    }

    private static Map<WishKind, String> refused(List<Wish> wished) {
        return wished.stream()
                .filter(wish -> wish.state() == WishState.REFUSED)
                .collect(Collectors.toMap(Wish::kind, wish -> wish.reason() == null ? "" : wish.reason(), (a, b) -> b));
    }
}
