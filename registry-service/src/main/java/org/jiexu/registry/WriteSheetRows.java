package org.jiexu.registry;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.domain.PaidMonths;
import org.jiexu.registry.domain.SheetRows;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Inherited;
import org.jiexu.registry.postgres.PersonStore.Paid;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 信息表素材 — head, rows and agency of the sheet that an old region is about to seal (43号 Annex 3). */
@Service
public class WriteSheetRows {
    private final PersonStore persons;
    private final DirectoryStore directory;

    WriteSheetRows(PersonStore persons, DirectoryStore directory) {
        this.persons = persons;
        this.directory = directory;
    }

    /** 信息表素材. */
    public record Material(InfoSheet.Head head, List<SheetRow> rows, DirectoryStore.Agency agency) {}

    /**
     * What the case takes along: until it ends, everything that is there; afterwards what it has taken, whatever was paid
     * since.
     */
    @Transactional
    public Material of(CaseNumber number, RelationshipKey asked) {
        var person = persons.lock(asked.person()).orElseThrow(Problem::notFound);
        var key = new RelationshipKey(person.id(), asked.region(), asked.scheme());
        if (persons.relationship(key).isEmpty()) {
            throw Problem.notFound();
        }
        boolean hasEnded = persons.termination(number).isPresent();
        Predicate<@Nullable String> isOfCase =
                transferredBy -> transferredBy == null ? !hasEnded : transferredBy.equals(number.value());
        var agencies = directory.agencies(key.region());
        var own = PaidMonths.of(persons.paid(key).stream()
                .filter(paid -> isOfCase.test(paid.transferredBy()))
                .map(Paid::period)
                .toList());
        var inherited = persons.inherited(key).stream()
                .filter(row -> isOfCase.test(row.transferredBy()))
                .map(Inherited::row)
                .toList();
        var rows = SheetRows.of(
                key.scheme(),
                own.periods(),
                agencies.stream()
                        .map(DirectoryStore.Agency::shown)
                        .map(agency -> new SheetRows.Agency(agency.name(), agency.code()))
                        .collect(Collectors.toMap(SheetRows.Agency::region, Function.identity())),
                inherited);
        if (!hasEnded) {
            persons.placeOnSheet(key, number);
        }
        return new Material(
                new InfoSheet.Head(person.name(), person.certificate(), person.sex()), rows, agencies.getFirst());
    }
}
