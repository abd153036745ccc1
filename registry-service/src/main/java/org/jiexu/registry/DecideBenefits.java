package org.jiexu.registry;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Accumulation;
import org.jiexu.registry.domain.Benefits;
import org.jiexu.registry.domain.Benefits.Decision;
import org.jiexu.registry.domain.Benefits.Move;
import org.jiexu.registry.domain.PaidMonths;
import org.jiexu.registry.domain.Waiting;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.PolicyStore;
import org.jiexu.registry.postgres.RecordStore;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 待遇衔接 — from when benefits run after a move, worked out from what is paid now (43号 Art. 11). Nothing is kept. */
@Service
public class DecideBenefits {
    private final PersonStore persons;
    private final RecordStore records;
    private final PolicyStore policies;
    private final BusinessClock clock;

    DecideBenefits(PersonStore persons, RecordStore records, PolicyStore policies, BusinessClock clock) {
        this.persons = persons;
        this.records = records;
        this.policies = policies;
        this.clock = clock;
    }

    /** Which move is asked about. */
    public record Moved(
            CaseNumber number, PersonId person, RegionCode sending, Scheme from, RegionCode receiving, Scheme to) {}

    @Transactional(readOnly = true)
    public Decision of(Moved moved) {
        var person =
                persons.person(moved.person()).orElseThrow(Problem::notFound).id();
        var old = new RelationshipKey(person, moved.sending(), moved.from());
        var here = new RelationshipKey(person, moved.receiving(), moved.to());
        if (persons.relationship(old).isEmpty() || persons.relationship(here).isEmpty()) {
            throw Problem.notFound();
        }
        var last = lastPaid(moved.number(), old);
        var months = new TreeSet<YearMonth>();
        persons.paid(here).forEach(paid -> months.addAll(PaidMonths.monthsOf(paid.period())));
        var move = new Move(
                moved.from(),
                moved.to(),
                last,
                months,
                records.paidBack(here),
                last == null ? 0 : Accumulation.monthsInARow(records.rows(person), last));
        // The rule of the month in which the waiting would begin.
        var first = move.firstPaid();
        var on = first == null ? clock.today() : first.atEndOfMonth();
        return Benefits.decide(
                move,
                waiting(moved.receiving(), moved.to(), on),
                Integer.parseInt(inForce(Policies.BENEFITS_BACK_PAYMENT_MONTHS, moved.receiving(), on)
                        .value()),
                clock.today());
    }

    /** Until the old relationship has ended, everything that is there; afterwards what the case has taken along. */
    private @Nullable YearMonth lastPaid(CaseNumber number, RelationshipKey old) {
        boolean hasEnded = persons.termination(number).isPresent();
        Predicate<@Nullable String> isOfCase =
                transferredBy -> transferredBy == null ? !hasEnded : transferredBy.equals(number.value());
        return Stream.concat(
                        persons.paid(old).stream()
                                .filter(paid -> isOfCase.test(paid.transferredBy()))
                                .map(paid -> paid.period().to()),
                        persons.inherited(old).stream()
                                .filter(row -> isOfCase.test(row.transferredBy()))
                                .filter(row -> row.row().scheme() == SheetScheme.of(old.scheme()))
                                .map(row -> row.row().to()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Waiting waiting(RegionCode region, Scheme scheme, LocalDate on) {
        var policy = inForce(
                switch (scheme) {
                    case EMPLOYEE -> Policies.BENEFITS_EMPLOYEE_WAITING;
                    case RESIDENT -> Policies.BENEFITS_RESIDENT_WAITING;
                },
                region,
                on);
        return Waiting.of(policy.value(), policy.basis());
    }

    private PolicyDatedV1 inForce(String name, RegionCode region, LocalDate on) {
        return policies.inForce(name, region, on)
                .orElseGet(() -> new PolicyDatedV1(
                        name, Topics.EVERYBODY, Policies.standard(name), LocalDate.MIN, null, "43号 Art. 11"));
    }
}
