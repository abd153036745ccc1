package org.jiexu.registry;

import java.time.LocalDate;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.domain.ParticipationStatus;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.PersonStore.Termination;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/** 终止参保 — on completion the old relationship ends by itself; its record is ended, never deleted (43号 Art. 13). */
@Component
public class CloseRelationship {
    private final PersonStore persons;
    private final ReservationStore reservations;
    private final KeepHistory history;
    private final KeepLeftBalance leftBalance;
    private final WhoseCase whoseCase;

    CloseRelationship(
            PersonStore persons,
            ReservationStore reservations,
            KeepHistory history,
            KeepLeftBalance leftBalance,
            WhoseCase whoseCase) {
        this.persons = persons;
        this.reservations = reservations;
        this.history = history;
        this.leftBalance = leftBalance;
        this.whoseCase = whoseCase;
    }

    public Answer terminated(Received received, RelationshipTerminatedV1 told) {
        if (!received.source().equals(Source.of(told.region(), ServiceName.TRANSFER_OUT))
                || !told.person().value().equals(received.envelope().subject())) {
            return new Answer.Quarantined("a region ends a relationship that is not its own");
        }
        var person = persons.lock(told.person());
        if (person.isEmpty()) {
            return new Answer.Rejected("nobody has this person id");
        }
        return switch (whoseCase.of(told)) {
            case FITS -> end(received, person.get().id(), told);
            case ANOTHER_CASE -> new Answer.Quarantined("the case is about another relationship");
            case NOT_KNOWN_YET -> new Answer.Rejected("the case is not known yet");
        };
    }

    private Answer end(Received received, PersonId person, RelationshipTerminatedV1 told) {
        var key = new RelationshipKey(person, told.region(), told.scheme());
        var before = persons.relationship(key).orElse(null);
        if (before == null) {
            return new Answer.Rejected("the person does not take part there");
        }
        if (!persons.add(new Termination(told.caseNumber(), key, told.terminatedAt()))) {
            boolean same =
                    persons.termination(told.caseNumber()).orElseThrow().key().equals(key);
            return same ? new Answer.AlreadyDone() : new Answer.Quarantined("the case has ended another relationship");
        }
        var after = new Relationship(
                key,
                ParticipationStatus.TERMINATED,
                before.personType(),
                before.agency(),
                before.employer(),
                LocalDate.ofInstant(told.terminatedAt(), BusinessClock.ZONE));
        persons.keep(after);
        history.changed(before, after, "关系转移接续办结，受理编号 " + told.caseNumber());
        persons.markTransferred(key, told.caseNumber());
        reservations.free(told.caseNumber(), told.terminatedAt());
        if (told.scheme() == Scheme.EMPLOYEE) {
            leftBalance.ended(received, key.person(), told.region(), told.caseNumber(), told.terminatedAt());
        }
        return new Answer.Moved();
    }
}
