package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** 免申即转 and 秒到账 on the whole platform: 湖南 by itself, 浙江 up to its limit, on application, and what stands in the way. */
@Tag("R6.1")
@OnSharedPlatform
class InstantStory {
    private static final AtomicLong SEED = new AtomicLong(71_001);

    private final Sandbox sandbox = Platform.shared();
    private final Door door = sandbox.door();
    private final InstantPeople people = new InstantPeople(sandbox);

    @Test
    @Tag("R6.5")
    void enrollingInZhuzhouBringsTheRecordInChangshaAlong() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        people.enrol(person, SampleRegion.ZHUZHOU);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430200", before)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.statuses(person)).containsExactly("COMPLETED"));
        var number = people.number(person);
        var shown = door.get("person-" + person.person(), "/api/v1/transfers/" + number)
                .expect(200);
        assertThat(shown.body().path("steps").findValuesAsString("step"))
                .startsWith("SUBMITTED", "ACCEPTED")
                .endsWith("COMPLETED");
        assertThat(people.debts(number)).isEqualTo(1);
        assertThat(people.row(person, "430200")).containsExactly("DONE");
        assertThat(people.looks(person, "430200")).containsExactly("1");
        // R10.2: the person is told.
        assertThat(door.get("person-" + person.person(), "/api/v1/messages?mine")
                        .expect(200)
                        .body()
                        .toString())
                .contains(number);
        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
    }

    /** ADR 0009: whichever region comes first, the balance is in one place and nothing hangs. */
    @Test
    void enrolledInTwoRegionsAtOnceTheBalanceIsInOnePlaceAndFollowsThePerson() throws Exception {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var region : List.of(SampleRegion.ZHUZHOU, SampleRegion.XIANGTAN, SampleRegion.ZHUZHOU)) {
                threads.execute(() -> people.enrol(person, region));
            }
        }
        await().atMost(Cases.PATIENCE).untilAsserted(() -> {
            assertThat(people.balances(person)).doesNotContainKey("430100");
            assertThat(people.balances(person).values()).containsExactly(before);
        });
        var first = people.balances(person).keySet().iterator().next();
        var other = first.equals("430200") ? SampleRegion.XIANGTAN : SampleRegion.ZHUZHOU;
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.incoming(person)).containsExactly("COMPLETED"));
        people.change("suspend", person, first);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person))
                        .isEqualTo(Map.of(other.code().value(), before)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.incoming(person)).containsExactly("COMPLETED", "COMPLETED"));
        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
    }

    @Test
    void anActiveOldRecordFollowsWhenItIsSuspended() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        people.change("resume", person, "430100");

        people.enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE).until(() -> people.row(person, "430200").equals(List.of("WAITING")));
        assertThat(people.balances(person)).isEqualTo(Map.of("430100", before));
        people.change("suspend", person, "430100");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.6")
    void aFrozenBalanceHoldsTheCaseAndItIsAtOnceAgainWhenItIsFree() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        var account = "/api/v1/agency/430100/accounts/" + person.person();
        door.post("clerk-430100", account + "/freeze", Map.of("reason", "医疗费用核查"))
                .expect(204);

        people.enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.outgoing(person)).containsExactly("HOLD_REFUSED"));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.statuses(person)).containsExactly("ACCEPTED"));
        door.post("clerk-430100", account + "/unfreeze", Map.of("reason", "核查完毕"))
                .expect(204);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.6")
    void theOldRegionMayBeDownAndTheCaseGoesOnWhenItIsBack() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        sandbox.services().stop("transfer-out");
        people.enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.statuses(person)).containsExactly("ACCEPTED"));
        sandbox.services().start("transfer-out");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.3")
    void inZhejiangTenThousandYuanGoAtOnceAndOneFenMoreIsReviewed() {
        var within = people.leaver(SampleRegion.HANGZHOU, "10000.00");
        var above = people.leaver(SampleRegion.HANGZHOU, "10000.01");

        people.enrol(within, SampleRegion.NINGBO);
        people.enrol(above, SampleRegion.NINGBO);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(within)).isEqualTo(Map.of("330200", 1_000_000L)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.incoming(above)).containsExactly("RECEIVED"));
        var number = people.number(above);
        assertThat(reviewBy(number))
                .containsExactly(nextWorkingDay(people.today()).toString());
        door.post(
                        "clerk-330200",
                        "/api/v1/agency/330200/transfers-in/" + number + "/confirmation",
                        Map.of("version", 1))
                .expect(200);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(above)).isEqualTo(Map.of("330200", 1_000_001L)));
    }

    private List<String> reviewBy(String number) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select due_on from deadline where case_key = '" + number
                                + "' and kind = 'REVIEW' and status = 'OPEN'");
    }

    /** By the published calendar of 2026, read with other eyes than the service's. */
    private static LocalDate nextWorkingDay(LocalDate today) {
        var off = List.of(
                "01-01", "05-01", "05-02", "09-25", "09-26", "09-27", "10-01", "10-02", "10-03", "10-04", "10-05",
                "10-06", "10-07");
        var worked = List.of("09-20", "10-10");
        var day = today.plusDays(1);
        while (off.contains(monthAndDay(day)) || (isWeekend(day) && !worked.contains(monthAndDay(day)))) {
            day = day.plusDays(1);
        }
        return day;
    }

    private static String monthAndDay(LocalDate day) {
        return day.toString().substring(5);
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek().getValue() > 5;
    }

    @Test
    @Tag("R6.2")
    void onApplicationThePersonSeesChoosesAndHasTheMoneyInTheSameCall() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        // Imported, not enrolled: nothing starts by itself.
        people.importInsured(person, SampleRegion.ZHUZHOU);

        var seen = door.get("person-" + person.person(), "/api/v1/regions/430200/persons/me/old-records")
                .expect(200)
                .body()
                .at("/records/0");
        assertThat(seen.path("region").asString()).isEqualTo("430100");
        assertThat(seen.path("transferable").asBoolean()).isTrue();
        assertThat(seen.path("balance").asString()).isEqualTo(yuan(before));
        var answer = door.create(
                "person-" + person.person(),
                "/api/v1/regions/430200/instant-transfers",
                Map.of(
                        "regions",
                        List.of("430100"),
                        "identification",
                        Map.of("method", "FACE"),
                        "agreement",
                        Map.of("version", "2026-01")),
                "instant-" + person.person());

        assertThat(answer.status()).isIn(201, 202);
        var id = answer.text("id");
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() ->
                        assertThat(request(person, id).path("done").asBoolean()).isTrue());
        var receipt = request(person, id).at("/transfers/0/receipt");
        assertThat(receipt.path("amount").asString()).isEqualTo(yuan(before));
        assertThat(receipt.path("to").asString()).contains("株洲");
        assertThat(people.balances(person)).isEqualTo(Map.of("430200", before));
    }

    @Test
    @Tag("R6.4")
    void whatAnEarlierMoveLeftBehindIsPushedToWhereThePersonIsInsuredNow() {
        var person = people.leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        people.change("terminate", person, "430100");
        people.importInsured(person, SampleRegion.XIANGTAN);

        var counted = push(true);
        assertThat(counted.path("byRegion").findValuesAsString("receiving")).contains("430300");
        assertThat(people.balances(person)).isEqualTo(Map.of("430100", before));
        push(false);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(person)).isEqualTo(Map.of("430300", before)));
    }

    private JsonNode push(boolean dryRun) {
        var path = "/api/v1/agency/430100/left-over-balances";
        var begun = door.create("clerk-430100", path, Map.of("dryRun", dryRun), "left-over-" + SEED.incrementAndGet())
                .expect(202);
        await().atMost(Cases.PATIENCE)
                .until(() -> door.get("clerk-430100", path + "/" + begun.text("id"))
                        .body()
                        .path("done")
                        .asBoolean());
        return door.get("clerk-430100", path + "/" + begun.text("id")).body();
    }

    /** A province's practice is configuration with a date, not code (rulebook 13). */
    @Test
    @Tag("R13.1")
    void aPolicyDatedInTheFutureHoldsFromItsDayOn() {
        var today = people.today();
        people.policy("330100", "instant.automaticSince", "", "2020-01-01");
        people.policy(
                "330100",
                "instant.automaticSince",
                "2022-09-01",
                today.plusDays(1).toString());
        people.policiesAreRead();
        var evening = people.leaver(SampleRegion.NINGBO, "500.00");
        var nextDay = people.leaver(SampleRegion.NINGBO, "600.00");
        await().atMost(Cases.PATIENCE)
                .until(() ->
                        people.directory("330100", "instant.automaticSince").size() == 2);

        people.enrol(evening, SampleRegion.HANGZHOU);
        Cases.isQuiet(sandbox);
        assertThat(people.row(evening, "330100")).isEmpty();
        people.moveClock(today.plusDays(1));
        people.enrol(nextDay, SampleRegion.HANGZHOU);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(people.balances(nextDay)).isEqualTo(Map.of("330100", 60_000L)));
        assertThat(people.balances(evening)).isEqualTo(Map.of("330200", 50_000L));
    }

    private JsonNode request(SamplePerson person, String id) {
        return door.get("person-" + person.person(), "/api/v1/regions/430200/instant-transfers/" + id)
                .expect(200)
                .body();
    }

    private static String yuan(long fen) {
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }
}
