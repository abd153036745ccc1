package org.jiexu.registry;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.postgres.OldRecordStore;
import org.jiexu.registry.postgres.OldRecordStore.OldRecord;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.PersonName;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 省内原参保关系 — what a person has left in the other regions of the province (R6.1, R6.2). Reserves and changes nothing. */
@Service
public class FindOldRecords {
    private final PersonStore persons;
    private final OldRecordStore records;
    private final Clock clock;

    FindOldRecords(PersonStore persons, OldRecordStore records, Clock clock) {
        this.persons = persons;
        this.records = records;
        this.clock = clock;
    }

    /** What was found; {@code here} is how the person stands in the region that asked. */
    public record Found(Person person, @Nullable ParticipationStatus here, List<OldRecord> records) {
        @Override
        public String toString() {
            return "Found[" + person.id() + "]";
        }
    }

    @Transactional(readOnly = true)
    public Found of(PersonId person, RegionCode region) {
        return found(persons.person(person), region);
    }

    /** Whoever does not know the name behind a number learns nothing about its person. */
    @Transactional(readOnly = true)
    public Found of(Certificate certificate, String name, RegionCode region) {
        return found(persons.person(certificate).filter(person -> PersonName.same(person.name(), name)), region);
    }

    private Found found(Optional<Person> asked, RegionCode region) {
        var person = asked.orElseThrow(Problem::notFound);
        var here = persons.relationship(new RelationshipKey(person.id(), region, Scheme.EMPLOYEE))
                .map(Relationship::status)
                .orElse(null);
        return new Found(person, here, records.of(person.id(), region, clock.instant()));
    }
}
