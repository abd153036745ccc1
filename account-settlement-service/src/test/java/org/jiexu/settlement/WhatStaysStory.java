package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.settlement.Settlement.Reply;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.PayOutProgressedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** 留存余额: what stays is told to the registry, and paid out to the person by two of the agency (R2.10). */
@Tag("R2.10")
class WhatStaysStory {
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final Map<String, String> STANDING = new ConcurrentHashMap<>();
    private static final String PATH = "/api/v1/agency/370800/account-pay-outs/";

    private final Settlement here = Settlement.shared();
    private final Case leaving = here.newCase(JINING, CHANGSHA);

    @Test
    void anAccountThatItsOwnTransferEmptiesSaysNothingAndWhatComesAfterwardsIsTold() {
        leaving.balance("60.00").hold(1);
        leaving.untilSending("HELD").remit(1, "60.00");
        leaving.untilSending("REMITTED");
        var empty = here.newCase(JINING, CHANGSHA);
        empty.hold(1);
        empty.untilSending("EMPTY");

        later(leaving, "7.00");
        later(empty, "8.00");
        untilTold(empty, 1);
        untilTold(leaving, 1);

        assertThat(told(leaving)).containsExactly("7.00 CREDITED #1");
        assertThat(told(empty)).containsExactly("8.00 CREDITED #1");
    }

    @Test
    void whatThePersonChoseToLeaveIsToldAsChosenUntilANewApplicationLiftsIt() {
        leaving.balance("500.00").transferOut(wish(leaving, AccountWish.STAYS));
        untilTold(leaving, 1);

        var again = here.newCase(JINING, HANGZHOU);
        again.transferOut(new HoldRequestedV1(1, leaving.person, Scheme.EMPLOYEE));
        again.untilSending("HELD");
        untilTold(leaving, 2);
        again.transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        untilTold(leaving, 3);

        assertThat(told(leaving)).containsExactly("500.00 CHOSEN #1 chosen", "0.00 GONE #2", "500.00 RELEASED #3");
    }

    @Test
    void aCaseThatEndsWithoutATransferTakesTheChoiceBack() {
        leaving.balance("500.00").transferOut(wish(leaving, AccountWish.STAYS));
        untilTold(leaving, 1);

        leaving.transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        untilTold(leaving, 2);

        assertThat(told(leaving)).containsExactly("500.00 CHOSEN #1 chosen", "500.00 RELEASED #2");
        var kept = here.newCase(JINING, CHANGSHA).balance("20.00");
        kept.transferOut(wish(kept, AccountWish.PAID_OUT));
        kept.untilSending("KEPT").transferOut(new ReleaseOrderedV1(Instant.EPOCH));
        untilTold(kept, 1);
        assertThat(told(kept)).containsExactly("20.00 RELEASED #1");
    }

    @Test
    @Tag("R6.2")
    void theAccountOfAMergedRecordIsFollowedUnderTheKeptOne() {
        var kept = here.newCase(JINING, CHANGSHA);
        leaving.balance("40.00").transferOut(wish(leaving, AccountWish.STAYS));
        untilTold(leaving, 1);

        here.kit.say(
                Source.REGISTRY,
                Topics.participation(JINING),
                JINING.value(),
                leaving.person.value(),
                new PersonMergedV1(
                        "M-" + leaving.person.value(), kept.person, leaving.person, JINING, BusTestKit.START));
        untilTold(kept, 1);
        untilTold(leaving, 2);

        assertThat(told(kept)).containsExactly("40.00 CREDITED #1 chosen");
        assertThat(told(leaving)).containsExactly("40.00 CHOSEN #1 chosen", "0.00 GONE #2 chosen");
    }

    @Test
    @Tag("R11.5")
    void whatStayedIsPaidOutByTwoPersonsAndEachStepIsTold() {
        stayed("500.00");
        var asked = ask();
        assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
        var id = asked.body().path("id").asString();

        assertThat(approve(id, "r-1").code()).isEqualTo("NOT_PREPARED");
        assertThat(prepare(id).body().path("amount").asString()).isEqualTo("500.00");
        assertThat(ask().code()).isEqualTo("PAY_OUT_OPEN");
        assertThat(approve(id, "c-1").code()).isEqualTo("SAME_PERSON");
        assertThat(approve(id, "r-1").body().path("state").asString()).isEqualTo("PAID");
        assertThat(approve(id, "r-1").body().path("state").asString()).isEqualTo("PAID");

        assertThat(leaving.balanceAt(JINING)).isEqualTo(Fen.ZERO);
        assertThat(here.sum(JINING)).isEqualTo(Fen.ZERO);
        assertThat(here.strings("select count(*)::text from posting where business_key = 'payout:' || ?", id))
                .containsExactly("1");
        until(() -> steps().equals(List.of("ASKED 0.00", "PREPARED 500.00", "PAID 500.00")));
        untilTold(leaving, 2);
        assertThat(told(leaving)).containsExactly("500.00 CHOSEN #1 chosen", "0.00 GONE #2 chosen");
        assertThat(refuse(id).code()).isEqualTo("PAY_OUT_ENDED");
    }

    @Test
    void aPayOutIsRefusedWithEveryReasonAndAStopKeepsTheMoney() {
        leaving.balance("1.00");
        STANDING.put(leaving.person.value(), "SUSPENDED");
        payOutIs("false");
        var clerk = here.tokens.clerk("c-1", JINING);
        here.post(clerk, "/api/v1/agency/370800/accounts/" + leaving.person + "/freeze", "{\"reason\": \"court\"}");

        assertThat(ask().body().path("reasons").findValuesAsString("code"))
                .containsExactly("PAY_OUT_NOT_OFFERED", "RELATIONSHIP_NOT_ENDED", "ACCOUNT_FROZEN");

        here.post(clerk, "/api/v1/agency/370800/accounts/" + leaving.person + "/unfreeze", "{\"reason\": \"lifted\"}");
        stayed("");
        var id = ask().body().path("id").asString();
        prepare(id);
        here.post(clerk, "/api/v1/agency/370800/accounts/" + leaving.person + "/freeze", "{\"reason\": \"court\"}");
        assertThat(approve(id, "r-1").code()).isEqualTo("ACCOUNT_CANNOT_PAY");
        assertThat(leaving.balanceAt(JINING)).isEqualTo(Fen.parse("1.00"));
        assertThat(refuse(id).body().path("state").asString()).isEqualTo("REFUSED");
        until(() -> steps().equals(List.of("ASKED 0.00", "PREPARED 1.00", "REFUSED 0.00")));
    }

    @Test
    void nobodyElsesPayOutIsSeenAndNoneIsPaidPastTheRule() {
        stayed("5.00");
        var id = ask().body().path("id").asString();
        var path = "/api/v1/regions/370800/account-pay-outs/" + id;

        assertThat(here.get(here.tokens.person(leaving.person), path).status()).isEqualTo(200);
        assertThat(here.get(here.tokens.person(here.newCase(JINING, CHANGSHA).person), path)
                        .status())
                .isEqualTo(404);
        assertThat(here.post(here.tokens.clerk("c-9", CHANGSHA), PATH + id + "/preparation", "")
                        .status())
                .isEqualTo(404);
        assertThat(here.get(here.tokens.clerk("c-1", JINING), PATH.substring(0, PATH.length() - 1) + "?limit=200")
                        .body()
                        .path("items")
                        .findValuesAsString("id"))
                .contains(id);
        Assertions.assertThatThrownBy(() -> here.bean(JdbcClient.class)
                        .sql("insert into posting (region, business_key, made_at) values ('370800', 'payout:' || ?,"
                                + " now())")
                        .param(id)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("by two persons");
    }

    /** The relationship has ended, and that much is left. */
    private void stayed(String amount) {
        STANDING.put(leaving.person.value(), "TERMINATED");
        payOutIs("true");
        if (!amount.isEmpty()) {
            leaving.balance(amount).transferOut(wish(leaving, AccountWish.STAYS));
            leaving.untilSending("EMPTY");
            untilTold(leaving, 1);
        }
    }

    private void payOutIs(String value) {
        here.registry.answer("/internal/old-records", WhatStaysStory::record);
        here.kit.policy("account.payOut", JINING.value(), value);
        until(() -> String.valueOf(here.bean(Policies.class).paysOutWhatStays(JINING))
                .equals(value));
    }

    private static String record(String question) {
        var person = JsonMapper.shared().readTree(question).path("person").asString();
        return """
            {"person": "%s", "certificateType": "01", "certificateNumber": "990101199001010016", "name": "某人",
             "here": "%s", "records": []}
            """.formatted(person, STANDING.getOrDefault(person, "SUSPENDED"));
    }

    private Reply ask() {
        return here.create(
                here.tokens.person(leaving.person),
                "/api/v1/regions/370800/account-pay-outs",
                "{}",
                "pay-out-" + REQUESTS.incrementAndGet());
    }

    private Reply prepare(String id) {
        return here.post(here.tokens.clerk("c-1", JINING), PATH + id + "/preparation", "");
    }

    private Reply approve(String id, String by) {
        return here.post(here.tokens.reviewer(by, JINING), PATH + id + "/approval", "");
    }

    private Reply refuse(String id) {
        return here.post(here.tokens.reviewer("r-1", JINING), PATH + id + "/refusal", "{\"reason\": \"待核实\"}");
    }

    private static HoldRequestedV1 wish(Case of, AccountWish account) {
        return new HoldRequestedV1(1, of.person, Scheme.EMPLOYEE, account);
    }

    private void later(Case of, String amount) {
        var item = new ImportBalances.Item(of.person, Fen.parse(amount), false);
        here.bean(ImportBalances.class).run(JINING, "later-" + of.number, List.of(item), "loader");
    }

    private void untilTold(Case of, int times) {
        until(() -> told(of).size() == times);
    }

    private List<String> told(Case of) {
        return said(of.person, "account.left.v1").stream()
                .map(data -> WireJson.read(data, AccountLeftV1.class))
                .map(left -> left.amount() + " " + left.why() + " #" + left.change() + (left.chosen() ? " chosen" : ""))
                .toList();
    }

    private List<String> steps() {
        return said(leaving.person, "pay-out.progressed.v1").stream()
                .map(data -> WireJson.read(data, PayOutProgressedV1.class))
                .map(told -> told.step() + " " + told.amount())
                .toList();
    }

    private List<Bytes> said(PersonId person, String type) {
        return here.kit.events(Topics.participation(JINING), person.value()).stream()
                .filter(envelope -> envelope.type().equals(type))
                .map(envelope -> envelope.data())
                .toList();
    }
}
