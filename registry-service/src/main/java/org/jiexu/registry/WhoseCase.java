package org.jiexu.registry;

import java.util.Optional;
import java.util.function.Predicate;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.springframework.stereotype.Component;

/**
 * 案件归属 — whether what a region says of a person's record fits the case that it names: the relationship that the case has
 * reserved here, and the persons and regions with which it stands in the index.
 */
@Component
class WhoseCase {
    private final CaseIndexStore cases;
    private final ReservationStore reservations;
    private final PersonStore persons;

    enum Fit {
        FITS,
        /** The case is another person's, or between other regions or schemes. */
        ANOTHER_CASE,
        /** Neither reserved nor told of yet: topics keep no order among each other. */
        NOT_KNOWN_YET
    }

    WhoseCase(CaseIndexStore cases, ReservationStore reservations, PersonStore persons) {
        this.cases = cases;
        this.reservations = reservations;
        this.persons = persons;
    }

    Fit of(HistoryBookedV1 told) {
        var reserved = reservations
                .of(told.caseNumber())
                .map(reservation -> isSame(reservation.key().person(), told.person()));
        var indexed = cases.find(told.caseNumber())
                .map(known -> isSame(known.person(), told.person())
                        && known.receiving().equals(told.region())
                        && known.toScheme() == told.scheme());
        return fit(reserved, indexed);
    }

    Fit of(RelationshipTerminatedV1 told) {
        var key = new RelationshipKey(persons.kept(told.person()), told.region(), told.scheme());
        var reserved = reservations.of(told.caseNumber()).map(reservation -> isSame(reservation.key(), key));
        var indexed = cases.find(told.caseNumber())
                .map(known -> isSame(new RelationshipKey(known.person(), known.sending(), known.fromScheme()), key));
        return fit(reserved, indexed);
    }

    private static Fit fit(Optional<Boolean> reserved, Optional<Boolean> indexed) {
        if (reserved.isEmpty() && indexed.isEmpty()) {
            return Fit.NOT_KNOWN_YET;
        }
        return reserved.filter(Predicate.isEqual(false)).isPresent()
                        || indexed.filter(Predicate.isEqual(false)).isPresent()
                ? Fit.ANOTHER_CASE
                : Fit.FITS;
    }

    private boolean isSame(RelationshipKey one, RelationshipKey other) {
        return isSame(one.person(), other.person())
                && one.region().equals(other.region())
                && one.scheme() == other.scheme();
    }

    /** Two ids may have become one person since. */
    private boolean isSame(PersonId one, PersonId other) {
        return one.equals(other) || persons.kept(one).equals(persons.kept(other));
    }
}
