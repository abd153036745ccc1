package org.jiexu.transferin.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.Reversal;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.domain.Step;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.InfoSheetReturnedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.TakenBackV1;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** Contract records to inputs, facts to contract records; every field by name. */
public final class Wire {
    private Wire() {}

    /** What a message is to this side of a case; empty when it is said to somebody else (protocol §1, Who acts). */
    public static Optional<Input> input(Received received) {
        return Optional.ofNullable(
                switch (received.data()) {
                    case InfoSheetIssuedV1 issued ->
                        new Input.Issued(issued.version(), sealed(issued).digest(), issued.amount(), received.time());
                    case TransferWithdrawnV1 _ -> new Input.WithdrawnThere();
                    case TransferDeclinedV1 declined -> new Input.DeclinedThere(declined.moneySent());
                    case BalanceRemittedV1 remitted -> new Input.Remitted(remitted.remittance());
                    case CreditedV1 credited -> new Input.Credited(credited.remittance(), credited.amount());
                    case SuspendedV1 suspended -> suspended(suspended);
                    case TakenBackV1 said -> new Input.TakenBack(said.remittance(), said.amount());
                    default -> null;
                });
    }

    /** Money of a region without a part in the case, or for which there is none, is for settlement's staff alone. */
    private static @Nullable Input suspended(SuspendedV1 said) {
        return switch (said.reason()) {
            case AMOUNT, SECOND -> new Input.Suspended(said.remittance(), said.reason());
            case NO_SUCH_CASE, WRONG_REGION -> null;
        };
    }

    public static Reversal reversal(TakenBackV1 said) {
        return new Reversal(said.remittance(), said.amount(), said.ground(), said.takenBackAt());
    }

    /** Who alone may say that input of this case. */
    public static Source speaker(CaseFile file, Input input) {
        return switch (input) {
            case Input.Issued _, Input.WithdrawnThere _, Input.DeclinedThere _ ->
                Source.of(file.sending(), ServiceName.TRANSFER_OUT);
            case Input.Remitted _ -> Source.of(file.sending(), ServiceName.SETTLEMENT);
            case Input.Credited _, Input.Suspended _, Input.TakenBack _ ->
                Source.of(file.receiving(), ServiceName.SETTLEMENT);
            case Input.FoundAcceptable _,
                    Input.FoundUnacceptable _,
                    Input.FoundWaiting _,
                    Input.PapersMissing _,
                    Input.PapersComplete _,
                    Input.YearEnded _,
                    Input.ApplicantWithdraws _,
                    Input.Confirm _,
                    Input.Return _ -> throw new IllegalArgumentException("not said by a message");
        };
    }

    public static SealedSheet sealed(InfoSheetIssuedV1 issued) {
        return new SealedSheet(issued.sheet(), issued.sealKeyId(), issued.seal());
    }

    public static ReceivedSheet sheet(CaseNumber number, InfoSheetIssuedV1 issued, Instant issuedAt) {
        return new ReceivedSheet(
                number, issued.version(), sealed(issued), issued.amount(), issued.remittance(), issuedAt);
    }

    public static Event notDue(Source self, CaseNumber number, NotDueReason reason, @Nullable RegionCode from) {
        return Event.balance(self, number.receivingRegion(), number, new NotDueV1(reason, from));
    }

    /** A region was named to nobody where the case was never accepted. */
    private static @Nullable RegionCode oldRegion(CaseFile file, NotDueReason reason) {
        return switch (reason) {
            case DECLINED, WITHDRAWN -> file.sending();
            case NO_SUCH_CASE -> null;
        };
    }

    /** The message as an event; {@code rows} are those of the booked sheet. */
    public static Event event(Source self, CaseFile file, Fact.Message message, List<SheetRow> rows) {
        var application = file.application();
        return switch (message) {
            case Fact.TransferAccepted(var at) ->
                Event.transfer(
                        self,
                        file.sending(),
                        file.number(),
                        new TransferAcceptedV1(
                                person(file),
                                application.from(),
                                application.fromScheme(),
                                application.to(),
                                application.toScheme(),
                                at,
                                application.wishes().account(),
                                application.instant() ? true : null));
            case Fact.WithdrawalRequested(var at) ->
                Event.transfer(self, file.sending(), file.number(), new WithdrawalRequestedV1(at));
            case Fact.SheetReturned(int version, var reasons, boolean isFinal) ->
                Event.transfer(self, file.sending(), file.number(), new InfoSheetReturnedV1(version, reasons, isFinal));
            case Fact.TransferCompleted(int version, var credited) ->
                Event.transfer(self, file.sending(), file.number(), new TransferCompletedV1(version, credited));
            case Fact.CreditOrdered(int version, var amount) ->
                Event.balance(
                        self,
                        file.receiving(),
                        file.number(),
                        new CreditOrderedV1(version, amount, person(file), application.toScheme(), file.sending()));
            case Fact.HistoryBooked _ ->
                Event.participation(
                        self,
                        file.receiving(),
                        person(file).value(),
                        new HistoryBookedV1(
                                file.number(), person(file), file.receiving(), application.toScheme(), rows));
            case Fact.NotDue(var reason) -> notDue(self, file.number(), reason, oldRegion(file, reason));
        };
    }

    public static Event progress(
            Source self, CaseFile file, Step step, String state, Instant at, List<DeadlineStatusV1> deadlines) {
        var application = file.application();
        var told = new CaseProgressedV1(
                file.number(),
                person(file),
                file.sending(),
                file.receiving(),
                application.fromScheme(),
                application.toScheme(),
                step.name(),
                state,
                State.status(file.state()),
                file.holder(),
                at,
                deadlines,
                application.channel().name(),
                file.applicant().uscc(),
                reasons(file, step));
        return Event.progress(
                self,
                file.number(),
                step == Step.MONEY_TAKEN_BACK && file.state() instanceof State.Completed completed
                        ? told.paying(completed.amount())
                        : told);
    }

    /** 43号 Art. 7: what people are told of a step that says no, waits, or takes money back (R7.6). */
    private static @Nullable List<CodedReason> reasons(CaseFile file, Step step) {
        return switch (step) {
            case INCOMPLETE, WAITING, REFUSED, DECLINED, SHEET_RETURNED, MONEY_TAKEN_BACK ->
                file.reasons().isEmpty() ? null : file.reasons();
            case SUBMITTED,
                    SUPPLEMENTED,
                    ACCEPTED,
                    LETTER_ISSUED,
                    PAPER_POSTED,
                    WITHDRAWAL_REQUESTED,
                    WITHDRAWAL_TOO_LATE,
                    SHEET_RECEIVED,
                    MONEY_REMITTED,
                    MONEY_SUSPENDED,
                    BOOKED,
                    YEAR_RUNNING,
                    PAUSED,
                    RESUMED,
                    PAUSED_THERE,
                    RESUMED_THERE,
                    COMPLETED,
                    WITHDRAWN -> null;
        };
    }

    private static PersonId person(CaseFile file) {
        var person = file.person();
        if (person == null) {
            throw new IllegalStateException(file.number() + " is not accepted, nobody may be told of it");
        }
        return person;
    }
}
