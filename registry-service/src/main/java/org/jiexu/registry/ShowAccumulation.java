package org.jiexu.registry;

import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.Accumulation;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.RecordStore;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 缴费年限查询 — the months of all regions together, seen from one of them (43号 Art. 12, R8.5). */
@Service
public class ShowAccumulation {
    private final PersonStore persons;
    private final RecordStore records;
    private final DirectoryStore directory;

    ShowAccumulation(PersonStore persons, RecordStore records, DirectoryStore directory) {
        this.persons = persons;
        this.records = records;
        this.directory = directory;
    }

    /** For a clerk: of a person who takes part, or took part, in that region; anybody else is not there. */
    @Transactional(readOnly = true)
    public Accumulation forAgency(PersonId asked, RegionCode region) {
        var person = persons.person(asked).orElseThrow(Problem::notFound);
        if (persons.relationships(person.id(), region).isEmpty()) {
            throw Problem.notFound();
        }
        return of(person.id(), region);
    }

    /** For the person. */
    @Transactional(readOnly = true)
    public Accumulation forPerson(PersonId asked, RegionCode region) {
        var person = persons.person(asked).orElseThrow(Problem::notFound);
        if (directory.isOnPlatform(region).isEmpty()) {
            throw Problem.notFound();
        }
        return of(person.id(), region);
    }

    private Accumulation of(PersonId person, RegionCode region) {
        return Accumulation.of(records.rows(person), region.province());
    }
}
