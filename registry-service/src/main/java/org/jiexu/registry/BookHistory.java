package org.jiexu.registry;

import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Inherited;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.sheet.SheetRules;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/** 缴费年限入账 — the rows of a booked sheet, with their original agency; replaced by case (43号 Art. 12). */
@Component
public class BookHistory {
    private final PersonStore persons;
    private final WhoseCase whoseCase;

    BookHistory(PersonStore persons, WhoseCase whoseCase) {
        this.persons = persons;
        this.whoseCase = whoseCase;
    }

    public Answer booked(Received received, HistoryBookedV1 told) {
        if (!received.source().equals(Source.of(told.region(), ServiceName.TRANSFER_IN))
                || !told.caseNumber().receivingRegion().equals(told.region())
                || !told.person().value().equals(received.envelope().subject())) {
            return new Answer.Quarantined("a region books a history that is not its own");
        }
        if (!SheetRules.canHaveBeenPaid(told.rows())) {
            return new Answer.Quarantined("nobody can have paid the months of these rows");
        }
        var person = persons.lock(told.person());
        if (person.isEmpty()) {
            return new Answer.Rejected("nobody has this person id");
        }
        return switch (whoseCase.of(told)) {
            case FITS -> book(person.get().id(), told);
            case ANOTHER_CASE -> new Answer.Quarantined("the case is another person's, or between other regions");
            case NOT_KNOWN_YET -> new Answer.Rejected("the case is not known yet");
        };
    }

    private Answer book(PersonId person, HistoryBookedV1 told) {
        var key = new RelationshipKey(person, told.region(), told.scheme());
        var origin = told.caseNumber().value();
        var before = persons.inherited(key).stream()
                .filter(row -> row.origin().equals(origin))
                .toList();
        if (!before.isEmpty() && before.stream().map(Inherited::row).toList().equals(told.rows())) {
            return new Answer.AlreadyDone();
        }
        var transferredBy = before.isEmpty() ? null : before.getFirst().transferredBy();
        persons.keepInherited(key, origin, told.rows(), transferredBy);
        return new Answer.Moved();
    }
}
