package org.jiexu.transferin;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.EventHandler;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.inbox.Subscription;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.SheetReview;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.kafka.Wire;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.OthersMoneyStore;
import org.jiexu.transferin.postgres.ReversalStore;
import org.jiexu.transferin.postgres.SheetStore;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.ReminderAnsweredV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.TakenBackV1;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferPausedV1;
import org.jiexu.wire.contract.TransferResumedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One message, decided by the table and carried out in the bus's transaction. */
@Component
public class ReceiveInput implements EventHandler {
    private static final Set<EventType> HEARD = EnumSet.of(
            EventType.INFO_SHEET_ISSUED,
            EventType.TRANSFER_WITHDRAWN,
            EventType.TRANSFER_DECLINED,
            EventType.REMITTED,
            EventType.CREDITED,
            EventType.SUSPENDED,
            EventType.TAKEN_BACK,
            EventType.REMINDER_ANSWERED,
            EventType.TRANSFER_PAUSED,
            EventType.TRANSFER_RESUMED,
            EventType.PARTICIPATION_OPENED,
            EventType.PARTICIPATION_SUSPENDED,
            EventType.LEFT_OVER_FOUND);

    private final ServiceIdentity identity;
    private final CaseStore cases;
    private final SheetStore sheets;
    private final CarryOut carryOut;
    private final ReviewSheet reviewSheet;
    private final StartAutomatic startAutomatic;
    private final Directory directory;
    private final BusinessClock clock;
    private final Remind remind;
    private final PauseClock pauseClock;
    private final OthersMoneyStore othersMoney;
    private final ReversalStore reversals;

    public ReceiveInput(
            ServiceIdentity identity,
            CaseStore cases,
            SheetStore sheets,
            CarryOut carryOut,
            ReviewSheet reviewSheet,
            StartAutomatic startAutomatic,
            Directory directory,
            BusinessClock clock,
            Remind remind,
            PauseClock pauseClock,
            OthersMoneyStore othersMoney,
            ReversalStore reversals) {
        this.identity = identity;
        this.cases = cases;
        this.sheets = sheets;
        this.carryOut = carryOut;
        this.reviewSheet = reviewSheet;
        this.startAutomatic = startAutomatic;
        this.directory = directory;
        this.clock = clock;
        this.remind = remind;
        this.pauseClock = pauseClock;
        this.othersMoney = othersMoney;
        this.reversals = reversals;
    }

    @Override
    public Subscription subscription() {
        return Subscription.of(identity.regions().stream()
                .flatMap(region ->
                        Stream.of(Topics.transfer(region), Topics.balance(region), Topics.participation(region)))
                .toList());
    }

    @Override
    public boolean hears(EventType type) {
        return HEARD.contains(type);
    }

    @Override
    public Answer handle(Received received) {
        var family = received.type().family();
        if (family == TopicFamily.PARTICIPATION && received.topicRegion() != null) {
            return startAutomatic.receive(received, received.topicRegion());
        }
        if (family != TopicFamily.TRANSFER && family != TopicFamily.BALANCE) {
            return Answer.skipped();
        }
        var number = received.caseNumber();
        // Protocol §1, Who acts: on its own topics a region is the receiving one if the number begins with its code.
        if (!number.receivingRegion().equals(received.topicRegion())) {
            return Answer.skipped();
        }
        if (received.data() instanceof ReminderAnsweredV1 said) {
            return remind.answered(received, said);
        }
        if (received.data() instanceof TransferPausedV1 said) {
            return pauseClock.paused(received, said);
        }
        if (received.data() instanceof TransferResumedV1 said) {
            return pauseClock.resumed(received, said);
        }
        var input = Wire.input(received);
        return input.isEmpty() ? Answer.skipped() : act(received, number, input.get());
    }

    private Answer act(Received received, CaseNumber number, Input input) {
        var found = cases.lock(number);
        if (found.isEmpty()) {
            return actWithoutCase(received, number, input);
        }
        var file = found.get();
        if (received.data() instanceof BalanceRemittedV1 remitted && isAnothers(file, remitted, received.source())) {
            return leaveToSettlement(file, received);
        }
        if (!received.source().equals(Wire.speaker(file, input))) {
            return Answer.quarantined("said by a region or service that has no part in the case");
        }
        var contradiction = contradiction(file, received);
        if (contradiction.isPresent()) {
            return Answer.quarantined(contradiction.get());
        }
        return switch (TransferIn.on(file.state(), input)) {
            case Outcome.Moved moved -> {
                move(file, moved, received);
                yield Answer.moved();
            }
            case Outcome.AlreadyDone(var facts) -> {
                note(file, facts, received);
                yield Answer.alreadyDone();
            }
            case Outcome.Rejected(var reason, var facts) -> {
                carryOut.note(file, facts, received.id());
                yield Answer.rejected(reason);
            }
            case Outcome.InConflict(var conflict) -> throw notForMessages(conflict);
            case Outcome.NotFound() -> throw notForMessages(number);
        };
    }

    /** The step of money that was taken back brings papers and is told; a second telling of it brings nothing (R7.6). */
    private void note(CaseFile file, List<Fact> facts, Received received) {
        if (received.data() instanceof TakenBackV1 said) {
            var reversal = Wire.reversal(said);
            if (reversals.keep(file.number(), reversal)) {
                carryOut.note(file.because(List.of(reversal.reason())), facts, received.id());
            }
        } else {
            carryOut.note(file, facts, received.id());
        }
    }

    /** A region without a part in the case speaks of its own money, under the case's number. */
    private static boolean isAnothers(CaseFile file, BalanceRemittedV1 remitted, Source speaker) {
        return !remitted.from().equals(file.sending())
                && speaker.equals(Source.of(remitted.from(), ServiceName.SETTLEMENT))
                && remitted.remittance().caseNumber().equals(file.number());
    }

    /**
     * No step of the case: settlement keeps it in suspense. It is told where it would wait for an order in vain, now or when
     * the case comes to expect no money.
     */
    private Answer leaveToSettlement(CaseFile file, Received received) {
        State.nothingDue(file.state())
                .ifPresentOrElse(
                        reason -> carryOut.note(file, List.of(new Fact.NotDue(reason)), received.id()),
                        () -> othersMoney.note(file.number()));
        return Answer.alreadyDone();
    }

    /** A number that nobody here knows: kept, for after a restore the case may come back. */
    private Answer actWithoutCase(Received received, CaseNumber number, Input input) {
        return switch (TransferIn.on(new State.NoSuchCase(), input)) {
            case Outcome.Rejected(var reason, var facts) -> {
                for (var fact : facts) {
                    if (fact instanceof Fact.NotDue(var why)) {
                        carryOut.sayNotDue(number, why, received.id());
                    }
                }
                yield Answer.rejected(reason);
            }
            case Outcome.Moved _ -> throw notForMessages(number);
            case Outcome.AlreadyDone _ -> throw notForMessages(number);
            case Outcome.InConflict _ -> throw notForMessages(number);
            case Outcome.NotFound() -> throw notForMessages(number);
        };
    }

    private void move(CaseFile file, Outcome.Moved moved, Received received) {
        switch (received.data()) {
            case InfoSheetIssuedV1 issued -> {
                var sheet = Wire.sheet(file.number(), issued, received.time());
                sheets.keep(sheet, clock.instant());
                reviewSheet.received(carryOut.move(file, moved, received.id()), sheet, received.id());
            }
            case TransferDeclinedV1 declined -> carryOut.move(file.because(declined.reasons()), moved, received.id());
            default -> carryOut.move(file, moved, received.id());
        }
    }

    /** What no later state can make right: another case's sheet, a wrong seal, amounts that contradict themselves. */
    private Optional<String> contradiction(CaseFile file, Received received) {
        return switch (received.data()) {
            case InfoSheetIssuedV1 issued -> contradiction(file, issued, received);
            case BalanceRemittedV1 remitted ->
                money(file, remitted.remittance().caseNumber(), remitted.amount())
                        .or(() -> remitted.from().equals(file.sending())
                                ? Optional.empty()
                                : Optional.of("the money comes from another region"));
            // R3.2: by hand also another case's remittance; who did it names this case.
            case CreditedV1 credited -> money(file, credited.paid(), credited.amount());
            case SuspendedV1 suspended -> money(file, suspended.remittance().caseNumber(), suspended.amount());
            case TakenBackV1 said ->
                money(file, said.remittance().caseNumber(), said.amount()).or(() -> contradiction(file, said));
            default -> Optional.empty();
        };
    }

    /** A case is credited once, so that once everything can be taken back. */
    private Optional<String> contradiction(CaseFile file, TakenBackV1 said) {
        if (file.state() instanceof State.Completed completed
                && !completed.amount().equals(said.amount())) {
            return Optional.of("another amount was credited than is said to be taken back");
        }
        return reversals
                .find(file.number())
                .filter(known -> !known.remittance().equals(said.remittance())
                        || !known.ground().equals(said.ground()))
                .map(_ -> "taken back before, under another number or on another ground");
    }

    private Optional<String> contradiction(CaseFile file, InfoSheetIssuedV1 issued, Received received) {
        if (issued.version() < 1) {
            return Optional.of("versions are counted from 1");
        }
        if (issued.amount().compareTo(Fen.ZERO) < 0 || issued.amount().isPositive() != (issued.remittance() != null)) {
            return Optional.of("amount and remittance contradict each other");
        }
        if (!isSealed(file, issued, received)) {
            return Optional.of("the seal is not the old region's over this text");
        }
        var remittance = issued.remittance();
        if (remittance != null && !remittance.caseNumber().equals(file.number())) {
            return Optional.of("the remittance is another case's");
        }
        var sheet = readable(issued);
        return sheet == null
                ? Optional.of("the sealed text is no sheet")
                : SheetReview.contradiction(file, issued.version(), sheet);
    }

    private boolean isSealed(CaseFile file, InfoSheetIssuedV1 issued, Received received) {
        return directory
                .signingKey(issued.sealKeyId())
                .filter(key -> key.owner().equals(Source.of(file.sending(), ServiceName.TRANSFER_OUT)))
                .filter(key -> key.isValidAt(received.time()))
                .filter(key -> Wire.sealed(issued).isSealedBy(key.publicKey()))
                .isPresent();
    }

    private static @Nullable InfoSheet readable(InfoSheetIssuedV1 issued) {
        try {
            return Wire.sealed(issued).read();
        } catch (WireJson.Unreadable e) {
            return null;
        }
    }

    private static Optional<String> money(CaseFile file, CaseNumber paid, Fen amount) {
        if (!paid.equals(file.number())) {
            return Optional.of("the remittance is another case's");
        }
        return amount.isPositive() ? Optional.empty() : Optional.of("not an amount of money that moves");
    }

    private static IllegalStateException notForMessages(Object answer) {
        return new IllegalStateException("the table gave a message an answer for people: " + answer);
    }
}
