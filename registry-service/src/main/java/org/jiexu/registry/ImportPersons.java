package org.jiexu.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.PaidPeriod;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.domain.PersonType;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.MonthsEntryStore;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 历史数据导入 — persons of one region with their participation and months paid. The same import twice changes nothing. */
@Service
public class ImportPersons {
    /** Where inherited rows came from that no case of this platform has booked. */
    private static final String ORIGIN = "import";

    private final PersonStore persons;
    private final DirectoryStore directory;
    private final AddPerson addPerson;
    private final MonthsEntryStore entries;

    ImportPersons(PersonStore persons, DirectoryStore directory, AddPerson addPerson, MonthsEntryStore entries) {
        this.persons = persons;
        this.directory = directory;
        this.addPerson = addPerson;
        this.entries = entries;
    }

    public record Imported(
            @Nullable PersonId person,
            Certificate certificate,
            String name,
            @Nullable String sex,
            List<ImportedParticipation> participations) {
        @Override
        public String toString() {
            return "Imported[" + certificate + "]";
        }
    }

    public record ImportedParticipation(
            Scheme scheme,
            ParticipationStatus status,
            PersonType personType,
            LocalDate since,
            @Nullable String agency,
            @Nullable String employer,
            List<ImportedPeriod> paid,
            List<SheetRow> inherited) {}

    public record ImportedPeriod(
            java.time.YearMonth from,
            java.time.YearMonth to,
            @Nullable String agency) {}

    /** The persons' ids, in the order given. A participation that is there already keeps its status. */
    @Transactional
    public List<PersonId> load(RegionCode region, List<Imported> batch, Cause cause) {
        var ids = new ArrayList<PersonId>();
        var keys = new LinkedHashSet<RelationshipKey>();
        for (Imported imported : batch) {
            var person =
                    addPerson.findOrAdd(imported.person(), imported.certificate(), imported.name(), imported.sex());
            imported.participations().forEach(one -> {
                var key = new RelationshipKey(person.id(), region, one.scheme());
                load(key, one);
                if (!one.paid().isEmpty() || !one.inherited().isEmpty()) {
                    keys.add(key);
                }
            });
            ids.add(person.id());
        }
        entries.record(keys, cause);
        return ids;
    }

    private void load(RelationshipKey key, ImportedParticipation one) {
        var agency = agency(key.region(), one.agency());
        persons.add(new Relationship(key, one.status(), one.personType(), agency, one.employer(), one.since()));
        var periods = one.paid().stream()
                .map(period -> new PaidPeriod(
                        period.from(),
                        period.to(),
                        period.agency() == null ? agency : agency(key.region(), period.agency())))
                .toList();
        ChangeParticipation.record(persons, key, periods);
        boolean isNew =
                persons.inherited(key).stream().noneMatch(row -> row.origin().equals(ORIGIN));
        if (isNew && !one.inherited().isEmpty()) {
            persons.keepInherited(key, ORIGIN, one.inherited(), null);
        }
    }

    private String agency(RegionCode region, @Nullable String code) {
        return directory
                .agencyCode(region, code)
                .orElseThrow(() -> Problem.field("agency", "UNKNOWN_AGENCY", "本统筹区没有这一经办机构。"));
    }
}
