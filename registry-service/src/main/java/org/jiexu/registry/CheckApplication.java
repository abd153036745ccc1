package org.jiexu.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.Checks.Verdict;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.registry.postgres.ReservationStore.Reservation;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.PersonName;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 两地核验 — checks both sides and, when nothing fails, reserves the old relationship in the same transaction. */
@Service
public class CheckApplication {
    /** House rule: an application that is never accepted keeps nobody else out for longer. */
    static final Duration UNCONFIRMED = Duration.ofHours(1);

    private final PersonStore persons;
    private final ReservationStore reservations;
    private final CaseIndexStore cases;
    private final GatherFacts facts;
    private final KeepWishes wishes;
    private final Clock clock;

    CheckApplication(
            PersonStore persons,
            ReservationStore reservations,
            CaseIndexStore cases,
            GatherFacts facts,
            KeepWishes wishes,
            Clock clock) {
        this.persons = persons;
        this.reservations = reservations;
        this.cases = cases;
        this.facts = facts;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** What came of the checks. */
    public sealed interface Result {
        record Acceptable(
                PersonId person,
                String personName,
                @Nullable LocalDate notBefore) implements Result {
            @Override
            public String toString() {
                return "Acceptable[" + person + ", " + notBefore + "]";
            }
        }

        /** Nothing is reserved: until then the relationship is whose it was. */
        record Waiting(PersonId person, List<CodedReason> reasons, Map<WishKind, RelationshipKey> wishes)
                implements Result {}

        /** @param person whom to tell of it; none where the name is another one's */
        record Refused(List<CodedReason> reasons, @Nullable PersonId person) implements Result {}

        /** The applicant is not the person whom the number names. */
        record NotYours() implements Result {}
    }

    /**
     * Repeatable with the same number: a reservation that stands is answered as before.
     *
     * @param applicant the person who applies, when a person does
     */
    @Transactional
    public Result check(CaseNumber number, Checks.Application asked, @Nullable PersonId applicant) {
        var person = asked.certificate().isWellFormed()
                ? persons.lock(asked.certificate()).orElse(null)
                : null;
        if (applicant != null
                && asked.certificate().isWellFormed()
                && (person == null || !person.id().equals(persons.kept(applicant)))) {
            return new Result.NotYours();
        }
        if (person == null) {
            return refused(Checks.judge(asked, facts.ofNobody(asked)));
        }
        var old = new RelationshipKey(person.id(), asked.from(), asked.fromScheme());
        if (isReservedFor(number, old)) {
            var notBefore = reservations.of(number).map(Reservation::notBefore).orElse(null);
            return new Result.Acceptable(person.id(), person.name(), notBefore);
        }
        var wished = wishes.of(number);
        return switch (Checks.judge(
                asked, facts.of(asked, person, applicant == null ? null : persons.kept(applicant), wished))) {
            case Verdict.Acceptable(var notBefore) -> {
                var now = clock.instant();
                wishes.settle(wished, List.of());
                reservations.reserve(number, old, now, now.plus(UNCONFIRMED), notBefore);
                yield new Result.Acceptable(person.id(), person.name(), notBefore);
            }
            case Verdict.Waiting(var reasons, var kinds) -> {
                wishes.waitFor(number, person.id(), asked, kinds, wished);
                yield new Result.Waiting(person.id(), reasons, about(kinds, person.id(), asked));
            }
            case Verdict.Refused(var reasons) -> {
                wishes.withdraw(number);
                yield new Result.Refused(reasons, PersonName.same(asked.name(), person.name()) ? person.id() : null);
            }
        };
    }

    private static Result refused(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(var reasons) -> new Result.Refused(reasons, null);
            case Verdict.Acceptable _, Verdict.Waiting _ ->
                throw new IllegalStateException("nobody has a relationship to move");
        };
    }

    private static Map<WishKind, RelationshipKey> about(
            List<WishKind> kinds, PersonId person, Checks.Application asked) {
        var wished = new EnumMap<WishKind, RelationshipKey>(WishKind.class);
        kinds.forEach(kind -> wished.put(kind, KeepWishes.about(kind, person, asked)));
        return wished;
    }

    /** Whether this number has the relationship already; 409 when the number is about something else. */
    private boolean isReservedFor(CaseNumber number, RelationshipKey old) {
        var followed = cases.find(number);
        followed.ifPresent(found -> requireSame(
                old, new RelationshipKey(persons.kept(found.person()), found.sending(), found.fromScheme())));
        if (followed.isPresent() && FollowCases.isAccepted(followed.get().status())) {
            return true;
        }
        var reserved = reservations.of(number);
        reserved.ifPresent(earlier -> requireSame(old, earlier.key()));
        return reserved.isPresent()
                && reserved.get().freedAt() == null
                && (reserved.get().confirmed() || reserved.get().expiresAt().isAfter(clock.instant()));
    }

    private static void requireSame(RelationshipKey asked, RelationshipKey known) {
        if (!asked.equals(known)) {
            throw Problem.conflict("NUMBER_IN_USE", "这一受理编号已用于另一参保关系。");
        }
    }

    /** For those who may ask about a person by id. */
    @Transactional(readOnly = true)
    public Person person(PersonId id) {
        return persons.person(id).orElseThrow(Problem::notFound);
    }
}
