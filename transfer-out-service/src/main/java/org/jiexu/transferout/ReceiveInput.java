package org.jiexu.transferout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.EventHandler;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.inbox.Subscription;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferout.MoveCase.Cause;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.OutgoingCase.Relationship;
import org.jiexu.transferout.domain.Terms;
import org.jiexu.transferout.domain.TransferOut;
import org.jiexu.transferout.kafka.Wire;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.postgres.ReturnedMoneyStore;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.contract.TransferSupplementedV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.stereotype.Component;

/** One message = one decision, inside the bus's transaction. */
@Component
class ReceiveInput implements EventHandler {
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.TRANSFER_ACCEPTED,
            EventType.CONTACT_LETTER_ISSUED,
            EventType.TRANSFER_COMPLETED,
            EventType.WITHDRAWAL_REQUESTED,
            EventType.HELD,
            EventType.HOLD_REFUSED,
            EventType.INFO_SHEET_RETURNED,
            EventType.PAID_OUT,
            EventType.RETURNED,
            EventType.TRANSFER_REMINDED,
            EventType.TRANSFER_SUPPLEMENTED,
            EventType.PARTICIPATION_RESUMED);

    private final ServiceIdentity identity;
    private final CaseStore cases;
    private final TaskStore tasks;
    private final ReturnedMoneyStore returnedMoney;
    private final KeepLetter keepLetter;
    private final MoveCase moveCase;
    private final Parking parking;
    private final Directory directory;
    private final Policies policies;
    private final BusinessClock clock;
    private final AnswerReminders answerReminders;
    private final PauseClock pauseClock;

    ReceiveInput(
            ServiceIdentity identity,
            CaseStore cases,
            TaskStore tasks,
            ReturnedMoneyStore returnedMoney,
            KeepLetter keepLetter,
            MoveCase moveCase,
            Parking parking,
            Directory directory,
            Policies policies,
            BusinessClock clock,
            AnswerReminders answerReminders,
            PauseClock pauseClock) {
        this.identity = identity;
        this.cases = cases;
        this.tasks = tasks;
        this.returnedMoney = returnedMoney;
        this.keepLetter = keepLetter;
        this.moveCase = moveCase;
        this.parking = parking;
        this.directory = directory;
        this.policies = policies;
        this.clock = clock;
        this.answerReminders = answerReminders;
        this.pauseClock = pauseClock;
    }

    @Override
    public Subscription subscription() {
        var topics = new ArrayList<String>();
        for (RegionCode region : identity.regions()) {
            topics.addAll(List.of(Topics.transfer(region), Topics.balance(region), Topics.participation(region)));
        }
        return Subscription.of(topics);
    }

    @Override
    public boolean hears(EventType type) {
        return HEARD.contains(type);
    }

    @Override
    public Answer handle(Received received) {
        var region = received.topicRegion();
        if (region == null) {
            return Answer.skipped();
        }
        return switch (received.type().family()) {
            case PARTICIPATION ->
                received.data() instanceof ParticipationResumedV1 data
                        ? resumed(received, data, region)
                        : Answer.skipped();
            case TRANSFER, BALANCE -> aboutCase(received, region);
            case PROGRESS, DEADLINE, CLEARING, DIRECTORY, QUARANTINE -> Answer.skipped();
        };
    }

    private Answer aboutCase(Received received, RegionCode region) {
        if (received.data() instanceof TransferRemindedV1 said) {
            return Wire.isForOldRegion(received, region) ? reminded(received, said, region) : Answer.skipped();
        }
        if (received.data() instanceof TransferSupplementedV1 said) {
            return Wire.isForOldRegion(received, region) ? supplemented(received, said, region) : Answer.skipped();
        }
        if (!Wire.isForOldRegion(received, region) || !Wire.isInput(received)) {
            return Answer.skipped();
        }
        var contradiction = Wire.contradiction(received, region).or(() -> acrossProvinces(received));
        if (contradiction.isPresent()) {
            return Answer.quarantined(contradiction.get());
        }
        var known = cases.lock(received.caseNumber());
        if (known.isPresent() && !known.get().sending().equals(region)) {
            return Answer.quarantined("CONTRADICTION: the case leaves another region");
        }
        var current = known.orElseGet(() -> OutgoingCase.unknown(received.caseNumber(), region));
        return switch (received.data()) {
            case TransferAcceptedV1 data -> accepted(received, current, data);
            case TransferCompletedV1 data -> completed(received, current, data);
            case ReturnedV1 data -> returned(received, current, data);
            case ContactLetterIssuedV1 data -> keepLetter.keep(received, region, data);
            default -> decide(received, current, Wire.input(received).orElseThrow());
        };
    }

    /** R10.4: no state changes on it. */
    private Answer reminded(Received received, TransferRemindedV1 said, RegionCode region) {
        return besideTheTable(received, region, known -> answerReminders.reminded(received, known, said));
    }

    /** R4.6: nor on this. */
    private Answer supplemented(Received received, TransferSupplementedV1 said, RegionCode region) {
        return besideTheTable(received, region, known -> pauseClock.supplemented(known, said, received.id()));
    }

    private Answer besideTheTable(Received received, RegionCode region, Function<OutgoingCase, Answer> act) {
        var contradiction = Wire.contradiction(received, region);
        if (contradiction.isPresent()) {
            return Answer.quarantined(contradiction.get());
        }
        var known = cases.lock(received.caseNumber());
        if (known.isEmpty()) {
            return Answer.rejected("no such case");
        }
        return known.get().sending().equals(region)
                ? act.apply(known.get())
                : Answer.quarantined("CONTRADICTION: the case leaves another region");
    }

    /** Staff see what came back and why, also where nothing moves on it. */
    private Answer returned(Received received, OutgoingCase current, ReturnedV1 data) {
        var answer = decide(received, current, Wire.input(received).orElseThrow());
        if (!(answer instanceof Answer.Rejected)) {
            returnedMoney.keep(data, received.time());
        }
        return answer;
    }

    /** R6.7: only inside a province is a transfer done at once; the directory knows which regions are of one. */
    private Optional<String> acrossProvinces(Received received) {
        return received.data() instanceof TransferAcceptedV1 data
                        && data.isInstant()
                        && !directory.provinceOf(data.from()).equals(directory.provinceOf(data.to()))
                ? Optional.of("CONTRADICTION: done at once, but across provinces")
                : Optional.empty();
    }

    private Answer completed(Received received, OutgoingCase current, TransferCompletedV1 data) {
        var account = current.relationship() == null
                ? AccountWish.MOVES
                : current.relationship().terms().account();
        return decide(received, current, new Input.CaseCompleted(data.version(), data.credited(), account));
    }

    private Answer accepted(Received received, OutgoingCase current, TransferAcceptedV1 data) {
        var relationship = relationship(data);
        if (current.relationship() != null && !current.relationship().saysTheSameAs(relationship)) {
            return Answer.quarantined("CONTRADICTION: the number was accepted before with other content");
        }
        if (current.version() > 0) {
            return decide(received, current, new Input.Accepted(null));
        }
        // R1.6: the registry reserves; this is the last wall.
        var other = cases.lockOpen(data.person(), current.sending(), data.fromScheme());
        var input = new Input.Accepted(other.map(OutgoingCase::number).orElse(null));
        return decide(received, current.accepted(relationship), input);
    }

    private Relationship relationship(TransferAcceptedV1 data) {
        var left = policies.text(Policies.ACCOUNT_LEFT, data.from()).equals(AccountWish.PAID_OUT.name())
                ? AccountWish.PAID_OUT
                : AccountWish.STAYS;
        var terms = Terms.of(data.fromScheme(), data.toScheme(), data.accountWish(), data.isInstant(), left);
        return new Relationship(data.person(), data.fromScheme(), data.toScheme(), data.acceptedAt(), terms);
    }

    private Answer resumed(Received received, ParticipationResumedV1 data, RegionCode region) {
        if (!received.source().equals(Source.REGISTRY) || !data.region().equals(region)) {
            return Answer.quarantined("WRONG_SPEAKER: only the registry says who resumed, and where");
        }
        var open = cases.lockOpen(data.person(), region, data.scheme());
        if (open.isEmpty()) {
            return Answer.alreadyDone();
        }
        var answer = decide(received, open.get(), new Input.ParticipationResumed(data.why()));
        if (answer instanceof Answer.Moved) {
            // The message is about the person; what is parked is about the case.
            parking.offerAgain(open.get().number().value());
        }
        return answer;
    }

    private Answer decide(Received received, OutgoingCase current, Input.Message input) {
        return switch (TransferOut.on(current.state(), input)) {
            case Outcome.Moved moved -> move(received, current, moved);
            case Outcome.AlreadyDone _ -> Answer.alreadyDone();
            case Outcome.Noted noted -> {
                tasks.open(current.number(), current.sending(), noted.task(), clock.instant());
                yield Answer.alreadyDone();
            }
            case Outcome.Rejected rejected -> Answer.rejected(rejected.why());
            case Outcome.Conflict conflict ->
                Answer.rejected(conflict.obstacle().name());
            case Outcome.NoSuchCase _ -> Answer.rejected("no such case");
        };
    }

    private Answer move(Received received, OutgoingCase current, Outcome.Moved moved) {
        var cause = new Cause(received.time(), received.id());
        if (current.version() > 0) {
            moveCase.go(current, moved, cause);
            return Answer.moved();
        }
        // Another instance was quicker with this number or this relationship: look again, its row is there now.
        return moveCase.begin(current, moved, cause) ? Answer.moved() : handle(received);
    }
}
