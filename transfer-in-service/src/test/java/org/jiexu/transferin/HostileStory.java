package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Test;

/** Messages that come twice, too early, from the wrong mouth or with the wrong content. */
class HostileStory {
    private final NewRegion here = NewRegion.shared();

    private record Sent(String topic, Envelope envelope) {}

    @Test
    void everythingSaidTwiceChangesNothing() {
        var arriving = here.somebody(HANGZHOU).accepted();
        var sent = new ArrayList<Sent>();
        sent.add(new Sent(Topics.transfer(HANGZHOU), arriving.oldRegion(arriving.issued(1, "10.00", 20))));
        sent.add(new Sent(Topics.balance(HANGZHOU), arriving.remitted("10.00")));
        arriving.untilState("BOOKED");
        sent.add(new Sent(Topics.balance(HANGZHOU), arriving.credited("10.00")));
        arriving.untilState("COMPLETED");
        var before = arriving.file();
        int journal = here.count("event_journal");

        sent.forEach(message -> here.kit.send(message.topic(), message.envelope()));
        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.remitted("10.00");
        arriving.credited("10.00");
        arriving.oldRegion(new TransferWithdrawnV1(BusTestKit.START));
        arriving.oldRegion(new TransferDeclinedV1(List.of(), true));
        untilEverythingIsHeard();

        assertThat(arriving.file()).isEqualTo(before);
        assertThat(here.count("event_journal") - journal).isEqualTo(eventsOfTheProbe());
        assertThat(arriving.parked()).isZero();
        assertThat(arriving.quarantined()).isEmpty();
    }

    @Test
    void theCreditThatOvertakesTheBookingWaitsForIt() {
        var arriving = here.somebody(CHANGSHA).accepted();
        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.untilState("RECEIVED");
        arriving.credited("10.00");
        until(() -> arriving.parked() == 1);

        arriving.act("confirmation", null);

        arriving.untilState("COMPLETED");
        assertThat(arriving.parked()).isZero();
    }

    @Test
    void whatMayNotBeSaidIsQuarantinedAndTheTopicMovesOn() {
        var arriving = here.somebody(CHANGSHA).accepted();
        var other = here.somebody(CHANGSHA).accepted();
        var topic = Topics.transfer(CHANGSHA);
        var number = arriving.number().value();

        // Another region's transfer-out declines our case.
        here.kit.say(
                Source.of(HANGZHOU, ServiceName.TRANSFER_OUT),
                topic,
                CHANGSHA.value(),
                number,
                new TransferDeclinedV1(List.of(), false));
        // A sheet sealed by a key that nobody knows, and one sealed for another case.
        arriving.oldRegion(arriving.issued(arriving.sheet(1, "10.00", 20), Sm2KeyPair.generate()));
        arriving.oldRegion(other.issued(1, "0.00", 20));
        // Our own settlement may not say that money left the old region, nor the old region that it was credited.
        var remittance = new RemittanceNumber(arriving.number(), 1);
        arriving.ownSettlement(new BalanceRemittedV1(remittance, Fen.parse("10.00"), JINING));
        here.kit.say(
                Source.of(JINING, ServiceName.SETTLEMENT),
                Topics.balance(CHANGSHA),
                CHANGSHA.value(),
                number,
                new CreditedV1(remittance, Fen.parse("10.00")));

        until(() -> arriving.quarantined().size() == 5);
        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.untilState("RECEIVED");
        assertThat(arriving.quarantined())
                .containsExactlyInAnyOrder(
                        "said by a region or service that has no part in the case",
                        "the seal is not the old region's over this text",
                        "the sheet names another case",
                        "said by a region or service that has no part in the case",
                        "said by a region or service that has no part in the case");
    }

    @Test
    void moneyForACaseThatNobodyKnowsIsNotDue() {
        var number = CaseNumber.random(CHANGSHA, 2026, new Random(7));

        here.kit.say(
                Source.of(JINING, ServiceName.SETTLEMENT),
                Topics.balance(CHANGSHA),
                CHANGSHA.value(),
                number.value(),
                new BalanceRemittedV1(new RemittanceNumber(number, 1), Fen.parse("10.00"), JINING));

        until(() -> here.kit
                .types(Topics.balance(CHANGSHA), number.value())
                .equals(List.of("balance.remitted.v1", "balance.not-due.v1")));
    }

    @Test
    void moneyOfARegionWithoutAPartIsNoStepOfTheCaseAndGoesBackWhenTheCaseHasEnded() {
        var arriving = here.somebody(CHANGSHA).accepted();
        remittedBy(HANGZHOU, arriving);
        arriving.ownSettlement(new SuspendedV1(arriving.remittance(), Fen.parse("10.00"), SuspenseReason.WRONG_REGION));
        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.untilState("RECEIVED");
        var ending = here.somebody(CHANGSHA).accepted();
        remittedBy(HANGZHOU, ending);
        ending.oldRegion(new TransferDeclinedV1(List.of(), false));
        ending.untilState("DECLINED");
        until(() -> ending.money().equals(List.of("balance.remitted.v1", "balance.not-due.v1")));
        var ended = here.somebody(CHANGSHA).accepted();
        ended.oldRegion(new TransferDeclinedV1(List.of(), false));
        ended.untilState("DECLINED");

        remittedBy(HANGZHOU, ended);

        until(() -> ended.money().equals(List.of("balance.remitted.v1", "balance.not-due.v1")));
        assertThat(ended.last(Topics.balance(CHANGSHA), NotDueV1.class))
                .isEqualTo(new NotDueV1(NotDueReason.DECLINED, JINING));
        assertThat(arriving.show().body().path("steps").findValuesAsString("step"))
                .containsExactly("SUBMITTED", "ACCEPTED", "SHEET_RECEIVED");
        assertThat(arriving.quarantined()).isEmpty();
        assertThat(arriving.parked()).isZero();
    }

    private void remittedBy(RegionCode region, NewRegion.Arriving arriving) {
        here.kit.say(
                Source.of(region, ServiceName.SETTLEMENT),
                Topics.balance(CHANGSHA),
                CHANGSHA.value(),
                arriving.number().value(),
                new BalanceRemittedV1(arriving.remittance(), Fen.parse("10.00"), region));
    }

    @Test
    void aCutInTheMiddleOfBookingIsMadeGood() {
        for (var point : List.of("before-confirm-commit", "after-confirm")) {
            var arriving = here.somebody(HANGZHOU).accepted();
            here.bean(CrashPoints.class).arm("transfer-in." + point, 1, () -> {
                throw new IllegalStateException("cut off at " + point);
            });

            arriving.oldRegion(arriving.issued(1, "10.00", 20));
            arriving.untilState("BOOKED");
            here.bean(CrashPoints.class).disarm();
            arriving.credited("10.00");
            arriving.untilState("COMPLETED");

            until(() -> arriving.toOldRegion().equals(List.of("transfer.accepted.v1", "transfer.completed.v1")));
            assertThat(arriving.money()).containsExactly("balance.credit-ordered.v1", "balance.credited.v1");
            assertThat(arriving.quarantined()).isEmpty();
        }
    }

    /** Until the service has handled everything said so far: later messages of another case got through. */
    private void untilEverythingIsHeard() {
        var probe = here.somebody(HANGZHOU).accepted();
        probe.oldRegion(probe.issued(1, "10.00", 20));
        probe.untilState("BOOKED");
        probe.credited("10.00");
        probe.untilState("COMPLETED");
    }

    /** accepted, credit-ordered, history.booked, completed, and three of progress. */
    private static int eventsOfTheProbe() {
        return 7;
    }
}
