package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole cases as the settlements of both regions see them, told in order. */
class SettlementStory {
    private final Settlement settlement = Settlement.shared();

    @Test
    @Tag("43-art-8")
    @Tag("43-art-9")
    void moneyLeavesTheOldRegionWaitsForTheSheetAndIsCreditedOnce() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("1234.56");

        moving.hold(1);
        moving.untilSending("HELD");
        assertThat(moving.types(JINING, 2)).containsExactly("hold-requested", "held");
        assertThat(moving.said(JINING, "held", HeldV1.class)).isEqualTo(new HeldV1(1, Fen.parse("1234.56")));

        moving.remit(1, "1234.56");
        moving.untilSending("REMITTED").untilArrival(1, "HERE");
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.ZERO);
        var waiting = settlement.bean(Deadlines.class).of(moving.number.value()).getFirst();
        // Another story may have moved the clock.
        var fifteenDays = settlement.bean(Directory.class).workingDays(CHANGSHA).term(waiting.startedAt(), 15);
        assertThat(waiting.dueOn()).isEqualTo(fifteenDays.dueOn());

        moving.creditOrdered("1234.56");
        moving.untilArrival(1, "CREDITED").untilSending("SETTLED");
        assertThat(moving.types(JINING, 4)).containsExactly("hold-requested", "held", "remit-ordered", "credited");
        assertThat(moving.types(CHANGSHA, 3)).containsExactly("remitted", "credit-ordered", "credited");
        assertThat(moving.said(CHANGSHA, "remitted", BalanceRemittedV1.class))
                .isEqualTo(new BalanceRemittedV1(moving.remittance(1), Fen.parse("1234.56"), JINING));
        assertThat(moving.postings()).containsExactly("remit:1", "arrive:1", "credit:1");
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("1234.56"));
        assertThat(List.of(settlement.sum(JINING), settlement.sum(CHANGSHA))).containsOnly(Fen.ZERO);
        assertThat(settlement.bean(Deadlines.class).of(moving.number.value()))
                .extracting(DeadlineView::status)
                .containsExactly(DeadlineView.Status.MET);
    }

    @Test
    void anEmptyAccountHasNothingToMove() {
        var moving = settlement.newCase(JINING, CHANGSHA);

        moving.hold(1);

        moving.untilSending("EMPTY");
        moving.types(JINING, 2);
        assertThat(moving.said(JINING, "held", HeldV1.class)).isEqualTo(new HeldV1(1, Fen.ZERO));
        moving.transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        moving.untilSending("RELEASED");
    }

    @Test
    void aFrozenAccountIsHeldWhenItIsFreeAgain() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("50.00");
        var clerk = settlement.tokens.clerk("c-1", JINING);
        var account = "/api/v1/agency/370800/accounts/" + moving.person;
        assertThat(settlement
                        .post(clerk, account + "/freeze", "{\"reason\": \"法院冻结\"}")
                        .status())
                .isEqualTo(204);

        moving.hold(1);
        moving.untilSending("REFUSED");
        moving.types(JINING, 2);
        assertThat(moving.said(JINING, "hold-refused", HoldRefusedV1.class)
                        .reason()
                        .code())
                .isEqualTo("ACCOUNT_FROZEN");

        settlement.post(clerk, account + "/unfreeze", "{\"reason\": \"解除\"}");
        moving.hold(2);
        moving.untilSending("HELD");
        moving.transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        moving.untilSending("RELEASED");
        assertThat(settlement.get(clerk, account).body().path("held").asString())
                .isEqualTo("0.00");
    }

    @Test
    @Tag("R3.2")
    void whatDoesNotFitGoesBackOnTheWordOfTwoPersonsAndComesAgain() {
        var moving = settlement.newCase(HANGZHOU, CHANGSHA);
        moving.creditOrdered("100.00");
        moving.untilOrder("DUE");
        moving.otherSettlement(new BalanceRemittedV1(moving.remittance(1), Fen.parse("99.00"), HANGZHOU));
        moving.untilArrival(1, "SUSPENDED");
        assertThat(moving.types(CHANGSHA, 3)).containsExactly("credit-ordered", "remitted", "suspended");
        assertThat(moving.said(CHANGSHA, "suspended", SuspendedV1.class))
                .isEqualTo(new SuspendedV1(moving.remittance(1), Fen.parse("99.00"), SuspenseReason.AMOUNT));

        var back = "/api/v1/agency/430100/suspense/" + moving.remittance(1) + "/send-back";
        var clerk = settlement.tokens.clerk("c-1", CHANGSHA);
        var sameAsReviewer = settlement.tokens.reviewer("c-1", CHANGSHA);
        var reviewer = settlement.tokens.reviewer("r-1", CHANGSHA);
        assertThat(settlement.post(reviewer, back + "/approval", "").code()).isEqualTo("NOT_PREPARED");
        assertThat(settlement
                        .post(settlement.tokens.clerk("c-2", JINING), back, "")
                        .status())
                .isEqualTo(404);
        assertThat(settlement.post(clerk, back, "").body().path("state").asString())
                .isEqualTo("PREPARED");
        assertThat(settlement.post(clerk, back + "/approval", "").status()).isEqualTo(403);
        assertThat(settlement.post(sameAsReviewer, back + "/approval", "").code())
                .isEqualTo("SAME_PERSON");
        assertThat(settlement
                        .post(reviewer, back + "/approval", "")
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("DONE");
        assertThat(settlement.post(reviewer, back + "/approval", "").status()).isEqualTo(200);

        assertThat(moving.types(HANGZHOU, 1)).containsExactly("returned");
        assertThat(moving.said(HANGZHOU, "returned", ReturnedV1.class))
                .isEqualTo(new ReturnedV1(moving.remittance(1), Fen.parse("99.00"), "AMOUNT", true));
        moving.otherSettlement(new BalanceRemittedV1(moving.remittance(2), Fen.parse("100.00"), HANGZHOU));
        moving.untilArrival(2, "CREDITED");
        assertThat(moving.types(HANGZHOU, 2)).containsExactly("returned", "credited");
        assertThat(moving.said(CHANGSHA, "credited", CreditedV1.class))
                .isEqualTo(new CreditedV1(moving.remittance(2), Fen.parse("100.00")));
        assertThat(moving.postings()).containsExactly("arrive:1", "sendback:1", "arrive:2", "credit:2");
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("100.00"));
    }

    @Test
    void moneyThatComesBackIsHeldAndRemittedAgain() {
        var moving = settlement.newCase(JINING, HANGZHOU).balance("80.00");
        moving.hold(1);
        moving.remit(1, "80.00");
        moving.untilSending("REMITTED");

        moving.otherSettlement(new ReturnedV1(moving.remittance(1), Fen.parse("80.00"), "AMOUNT", true));
        moving.untilSending("HELD");
        moving.remit(2, "80.00");
        moving.untilSending("REMITTED");
        moving.otherSettlement(new CreditedV1(moving.remittance(2), Fen.parse("80.00")));

        moving.untilSending("SETTLED");
        assertThat(moving.postings()).containsExactly("remit:1", "home:1", "remit:2");
        assertThat(moving.types(HANGZHOU, 2)).containsExactly("remitted", "remitted");
    }

    @Test
    @Tag("R3.9")
    void moneyOfACaseThatWasDeclinedComesHome() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("70.00");
        moving.hold(1);
        moving.remit(1, "70.00");
        moving.untilArrival(1, "HERE");

        moving.transferIn(new NotDueV1(NotDueReason.DECLINED));

        moving.untilArrival(1, "SENT_BACK").untilSending("HOME");
        assertThat(moving.postings()).containsExactly("remit:1", "arrive:1", "sendback:1", "home:1");
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.parse("70.00"));
        assertThat(moving.types(CHANGSHA, 2)).containsExactly("remitted", "not-due");
    }

    @Test
    void ordersInAnyOrderReachTheSameEnd() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("60.00");
        moving.creditOrdered("60.00");
        moving.remit(1, "60.00");
        until(() -> moving.parked().equals(List.of("balance.remit-ordered.v1")));

        moving.hold(1);

        moving.untilSending("SETTLED").untilArrival(1, "CREDITED");
        assertThat(moving.parked()).isEmpty();
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("60.00"));
    }

    @Test
    void whatOthersMayNotSayIsQuarantinedAndThePartitionMovesOn() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("40.00");
        moving.hold(1);
        moving.untilSending("HELD");

        moving.say(HANGZHOU, ServiceName.TRANSFER_OUT, JINING, new ReleaseOrderedV1(Instant.EPOCH));
        moving.say(
                HANGZHOU,
                ServiceName.SETTLEMENT,
                CHANGSHA,
                new BalanceRemittedV1(moving.remittance(1), Fen.parse("40.00"), JINING));
        until(() -> settlement
                        .strings("select reason from quarantined where record_key = ?", moving.number.value())
                        .size()
                == 2);

        moving.transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        moving.untilSending("RELEASED");
        assertThat(moving.postings()).isEmpty();
    }

    @Test
    void everythingTwiceAndFromTheStartChangesNothing() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("30.00");
        moving.hold(1);
        moving.remit(1, "30.00");
        moving.creditOrdered("30.00");
        moving.untilSending("SETTLED");
        untilQuiet();
        var before = settlement.everything();

        sayAgain(moving);
        moving.hold(1);
        moving.remit(1, "30.00");
        moving.creditOrdered("30.00");
        untilQuiet();
        assertThat(settlement.everything()).isEqualTo(before);

        settlement
                .bean(JdbcClient.class)
                .sql("update topic_offset set next = 0 where topic in ('platform.balance.370800',"
                        + " 'platform.balance.430100')")
                .update();
        sayAgain(moving);
        untilQuiet();
        assertThat(settlement.everything()).isEqualTo(before);
    }

    /** The same bytes once more. */
    private void sayAgain(Settlement.Case moving) {
        for (var region : List.of(JINING, CHANGSHA)) {
            var topic = Topics.balance(region);
            for (var said : settlement.kit.events(topic, moving.number.value())) {
                settlement.kit.send(EnvelopeHeaders.toRecord(topic, said));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settlement.before-remit-commit",
                "settlement.after-remit",
                "settlement.before-credit-commit",
                "settlement.after-credit",
                "settlement.before-return-commit"
            })
    void cutOffAtAnyPointTheMoneyMovesOnce(String point) {
        boolean back = point.contains("return");
        var moving = settlement.newCase(JINING, CHANGSHA).balance("20.00");
        settlement.bean(CrashPoints.class).arm(point, 1, () -> {
            throw new IllegalStateException("cut off at " + point);
        });

        moving.hold(1);
        moving.remit(1, "20.00");
        if (back) {
            moving.transferIn(new NotDueV1(NotDueReason.WITHDRAWN));
        } else {
            moving.creditOrdered("20.00");
        }

        moving.untilSending(back ? "HOME" : "SETTLED");
        settlement.bean(CrashPoints.class).disarm();
        assertThat(moving.postings())
                .isEqualTo(
                        back
                                ? List.of("remit:1", "arrive:1", "sendback:1", "home:1")
                                : List.of("remit:1", "arrive:1", "credit:1"));
        assertThat(moving.balanceAt(back ? JINING : CHANGSHA)).isEqualTo(Fen.parse("20.00"));
        assertThat(List.of(settlement.sum(JINING), settlement.sum(CHANGSHA))).containsOnly(Fen.ZERO);
    }

    /** Everything said has been published, and everything published has been read. */
    private void untilQuiet() {
        until(() -> settlement.strings("select 'pending' from outbox").isEmpty()
                && settlement
                        .strings("select next from topic_offset where topic like 'platform.balance.%' order by topic")
                        .equals(Settlement.HOSTED.stream().map(this::size).toList()));
    }

    private String size(RegionCode region) {
        return String.valueOf(settlement.kit.records(Topics.balance(region)).size());
    }

    @Test
    void theDoorTellsAgencyAndPersonWhatTheyMaySee() {
        var moving = settlement.newCase(JINING, CHANGSHA);
        var clerk = settlement.tokens.clerk("c-1", JINING);
        var path = "/api/v1/agency/370800/accounts/import";
        var loader = settlement.tokens.service("sandbox");
        var batch =
                "{\"batch\": \"2026-09\", \"items\": [{\"person\": \"" + moving.person + "\", \"amount\": \"%s\"}]}";

        assertThat(settlement
                        .post(loader, path, batch.formatted("12.30"))
                        .body()
                        .path("posted")
                        .asInt())
                .isEqualTo(1);
        assertThat(settlement
                        .post(loader, path, batch.formatted("12.30"))
                        .body()
                        .path("alreadyDone")
                        .asInt())
                .isEqualTo(1);
        assertThat(settlement.post(loader, path, batch.formatted("12.31")).code())
                .isEqualTo("BATCH_DIFFERS");
        assertThat(settlement.post(loader, path, batch.formatted("12.3")).status())
                .isEqualTo(400);
        assertThat(settlement.post(loader, path, batch.formatted("-1.00")).status())
                .isEqualTo(400);

        var own = settlement.get(settlement.tokens.person(moving.person), "/api/v1/regions/370800/persons/me/account");
        assertThat(own.body().path("balance").asString()).isEqualTo("12.30");
        var other = settlement.tokens.clerk("c-2", CHANGSHA);
        assertThat(settlement
                        .get(other, "/api/v1/agency/370800/accounts/" + moving.person)
                        .status())
                .isEqualTo(404);
        assertThat(settlement.get(other, "/api/v1/agency/370800/ledger/summary").status())
                .isEqualTo(404);
        var summary = settlement.get(clerk, "/api/v1/agency/370800/ledger/summary?limit=1");
        assertThat(summary.body().path("sum").asString()).isEqualTo("0.00");
        assertThat(settlement.get(clerk, "/api/v1/agency/370800/suspense").status())
                .isEqualTo(200);
    }
}
