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
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** The four tables that are coupled, two rules of clearing and those of what stays and of joins; a test may put a wrong one in the place of one of them. */
record Machines(
        In in,
        Out out,
        Sending sending,
        Receiving receiving,
        Counting counting,
        Correcting correcting,
        Believing believing,
        Leaving leaving,
        Joining joining) {

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

    /** What may be applied for when an account has kept its money (R2.10). */
    interface Leaving {
        /** Whether a push tells of a balance that the person has chosen to leave, or has not. */
        boolean isPushed(boolean chosen);

        /** Whether there is something not yet transferred. */
        boolean isSomething(boolean months, Left money, Matter asked);
    }

    /** Which joins wait for an account of that record. */
    interface Joining {
        boolean waitsFor(Joins.Join join, PersonId person);
    }

    /** What the registry was told of one account. */
    record Left(Fen amount, boolean chosen) {}

    /** The rule of PushLeftOver, and of the registry's Question. */
    private static final class Stays implements Leaving {
        @Override
        public boolean isPushed(boolean chosen) {
            return !chosen;
        }

        @Override
        public boolean isSomething(boolean months, Left money, Matter asked) {
            boolean moves = asked.fromScheme() == Scheme.EMPLOYEE
                    && asked.toScheme() == Scheme.EMPLOYEE
                    && asked.wish() == AccountWish.MOVES;
            return months || (moves && money.amount().isPositive() && !(asked.automatic() && money.chosen()));
        }
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
                Debts::doubt,
                new Stays(),
                (join, person) -> join.merged().equals(person) || join.leadsTo().equals(person));
    }

    Machines withIn(In other) {
        return new Machines(other, out, sending, receiving, counting, correcting, believing, leaving, joining);
    }

    Machines withOut(Out other) {
        return new Machines(in, other, sending, receiving, counting, correcting, believing, leaving, joining);
    }

    Machines withSending(Sending other) {
        return new Machines(in, out, other, receiving, counting, correcting, believing, leaving, joining);
    }

    Machines withReceiving(Receiving other) {
        return new Machines(in, out, sending, other, counting, correcting, believing, leaving, joining);
    }

    Machines withCounting(Counting other) {
        return new Machines(in, out, sending, receiving, other, correcting, believing, leaving, joining);
    }

    Machines withCorrecting(Correcting other) {
        return new Machines(in, out, sending, receiving, counting, other, believing, leaving, joining);
    }

    Machines withBelieving(Believing other) {
        return new Machines(in, out, sending, receiving, counting, correcting, other, leaving, joining);
    }

    Machines withLeaving(Leaving other) {
        return new Machines(in, out, sending, receiving, counting, correcting, believing, other, joining);
    }

    Machines withJoining(Joining other) {
        return new Machines(in, out, sending, receiving, counting, correcting, believing, leaving, other);
    }
}
