package org.jiexu.simulation;

import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferout.domain.TransferOut;

/** The four tables that are coupled; a test may put a wrong one in the place of one of them. */
record Machines(In in, Out out, Sending sending, Receiving receiving) {

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

    /** As they are in the services. */
    static Machines real() {
        return new Machines(TransferIn::on, TransferOut::on, SendingCase::on, ReceivingCase::on);
    }

    Machines withIn(In other) {
        return new Machines(other, out, sending, receiving);
    }

    Machines withOut(Out other) {
        return new Machines(in, other, sending, receiving);
    }

    Machines withSending(Sending other) {
        return new Machines(in, out, other, receiving);
    }

    Machines withReceiving(Receiving other) {
        return new Machines(in, out, sending, other);
    }
}
