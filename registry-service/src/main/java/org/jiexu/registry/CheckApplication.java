package org.jiexu.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Checks;
import org.jiexu.registry.domain.Checks.Facts;
import org.jiexu.registry.domain.Checks.Listing;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
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
    private final DirectoryStore directory;
    private final CaseIndexStore cases;
    private final Clock clock;

    CheckApplication(
            PersonStore persons,
            ReservationStore reservations,
            DirectoryStore directory,
            CaseIndexStore cases,
            Clock clock) {
        this.persons = persons;
        this.reservations = reservations;
        this.directory = directory;
        this.cases = cases;
        this.clock = clock;
    }

    /** What came of the checks. */
    public sealed interface Result {
        record Acceptable(PersonId person, String personName) implements Result {
            @Override
            public String toString() {
                return "Acceptable[" + person + "]";
            }
        }

        record Refused(List<CodedReason> reasons) implements Result {}

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
            return new Result.Refused(Checks.failing(asked, facts(asked, null)));
        }
        var old = new RelationshipKey(person.id(), asked.from(), asked.fromScheme());
        if (isReservedFor(number, old)) {
            return new Result.Acceptable(person.id(), person.name());
        }
        var here = new RelationshipKey(person.id(), asked.to(), asked.toScheme());
        var known = new Checks.Person(
                person.name(),
                applicant != null && person.id().equals(persons.kept(applicant)),
                relationship(old),
                relationship(here));
        var now = clock.instant();
        var open = reservations.holder(old, now).orElse(null);
        var failing = Checks.failing(asked, new Facts(listing(asked.from()), listing(asked.to()), known, open));
        if (!failing.isEmpty()) {
            return new Result.Refused(failing);
        }
        reservations.reserve(number, old, now, now.plus(UNCONFIRMED));
        return new Result.Acceptable(person.id(), person.name());
    }

    /** Whether this number has the relationship already; 409 when the number is about something else. */
    private boolean isReservedFor(CaseNumber number, RelationshipKey old) {
        var followed = cases.find(number);
        if (followed.isPresent()) {
            requireSame(
                    old,
                    new RelationshipKey(
                            persons.kept(followed.get().person()),
                            followed.get().sending(),
                            followed.get().fromScheme()));
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

    private Facts facts(Checks.Application asked, Checks.@Nullable Person person) {
        return new Facts(listing(asked.from()), listing(asked.to()), person, null);
    }

    private Listing listing(RegionCode region) {
        return directory
                .isOnPlatform(region)
                .map(on -> on ? Listing.ON_PLATFORM : Listing.OFF_PLATFORM)
                .orElse(Listing.UNKNOWN);
    }

    private Checks.@Nullable Relationship relationship(RelationshipKey key) {
        return persons.relationship(key)
                .map(found -> new Checks.Relationship(found.status(), found.personType(), isLeftToTransfer(key)))
                .orElse(null);
    }

    /** Months that no transfer has taken; or, where none ever took any, possibly money on the personal account. */
    private boolean isLeftToTransfer(RelationshipKey key) {
        return persons.paid(key).stream().anyMatch(paid -> paid.transferredBy() == null)
                || persons.inherited(key).stream().anyMatch(row -> row.transferredBy() == null)
                || (key.scheme() == Scheme.EMPLOYEE && !persons.hasBeenTransferred(key));
    }

    /** For those who may ask about a person by id. */
    @Transactional(readOnly = true)
    public Person person(PersonId id) {
        return persons.person(id).orElseThrow(Problem::notFound);
    }
}
