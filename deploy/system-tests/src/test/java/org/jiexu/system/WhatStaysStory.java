package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.TransferCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What stays in the old region can be had: moved by a new application, paid out, or pushed, and the person knows of it. */
@Tag("R2.10")
@OnSharedPlatform
class WhatStaysStory {
    private static final AtomicLong SEED = new AtomicLong(81_001);
    private static final SampleRegion JINING = SampleRegion.JINING;
    private static final SampleRegion CHANGSHA = SampleRegion.CHANGSHA;

    private final Sandbox sandbox = Platform.shared();
    private final Door door = sandbox.door();
    private final InstantPeople people = new InstantPeople(sandbox);

    @Test
    void aBalanceThatStayedMovesWithANewApplicationAndNoMonthIsTakenTwice() {
        var person = Cases.movers(sandbox, 1, JINING, CHANGSHA).getFirst();
        long before = Cases.balance(sandbox, JINING.code(), person);
        long there = people.balances(person).getOrDefault(CHANGSHA.code().value(), 0L);
        var first = stays(person);
        assertThat(Cases.balance(sandbox, JINING.code(), person)).isEqualTo(before);

        var again = Cases.apply(sandbox, person, JINING, CHANGSHA);
        Cases.completes(again);

        assertThat(people.balances(person)).isEqualTo(Map.of(CHANGSHA.code().value(), there + before));
        assertThat(new Evidence(sandbox)
                        .query(
                                "registry",
                                "select distinct transferred_by from paid_period where region = '370800' and person = '"
                                        + person.person() + "'"))
                .containsExactly(first.number());
        var third = TransferCase.send(door, person, JINING.code(), CHANGSHA.code(), "again-" + person.person());
        assertThat(third.status()).isEqualTo(422);
        assertThat(third.body().path("reasons").findValuesAsString("code")).containsExactly("NOTHING_TO_TRANSFER");
        Cases.booksAreInOrder(sandbox);
    }

    @Test
    void aBalanceThatStayedIsPaidOutByTwoOfTheOldRegion() {
        var person = Cases.movers(sandbox, 1, JINING, CHANGSHA).getFirst();
        long before = Cases.balance(sandbox, JINING.code(), person);
        var elsewhere = new HashMap<>(people.balances(person));
        elsewhere.remove(JINING.code().value());
        stays(person);

        var id = door.create(
                        "person-" + person.person(),
                        "/api/v1/regions/370800/account-pay-outs",
                        Map.of(),
                        "pay-out-" + person.person())
                .expect(201)
                .text("id");
        var path = "/api/v1/agency/370800/account-pay-outs/" + id;
        door.post("clerk-370800", path + "/preparation", Map.of()).expect(200);
        assertThat(door.post("clerk-370800", path + "/approval", Map.of()).status())
                .isEqualTo(403);
        assertThat(door.post("reviewer-370800", path + "/approval", Map.of())
                        .expect(200)
                        .text("amount"))
                .isEqualTo("%d.%02d".formatted(before / 100, before % 100));

        assertThat(people.balances(person)).isEqualTo(elsewhere);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(texts(person)).anyMatch(text -> text.contains("已办结，支付金额")));
        Cases.booksAreInOrder(sandbox);
    }

    @Test
    @Tag("R6.4")
    @Tag("R7.6")
    void whatACorrectionBringsBackIsToldWithItsGroundAndPushedToWhereThePersonIsNow() {
        var person = people.leaver(CHANGSHA);
        long before = Cases.balance(sandbox, CHANGSHA.code(), person);
        people.enrol(person, SampleRegion.XIANGTAN);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430300", before)));
        var debt = "/api/v1/agency/430300/clearing/debts/" + people.number(person) + "-1/correction";
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(door.post("clerk-430300", debt, Map.of("reason", "重复划转"))
                                .status())
                        .isEqualTo(200));
        door.post("reviewer-430300", debt + "/approval", Map.of()).expect(200);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(
                        () -> assertThat(texts(person)).anyMatch(text -> text.contains("经省内清算冲正，已退回长沙市，原因：重复划转")));

        var pushed = push();

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430300", before)));
        var outcomes = door.get("clerk-430100", pushed).expect(200).body().path("outcomes");
        assertThat(outcomes.findValuesAsString("state")).contains("MOVED");
    }

    /** Leaves with the account staying, and has been told of it. */
    private TransferCase stays(SamplePerson person) {
        var application = new HashMap<>(TransferCase.application(person, JINING.code()));
        application.put("account", "STAYS");
        var number = door.create(
                        "person-" + person.person(),
                        "/api/v1/regions/430100/transfers",
                        application,
                        "stays-" + person.person())
                .expect(201)
                .text("number");
        var transfer = TransferCase.of(door, person, JINING.code(), CHANGSHA.code(), number);
        Cases.completes(transfer);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(texts(person)).anyMatch(text -> text.contains("留有余额")));
        return transfer;
    }

    private List<String> texts(SamplePerson person) {
        return door.get("person-" + person.person(), "/api/v1/messages?mine")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(message -> message.path("text").asString())
                .toList();
    }

    private String push() {
        var path = "/api/v1/agency/430100/left-over-balances";
        var begun = door.create(
                        "clerk-430100", path, Map.of("dryRun", false), "what-stays-push-" + SEED.incrementAndGet())
                .expect(202);
        var here = path + "/" + begun.text("id");
        await().atMost(Cases.PATIENCE).until(() -> body(here).path("done").asBoolean());
        return here;
    }

    private JsonNode body(String path) {
        return door.get("clerk-430100", path).expect(200).body();
    }
}
