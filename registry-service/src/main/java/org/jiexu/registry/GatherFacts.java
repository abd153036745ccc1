package org.jiexu.registry;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.CheckPolicies;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.Checks.Application;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Insured;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.domain.CoverageYear;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.domain.WishState;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.FactStore;
import org.jiexu.registry.postgres.InsuredStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.PolicyStore;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.registry.postgres.WishStore;
import org.jiexu.registry.postgres.WishStore.Wish;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 核验依据 — what the registry knows about an application, as the rulebook wants to see it. */
@Component
class GatherFacts {
    private final PersonStore persons;
    private final InsuredStore insured;
    private final ReservationStore reservations;
    private final DirectoryStore directory;
    private final PolicyStore policies;
    private final FactStore facts;
    private final WishStore wishes;
    private final BusinessClock clock;

    GatherFacts(
            PersonStore persons,
            InsuredStore insured,
            ReservationStore reservations,
            DirectoryStore directory,
            PolicyStore policies,
            FactStore facts,
            WishStore wishes,
            BusinessClock clock) {
        this.persons = persons;
        this.insured = insured;
        this.reservations = reservations;
        this.directory = directory;
        this.policies = policies;
        this.facts = facts;
        this.wishes = wishes;
        this.clock = clock;
    }

    Facts ofNobody(Application asked) {
        return new Facts(
                clock.today(),
                listing(asked.from()),
                listing(asked.to()),
                null,
                null,
                CheckPolicies.InForce.NONE,
                Map.of());
    }

    /** The person is locked. */
    Facts of(CaseNumber number, Application asked, Person person, @Nullable PersonId applicant) {
        var old = new RelationshipKey(person.id(), asked.from(), asked.fromScheme());
        var here = new RelationshipKey(person.id(), asked.to(), asked.toScheme());
        return new Facts(
                clock.today(),
                listing(asked.from()),
                listing(asked.to()),
                new Checks.Person(
                        person.name(),
                        person.id().equals(applicant),
                        relationship(old),
                        relationship(here),
                        insuredIn(asked.toScheme(), person.id())),
                reservations.holder(old, clock.instant()).orElse(null),
                new CheckPolicies.InForce(isSameYearAccepted(asked.to()), grounds(asked.from()), grounds(asked.to())),
                refused(number));
    }

    private Listing listing(RegionCode region) {
        return directory
                .isOnPlatform(region)
                .map(on -> on ? Listing.ON_PLATFORM : Listing.OFF_PLATFORM)
                .orElse(Listing.UNKNOWN);
    }

    private List<Insured> insuredIn(Scheme scheme, PersonId person) {
        return insured.regions(person, scheme).stream()
                .map(found -> new Insured(found.region(), found.name()))
                .toList();
    }

    private Checks.@Nullable Relationship relationship(RelationshipKey key) {
        return persons.relationship(key).map(this::relationship).orElse(null);
    }

    private Checks.Relationship relationship(Relationship found) {
        var paid = persons.paid(found.key());
        return new Checks.Relationship(
                found.status(),
                found.personType(),
                isLeftToTransfer(found.key(), paid),
                found.employer(),
                covered(found, paid),
                facts.holding(found.key(), clock.today()));
    }

    /** Months that no transfer has taken; or, where none ever took any, possibly money on the personal account. */
    private boolean isLeftToTransfer(RelationshipKey key, List<PersonStore.Paid> paid) {
        return paid.stream().anyMatch(months -> months.transferredBy() == null)
                || persons.inherited(key).stream().anyMatch(row -> row.transferredBy() == null)
                || (key.scheme() == Scheme.EMPLOYEE && !persons.hasBeenTransferred(key));
    }

    /** The year of the last month paid; or the year from which an enrolment runs that is not paid yet. */
    private static CoverageYear covered(Relationship found, List<PersonStore.Paid> paid) {
        var lastPaid = paid.stream()
                .map(months -> CoverageYear.of(months.period().to()))
                .max(CoverageYear::compareTo)
                .orElse(CoverageYear.NONE);
        var enrolled =
                found.status() == ParticipationStatus.INSURED ? CoverageYear.of(found.since()) : CoverageYear.NONE;
        return enrolled.isAfter(lastPaid) ? enrolled : lastPaid;
    }

    private boolean isSameYearAccepted(RegionCode receiving) {
        return policies.inForce(CheckPolicies.SAME_YEAR, receiving, clock.today())
                .filter(policy -> policy.value().equals("accept"))
                .isPresent();
    }

    private Map<Ground, String> grounds(RegionCode region) {
        return policies.inForceWith(CheckPolicies.GROUND, region, clock.today()).stream()
                .filter(policy -> policy.value().equals("true"))
                .collect(Collectors.toMap(
                        policy -> Ground.valueOf(policy.name().substring(CheckPolicies.GROUND.length())),
                        PolicyDatedV1::basis));
    }

    private Map<WishKind, String> refused(CaseNumber number) {
        return wishes.of(number).stream()
                .filter(wish -> wish.state() == WishState.REFUSED)
                .collect(Collectors.toMap(Wish::kind, wish -> wish.reason() == null ? "" : wish.reason(), (a, b) -> b));
    }
}
