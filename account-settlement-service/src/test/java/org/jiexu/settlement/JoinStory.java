package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.settlement.postgres.JoinStore;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** 济宁 had two records of one person, and an account for each. */
@Tag("R6.2")
class JoinStory {
    private final Settlement here = Settlement.shared();

    /** The one who stays, and the one who becomes another name of him. */
    private final Case kept = here.newCase(JINING, HANGZHOU);

    private final Case merged = here.newCase(JINING, HANGZHOU);

    private void merge() {
        merge(kept, merged);
    }

    private void merge(Case into, Case from) {
        here.kit.say(
                Source.REGISTRY,
                Topics.participation(JINING),
                JINING.value(),
                from.person.value(),
                new PersonMergedV1("M-" + from.person.value(), into.person, from.person, JINING, BusTestKit.START));
    }

    private void untilJoined(Case from) {
        until(() -> here.strings("select state from account_join where merged = ?", from.person.value())
                .equals(List.of("JOINED")));
    }

    private void untilWaits(Case from, String reason, int times) {
        until(() -> here.strings("select reason from parked_input where subject = ?", from.person.value())
                .equals(Collections.nCopies(times, reason)));
    }

    private List<String> postings() {
        return here.strings(
                "select business_key from posting where business_key like 'join:' || ? || ':%' order by id",
                merged.person.value());
    }

    private List<Fen> balances() {
        return List.of(kept.balanceAt(JINING), merged.balanceAt(JINING));
    }

    @Test
    void isOneBalanceForTheNextHoldHoweverOftenTheMergeIsTold() {
        kept.balance("10.00");
        merged.balance("5.00");

        merge();
        untilJoined(merged);
        merge();
        // The case still names the record that is no more.
        kept.transferOut(new HoldRequestedV1(1, merged.person, Scheme.EMPLOYEE));
        kept.untilSending("HELD");

        assertThat(kept.said(JINING, "held", HeldV1.class).amount()).isEqualTo(Fen.parse("15.00"));
        assertThat(balances()).containsExactly(Fen.parse("15.00"), Fen.ZERO);
        assertThat(postings()).containsExactly("join:" + merged.person.value() + ":1");
        assertThat(here.sum(JINING)).isEqualTo(Fen.ZERO);
        kept.remit(1, "15.00");
        kept.untilSending("REMITTED");
        assertThat(balances()).containsExactly(Fen.ZERO, Fen.ZERO);
    }

    @Test
    void waitsForAHoldAndComesWhenItEnds() {
        kept.balance("10.00");
        merged.balance("5.00");
        kept.hold(1);
        kept.untilSending("HELD");

        merge();
        merge();

        untilWaits(merged, "one of the two accounts is held for a case", 2);
        assertThat(kept.said(JINING, "held", HeldV1.class).amount()).isEqualTo(Fen.parse("10.00"));
        assertThat(balances()).containsExactly(Fen.parse("10.00"), Fen.parse("5.00"));
        kept.transferOut(new ReleaseOrderedV1(BusTestKit.START));
        untilJoined(merged);
        until(() -> here.strings("select id from parked_input where subject = ?", merged.person.value())
                .isEmpty());
        assertThat(balances()).containsExactly(Fen.parse("15.00"), Fen.ZERO);
        assertThat(postings()).hasSize(1);
    }

    @Test
    void waitsForAStopAndNothingIsStatedMeanwhile() {
        kept.balance("10.00");
        merged.balance("5.00");
        var clerk = here.tokens.clerk("c-1", JINING);
        var account = "/api/v1/agency/370800/accounts/" + merged.person.value();
        here.post(clerk, account + "/freeze", "{\"reason\": \"待核实\"}");

        merge();
        untilWaits(merged, "one of the two accounts is stopped", 1);
        kept.hold(1);
        kept.untilSending("REFUSED");
        here.post(clerk, account + "/unfreeze", "{\"reason\": \"已核实\"}");
        untilJoined(merged);
        kept.hold(2);
        kept.untilSending("HELD");

        assertThat(kept.said(JINING, "hold-refused", HoldRefusedV1.class)
                        .reason()
                        .code())
                .isEqualTo("POSTING_PENDING");
        assertThat(kept.said(JINING, "held", HeldV1.class).amount()).isEqualTo(Fen.parse("15.00"));
    }

    @Test
    void isFollowedByWhatStillComesForTheMergedRecordAlsoThroughTwoMerges() {
        var last = here.newCase(JINING, HANGZHOU);
        merge();
        untilJoined(merged);
        merge(last, kept);
        untilJoined(kept);

        merged.balance("5.00");
        kept.balance("2.00");

        assertThat(last.balanceAt(JINING)).isEqualTo(Fen.parse("7.00"));
        assertThat(balances()).containsExactly(Fen.ZERO, Fen.ZERO);
        var seen = here.get(here.tokens.person(merged.person), "/api/v1/regions/370800/persons/me/account");
        assertThat(seen.body().path("balance").asString()).isEqualTo("7.00");
        assertThat(seen.body().path("person").asString()).isEqualTo(last.person.value());
        assertThat(here.sum(JINING)).isEqualTo(Fen.ZERO);
    }

    /** Another instance hears the second merge while money comes for the first record. */
    @Test
    void whatComesWhileTheRecordIsMergedOnFollowsToTheNewEnd() {
        var last = here.newCase(JINING, HANGZHOU);
        merge();
        untilJoined(merged);
        var joins = here.bean(JoinStore.class);
        var said = new PersonMergedV1("M-" + kept.person, last.person, kept.person, JINING, BusTestKit.START);

        var booked = here.bean(TransactionTemplate.class).execute(_ -> {
            joins.lockRecord(JINING, kept.person);
            joins.joined(joins.lock(JINING, said, last.person, BusTestKit.START), last.person, BusTestKit.START);
            var booking = CompletableFuture.runAsync(() -> merged.balance("5.00"));
            until(() -> booking.isDone() || here.somebodyWaitsForALock());
            return booking;
        });
        booked.join();

        assertThat(last.balanceAt(JINING)).isEqualTo(Fen.parse("5.00"));
        assertThat(balances()).containsExactly(Fen.ZERO, Fen.ZERO);
    }

    @Test
    void aChainIsWholeBeforeAnythingIsStatedAndGoesOnWhenItsEndIsFreed() {
        var last = here.newCase(JINING, HANGZHOU).balance("20.00");
        kept.balance("10.00");
        merged.balance("5.00");
        freeze(merged);
        merge();
        untilWaits(merged, "one of the two accounts is stopped", 1);
        merge(last, kept);
        untilJoined(kept);

        last.hold(1);
        last.untilSending("REFUSED");
        freeze(last);
        unfreeze(merged);
        assertThat(here.strings("select state from account_join where merged = ?", merged.person.value()))
                .containsExactly("WAITING");
        unfreeze(last);
        untilJoined(merged);
        last.hold(2);
        last.untilSending("HELD");

        assertThat(last.said(JINING, "hold-refused", HoldRefusedV1.class)
                        .reason()
                        .code())
                .isEqualTo("POSTING_PENDING");
        assertThat(last.said(JINING, "held", HeldV1.class).amount()).isEqualTo(Fen.parse("35.00"));
        assertThat(balances()).containsExactly(Fen.ZERO, Fen.ZERO);
    }

    @Test
    void aCircleIsRefusedAlsoWhereItStillWaits() {
        merged.balance("5.00");
        freeze(merged);
        merge();
        untilWaits(merged, "one of the two accounts is stopped", 1);

        merge(merged, kept);

        until(() -> here.strings("select reason from quarantined where record_key = ?", kept.person.value())
                .equals(List.of("the two would lead to each other")));
    }

    private void freeze(Case of) {
        stop(of, "freeze");
    }

    private void unfreeze(Case of) {
        stop(of, "unfreeze");
    }

    private void stop(Case of, String what) {
        var path = "/api/v1/agency/370800/accounts/" + of.person.value() + "/" + what;
        assertThat(here.post(here.tokens.clerk("c-1", JINING), path, "{\"reason\": \"待核实\"}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void isRefusedWhereItContradictsAnEarlierOne() {
        var other = here.newCase(JINING, HANGZHOU);
        merge();
        untilJoined(merged);

        merge(other, merged);
        merge(merged, kept);

        until(() -> here.strings(
                        "select reason from quarantined where record_key in (?, ?) order by reason",
                        merged.person.value(),
                        kept.person.value())
                .equals(List.of("the record was merged with another one before", "the two would lead to each other")));
    }
}
