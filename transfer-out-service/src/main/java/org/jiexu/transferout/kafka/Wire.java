package org.jiexu.transferout.kafka;

import java.util.Optional;
import org.jiexu.bus.inbox.Received;
import org.jiexu.transferout.domain.Input;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.InfoSheetReturnedV1;
import org.jiexu.wire.contract.PaidOutV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** Messages about a case as inputs, and who alone may say each of them (protocol §1). */
public final class Wire {
    private Wire() {}

    /**
     * Protocol §1 "Who acts": the old region's side acts unless the case begins with this topic's region; inside one
     * region both sides do.
     */
    public static boolean isForOldRegion(Received received, RegionCode topicRegion) {
        var source = received.source().region();
        return !received.caseNumber().receivingRegion().equals(topicRegion)
                || (source != null && received.envelope().to().equals(source.value()));
    }

    /**
     * The input that a message brings; none when it is for another role. {@code transfer.accepted} and
     * {@code transfer.completed} are not among them: their input depends on what is known here.
     */
    public static Optional<Input.Message> input(Received received) {
        return Optional.ofNullable(
                switch (received.data()) {
                    case WithdrawalRequestedV1 _ -> new Input.WithdrawalRequested();
                    case HeldV1 data -> new Input.AmountHeld(data.amount());
                    case HoldRefusedV1 data -> new Input.HoldRefusal(data.attempt(), data.reason());
                    case InfoSheetReturnedV1 data ->
                        new Input.SheetReturned(data.version(), data.reasons(), data.isFinal());
                    case PaidOutV1 data -> new Input.PaidOut(data.amount());
                    case ReturnedV1 data ->
                        new Input.MoneyReturned(data.remittance().n(), data.caseOpen());
                    default -> null;
                });
    }

    /** Whether the old region's side does something on it. */
    public static boolean isInput(Received received) {
        return received.data() instanceof TransferAcceptedV1
                || received.data() instanceof ContactLetterIssuedV1
                || received.data() instanceof TransferCompletedV1
                || input(received).isPresent();
    }

    /** Why the message cannot be true, whatever the state: another party says it, or it contradicts itself. */
    public static Optional<String> contradiction(Received received, RegionCode topicRegion) {
        var number = received.caseNumber();
        var receiving = number.receivingRegion();
        var speaker = switch (received.data()) {
            case HeldV1 _ -> Source.of(topicRegion, ServiceName.SETTLEMENT);
            case PaidOutV1 _ -> Source.of(topicRegion, ServiceName.SETTLEMENT);
            case HoldRefusedV1 _ -> Source.of(topicRegion, ServiceName.SETTLEMENT);
            case ReturnedV1 _ -> Source.of(receiving, ServiceName.SETTLEMENT);
            default -> Source.of(receiving, ServiceName.TRANSFER_IN);
        };
        if (!received.source().equals(speaker)) {
            return Optional.of("WRONG_SPEAKER: " + received.source() + " is not who may say this of the case");
        }
        boolean coherent = switch (received.data()) {
            case TransferAcceptedV1 data ->
                data.from().equals(topicRegion) && data.to().equals(receiving);
            case HeldV1 data -> data.amount().compareTo(Fen.ZERO) >= 0;
            case PaidOutV1 data -> data.amount().isPositive();
            case ReturnedV1 data -> data.remittance().caseNumber().equals(number);
            default -> true;
        };
        return coherent ? Optional.empty() : Optional.of("CONTRADICTION: the content is about something else");
    }
}
