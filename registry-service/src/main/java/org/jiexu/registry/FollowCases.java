package org.jiexu.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.inbox.Received;
import org.jiexu.registry.WriteTogether.Progress;
import org.jiexu.registry.postgres.CaseIndexStore;
import org.jiexu.registry.postgres.CaseIndexStore.Shown;
import org.jiexu.registry.postgres.CaseIndexStore.ToldLimit;
import org.jiexu.registry.postgres.CaseIndexStore.ToldStep;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.PersonStore;
import org.jiexu.registry.postgres.PersonStore.Person;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.registry.postgres.ReservationStore;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/** 进度汇总 — keeps the index of all cases, and each case's reservation as long as the case is open. */
@Component
public class FollowCases {
    private final CaseIndexStore cases;
    private final ReservationStore reservations;
    private final PersonStore persons;
    private final TellPeople tellPeople;
    private final WriteTogether together;
    private final KeepWishes wishes;
    private final DirectoryStore directory;
    private final Directory known;
    private final Parking parking;

    FollowCases(
            CaseIndexStore cases,
            ReservationStore reservations,
            PersonStore persons,
            TellPeople tellPeople,
            WriteTogether together,
            KeepWishes wishes,
            DirectoryStore directory,
            Directory known,
            Parking parking) {
        this.cases = cases;
        this.reservations = reservations;
        this.persons = persons;
        this.tellPeople = tellPeople;
        this.together = together;
        this.wishes = wishes;
        this.directory = directory;
        this.known = known;
        this.parking = parking;
    }

    public Answer progressed(Received received, CaseProgressedV1 told) {
        return index(received, told, together.inThisTransaction(this::write, this::offerWhatWaits));
    }

    /** What was said of the person under this case before the case was known. */
    private void offerWhatWaits(CaseProgressedV1 first) {
        parking.offerAgain(first.person().value());
    }

    /** The index alone, at once: nobody is told, nothing is reserved. */
    Answer index(Received received, CaseProgressedV1 told) {
        var steps = new Progress(this::show, _ -> {});
        var answer = index(received, told, steps);
        steps.write();
        return answer;
    }

    private Answer index(Received received, CaseProgressedV1 told, Progress steps) {
        if (!told.number().value().equals(received.envelope().subject()) || !mayTell(received.source(), told)) {
            return new Answer.Quarantined("a region tells of a case that is not its own");
        }
        var person = persons.lock(told.person()).map(Person::id);
        if (person.isEmpty()) {
            return new Answer.Quarantined("nobody has this person id");
        }
        var before = before(told, received.source(), steps);
        if (before.known()
                .filter(known -> isAnotherCase(known, Parties.of(told)))
                .isPresent()) {
            return new Answer.Quarantined("the case is known with another person or other regions");
        }
        if (!before.isEntered() && !cases.addStep(told, received.source())) {
            return new Answer.AlreadyDone();
        }
        if (before.known().isEmpty()) {
            steps.addNew(told);
        }
        steps.add(new ToldStep(
                told, person.get(), received.source(), received.envelope().sequence()));
        return new Answer.Moved();
    }

    /** The case before a step, and whether the look at it has entered the step. */
    private record Before(Optional<Parties> known, boolean isEntered) {}

    private Before before(CaseProgressedV1 told, Source source, Progress steps) {
        var inThisBatch = steps.of(told.number());
        if (inThisBatch.isPresent()) {
            return new Before(inThisBatch.map(Parties::of), false);
        }
        var entered = cases.enterStep(told, source);
        return new Before(entered.known().map(Parties::of), entered.isNew());
    }

    private void write(List<ToldStep> steps) {
        var shown = show(steps);
        tellPeople.tell(steps, shown);
        var last = new LinkedHashMap<CaseNumber, ToldStep>();
        steps.forEach(step -> last.put(step.told().number(), step));
        last.forEach((number, step) ->
                reserveWhileOpen(step, Objects.requireNonNull(shown.get(number)).status()));
    }

    private Map<CaseNumber, Shown> show(List<ToldStep> steps) {
        var shown = cases.show(steps);
        cases.showLimits(steps.stream()
                .flatMap(step -> step.told().deadlines().stream()
                        .map(limit -> new ToldLimit(
                                step.told().number(), limit, step.told().at())))
                .toList());
        return shown;
    }

    /** Before acceptance there is an application, but no case that has reserved anything (R2.7, R2.8). */
    static boolean isAccepted(PublicStatus status) {
        return switch (status) {
            case SUBMITTED, INCOMPLETE, REFUSED -> false;
            case ACCEPTED, IN_PROGRESS, MONEY_IN_TRANSIT, COMPLETED, WITHDRAWN, DECLINED -> true;
        };
    }

    /** The reservation follows the index, not the message: a late step of an ended case reserves nothing. */
    private void reserveWhileOpen(ToldStep step, PublicStatus status) {
        var told = step.told();
        if (!status.isEnd()) {
            if (isAccepted(status)) {
                var key = new RelationshipKey(step.person(), told.sending(), told.fromScheme());
                reservations.confirm(told.number(), key, told.at());
            }
            return;
        }
        wishes.withdraw(told.number());
        if (status != PublicStatus.COMPLETED || hasLeft(told)) {
            reservations.free(told.number(), told.at());
        }
    }

    /**
     * 43号 Art. 13: a completed case keeps the old relationship reserved until that relationship has ended. A region
     * outside the platform ends it in its own books and tells nobody here (R3.7).
     */
    private boolean hasLeft(CaseProgressedV1 told) {
        return persons.termination(told.number()).isPresent()
                || !directory.isOnPlatform(told.sending()).orElse(false);
    }

    public Answer warned(Received received, DeadlineWarnedV1 warned) {
        if (!warned.region().equals(received.source().region())) {
            return new Answer.Quarantined("a region warns of a limit that is not its own");
        }
        if (!CaseNumber.isValid(received.envelope().subject())) {
            return new Answer.Skipped();
        }
        cases.warn(received.caseNumber(), warned);
        return new Answer.AlreadyDone();
    }

    public Answer missed(Received received, DeadlineMissedV1 missed) {
        if (!missed.region().equals(received.source().region())) {
            return new Answer.Quarantined("a region tells of a missed limit that is not its own");
        }
        if (!CaseNumber.isValid(received.envelope().subject())) {
            return new Answer.Skipped();
        }
        cases.miss(received.caseNumber(), missed, isTechnical(missed));
        return new Answer.AlreadyDone();
    }

    /**
     * House rule: a miss is technical when the region had left that step to the system on the last day, or when it waits
     * for money and messages alone; otherwise people were waited for.
     */
    private boolean isTechnical(DeadlineMissedV1 missed) {
        return switch (missed.kind()) {
            case ISSUE -> wasAutomatic(Policies.AUTOMATIC_ISSUE, missed);
            case BOOK -> wasAutomatic(Policies.AUTOMATIC_CONFIRM, missed);
            case CREDIT, MATCH -> true;
            case CORRECT, PROMISE, REVIEW, PAY_UP, PAY_DOWN -> false;
        };
    }

    private boolean wasAutomatic(String policy, DeadlineMissedV1 missed) {
        return Boolean.parseBoolean(
                known.policy(policy, missed.region(), missed.dueOn()).orElse(Policies.standard(policy)));
    }

    /** R4.7: what the province is to look into. */
    public Answer escalated(Received received, DeadlineEscalatedV1 escalated) {
        if (!escalated.region().equals(received.source().region())
                || !escalated.province().equals(escalated.region().province())) {
            return new Answer.Quarantined("a region escalates a limit that is not its own, or to another province");
        }
        if (!CaseNumber.isValid(received.envelope().subject())) {
            return new Answer.Skipped();
        }
        cases.escalate(received.caseNumber(), escalated);
        return new Answer.AlreadyDone();
    }

    /** R4.3: another calendar gives another due day. */
    public Answer revised(Received received, DeadlineRevisedV1 revised) {
        if (!revised.limit().region().equals(received.source().region())) {
            return new Answer.Quarantined("a region revises a limit that is not its own");
        }
        if (!CaseNumber.isValid(received.envelope().subject())) {
            return new Answer.Skipped();
        }
        cases.showLimits(List.of(new ToldLimit(received.caseNumber(), revised.limit(), revised.at())));
        return new Answer.AlreadyDone();
    }

    private static boolean mayTell(Source source, CaseProgressedV1 told) {
        RegionCode side = source.service() == ServiceName.TRANSFER_IN ? told.receiving() : told.sending();
        return side.equals(source.region())
                && told.receiving().equals(told.number().receivingRegion());
    }

    /** Whose case it is, and between whom. */
    private record Parties(
            PersonId person, RegionCode sending, RegionCode receiving, Scheme fromScheme, Scheme toScheme) {
        static Parties of(CaseIndexStore.Case known) {
            return new Parties(
                    known.person(), known.sending(), known.receiving(), known.fromScheme(), known.toScheme());
        }

        static Parties of(CaseProgressedV1 told) {
            return new Parties(told.person(), told.sending(), told.receiving(), told.fromScheme(), told.toScheme());
        }

        Parties of(PersonId other) {
            return new Parties(other, sending, receiving, fromScheme, toScheme);
        }
    }

    /** The index keeps the id that was told; two ids may have become one person since. */
    private boolean isAnotherCase(Parties known, Parties told) {
        return !known.of(told.person()).equals(told) || !isSamePerson(known.person(), told.person());
    }

    private boolean isSamePerson(PersonId one, PersonId other) {
        return one.equals(other) || persons.kept(one).equals(persons.kept(other));
    }
}
