package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.JINAN;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.util.List;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a creditor takes back (R7.4), as the debtor hears it: 济南 was to be owed what 济宁 advanced, and the centre of their
 * province is not here, so that only 济宁's own ledger can say whether it is so (R7.6).
 */
@Tag("R7.6")
class CorrectionStory {
    private static final RegionCode PROVINCE = new RegionCode("370000");

    private final Settlement settlement = Settlement.shared();
    private final Case moving = settlement.newCase(JINING, JINAN).balance("100.00");

    @Test
    void anAdvanceThatIsTakenBackIsOnTheAccountAgainOnceHoweverOftenItIsTold() {
        advanced();

        correct("-100.00");
        untilHeard(correct("-100.00"));

        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.parse("100.00"));
        assertThat(moving.postings()).containsExactly("remit:1", "correct:1");
        assertThat(quarantined()).isEmpty();
        assertThat(settlement.sum(JINING)).isEqualTo(Fen.ZERO);
    }

    @Test
    void anotherAmountThanWasAdvancedIsNotBelieved() {
        advanced();

        correct("-99999.00");

        until(() -> quarantined().equals(List.of("another amount was advanced for us under that number")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.ZERO);
        assertThat(moving.postings()).containsExactly("remit:1");
    }

    @Test
    void whatWasReallyRemittedIsNoAdvanceThatCanBeTakenBack() {
        moving.hold(1);
        moving.remit(1, "100.00");
        moving.untilSending("REMITTED");

        correct("-100.00");

        until(() -> quarantined().equals(List.of("what left here under that number is no advance of that region")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.ZERO);
    }

    @Test
    void whatCameHomeIsNotGivenBackAgainAndWhatWasGivenBackDoesNotComeHome() {
        advanced();
        moving.otherSettlement(new ReturnedV1(moving.remittance(1), Fen.parse("100.00"), "DECLINED", false));
        moving.untilSending("HOME");
        correct("-100.00");
        until(() -> quarantined().equals(List.of("the advance came back and is owed no more")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.parse("100.00"));

        var other = settlement.newCase(JINING, JINAN).balance("100.00");
        advanced(other);
        correct(other, "-100.00");
        untilCorrected(other);
        other.otherSettlement(new ReturnedV1(other.remittance(1), Fen.parse("100.00"), "DECLINED", false));
        until(() -> settlement
                .strings("select reason from quarantined where record_key = ?", other.number.value())
                .equals(List.of("this advance was given back by a correction")));
        assertThat(other.balanceAt(JINING)).isEqualTo(Fen.parse("100.00"));
    }

    /** Another instance brings the advance home while its correction is heard here. */
    @Test
    void whatComesHomeInTheSameMomentIsNotGivenBackToo() {
        advanced();
        var hundred = Fen.parse("100.00");

        settlement.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            settlement.bean(CaseStore.class).lock(new SendingCase.Subject(JINING, moving.number));
            settlement
                    .bean(LedgerStore.class)
                    .post(
                            Posting.home(Route.CLEARING, moving.remittance(1), JINING, JINAN, moving.person, hundred),
                            BusTestKit.START);
            correct("-100.00");
            until(() -> settlement.somebodyWaitsForALock() || moving.postings().contains("correct:1"));
        });

        until(() -> quarantined().equals(List.of("the advance came back and is owed no more")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(hundred);
    }

    @Test
    @Tag("R6.2")
    void itGoesToTheRecordThatThePersonHasNowThroughEveryMerge() {
        advanced();
        moving.otherSettlement(new CreditedV1(moving.remittance(1), Fen.parse("100.00")));
        moving.untilSending("SETTLED");
        var between = settlement.newCase(JINING, JINAN);
        var now = settlement.newCase(JINING, JINAN);
        merge(moving, between);
        merge(between, now);

        correct("-100.00");

        untilCorrected();
        assertThat(List.of(moving.balanceAt(JINING), between.balanceAt(JINING), now.balanceAt(JINING)))
                .containsExactly(Fen.ZERO, Fen.ZERO, Fen.parse("100.00"));
    }

    @Test
    void oneThatIsQuickerThanTheAdvanceWaitsForIt() {
        correct("-100.00");
        until(() -> settlement
                .strings("select reason from parked_input where subject = ?", moving.remittance(1) + "-C")
                .equals(List.of("the advance has not left here")));

        advanced();

        untilCorrected();
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.parse("100.00"));
    }

    private void advanced() {
        advanced(moving);
    }

    private static void advanced(Case of) {
        of.hold(1);
        of.advance(1, "100.00");
        of.untilSending("REMITTED");
    }

    private Envelope correct(String amount) {
        return correct(moving, amount);
    }

    /** 济南's settlement says that it takes the debt back. */
    private Envelope correct(Case of, String amount) {
        var rn = of.remittance(1);
        return settlement.kit.say(
                Source.of(JINAN, ServiceName.SETTLEMENT),
                Topics.clearing(PROVINCE),
                PROVINCE.value(),
                rn + "-C",
                new DebtRecordedV1(rn + "-C", rn, JINING, JINAN, Fen.parse(amount), BusTestKit.START, rn.toString()));
    }

    private void untilCorrected() {
        untilCorrected(moving);
    }

    private static void untilCorrected(Case of) {
        until(() -> of.postings().contains("correct:1"));
    }

    private void untilHeard(Envelope said) {
        until(() -> !settlement
                .strings("select id from inbox where id = ?", said.id())
                .isEmpty());
    }

    private List<String> quarantined() {
        return settlement.strings("select reason from quarantined where record_key = ?", moving.remittance(1) + "-C");
    }

    private void merge(Case from, Case into) {
        settlement.kit.say(
                Source.REGISTRY,
                Topics.participation(JINING),
                JINING.value(),
                from.person.value(),
                new PersonMergedV1("M-" + from.person, into.person, from.person, JINING, BusTestKit.START));
        until(() -> settlement
                .strings("select state from account_join where merged = ?", from.person.value())
                .equals(List.of("JOINED")));
    }
}
