package org.jiexu.simulation;

import java.time.Instant;
import java.util.Optional;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferout.domain.TransferOut;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/** The four tables that are coupled, and two rules of clearing; a test may put a wrong one in the place of one of them. */
record Machines(
        In in,
        Out out,
        Sending sending,
        Receiving receiving,
        Counting counting,
        Correcting correcting,
        Believing believing) {

    interface In {
        org.jiexu.transferin.domain.Outcome on(
                org.jiexu.transferin.domain.State state, org.jiexu.transferin.domain.Input input);
    }

    interface Out {
        org.jiexu.transferout.domain.Outcome on(
                org.jiexu.transferout.domain.State state, org.jiexu.transferout.domain.Input input);
    }

    interface Sending {
        org.jiexu.settlement.domain.Outcome<SendingCase.State> on(
                SendingCase.Subject at, SendingCase.State state, SendingCase.Input input);
    }

    interface Receiving {
        org.jiexu.settlement.domain.Outcome<ReceivingCase> on(ReceivingCase state, ReceivingCase.Input input);
    }

    /** Whether a region's word agrees with the debts that the centre holds of it. */
    interface Counting {
        boolean agrees(@Nullable QuarterStatedV1 stated, int debts, Fen amount);
    }

    /** The entry that takes an advance back. */
    interface Correcting {
        DebtRecordedV1 of(DebtRecordedV1 debt, Instant now);
    }

    /** Why a debtor does not believe that an advance is given back. */
    interface Believing {
        Optional<String> doubt(DebtRecordedV1 correction, Posting remitted);
    }

    /** As they are in the services. */
    static Machines real() {
        return new Machines(
                TransferIn::on,
                TransferOut::on,
                SendingCase::on,
                ReceivingCase::on,
                (stated, debts, amount) -> stated != null
                        && stated.debts() == debts
                        && stated.amount().equals(amount),
                Debts::correction,
                Debts::doubt);
    }

    Machines withIn(In other) {
        return new Machines(other, out, sending, receiving, counting, correcting, believing);
    }

    Machines withOut(Out other) {
        return new Machines(in, other, sending, receiving, counting, correcting, believing);
    }

    Machines withSending(Sending other) {
        return new Machines(in, out, other, receiving, counting, correcting, believing);
    }

    Machines withReceiving(Receiving other) {
        return new Machines(in, out, sending, other, counting, correcting, believing);
    }

    Machines withCounting(Counting other) {
        return new Machines(in, out, sending, receiving, other, correcting, believing);
    }

    Machines withCorrecting(Correcting other) {
        return new Machines(in, out, sending, receiving, counting, other, believing);
    }

    Machines withBelieving(Believing other) {
        return new Machines(in, out, sending, receiving, counting, correcting, other);
    }
}
