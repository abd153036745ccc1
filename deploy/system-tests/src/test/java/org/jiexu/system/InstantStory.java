package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.wire.vocabulary.Fen;
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

    @Test
    @Tag("R6.5")
    void enrollingInZhuzhouBringsTheRecordInChangshaAlong() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        enrol(person, SampleRegion.ZHUZHOU);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person)).isEqualTo(Map.of("430200", before)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(statuses(person)).containsExactly("COMPLETED"));
        var number = mine(person).getFirst().path("number").asString();
        var shown = door.get("person-" + person.person(), "/api/v1/transfers/" + number)
                .expect(200);
        assertThat(shown.body().path("steps").findValuesAsString("step"))
                .startsWith("SUBMITTED", "ACCEPTED")
                .endsWith("COMPLETED");
        assertThat(debts(number)).isEqualTo(1);
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
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var region : List.of(SampleRegion.ZHUZHOU, SampleRegion.XIANGTAN, SampleRegion.ZHUZHOU)) {
                threads.execute(() -> enrol(person, region));
            }
        }
        await().atMost(Cases.PATIENCE).untilAsserted(() -> {
            assertThat(balances(person)).doesNotContainKey("430100");
            assertThat(balances(person).values()).containsExactly(before);
        });
        var first = balances(person).keySet().iterator().next();
        var other = first.equals("430200") ? SampleRegion.XIANGTAN : SampleRegion.ZHUZHOU;
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(ends(person)).containsExactly("COMPLETED"));
        change("suspend", person, first);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person))
                        .isEqualTo(Map.of(other.code().value(), before)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(ends(person)).containsExactly("COMPLETED", "COMPLETED"));
        Cases.isQuiet(sandbox);
        Cases.booksAreInOrder(sandbox);
    }

    @Test
    void anActiveOldRecordFollowsWhenItIsSuspended() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        change("resume", person, "430100");

        enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE).until(() -> row(person, "430200").equals(List.of("WAITING")));
        assertThat(balances(person)).isEqualTo(Map.of("430100", before));
        change("suspend", person, "430100");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.6")
    void aFrozenBalanceHoldsTheCaseAndItIsAtOnceAgainWhenItIsFree() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        var account = "/api/v1/agency/430100/accounts/" + person.person();
        door.post("clerk-430100", account + "/freeze", Map.of("reason", "医疗费用核查"))
                .expect(204);

        enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(outgoing(person)).containsExactly("HOLD_REFUSED"));
        assertThat(statuses(person)).containsExactly("ACCEPTED");
        door.post("clerk-430100", account + "/unfreeze", Map.of("reason", "核查完毕"))
                .expect(204);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.6")
    void theOldRegionMayBeDownAndTheCaseGoesOnWhenItIsBack() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);

        sandbox.services().stop("transfer-out");
        enrol(person, SampleRegion.ZHUZHOU);
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(statuses(person)).containsExactly("ACCEPTED"));
        sandbox.services().start("transfer-out");

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person)).isEqualTo(Map.of("430200", before)));
    }

    @Test
    @Tag("R6.3")
    void inZhejiangTenThousandYuanGoAtOnceAndOneFenMoreIsReviewed() {
        var within = leaver(SampleRegion.HANGZHOU, "10000.00");
        var above = leaver(SampleRegion.HANGZHOU, "10000.01");

        enrol(within, SampleRegion.NINGBO);
        enrol(above, SampleRegion.NINGBO);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(within)).isEqualTo(Map.of("330200", 1_000_000L)));
        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(incoming(above)).containsExactly("RECEIVED"));
        var number = mine(above).getFirst().path("number").asString();
        assertThat(new Evidence(sandbox)
                        .query(
                                "transfer_in",
                                "select kind from deadline where case_key = '" + number
                                        + "' and status = 'OPEN' order by kind"))
                .contains("REVIEW");
        door.post(
                        "clerk-330200",
                        "/api/v1/agency/330200/transfers-in/" + number + "/confirmation",
                        Map.of("version", 1))
                .expect(200);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(above)).isEqualTo(Map.of("330200", 1_000_001L)));
    }

    @Test
    @Tag("R6.2")
    void onApplicationThePersonSeesChoosesAndHasTheMoneyInTheSameCall() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        // Imported, not enrolled: nothing starts by itself.
        importInsured(person, SampleRegion.ZHUZHOU);

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
        assertThat(balances(person)).isEqualTo(Map.of("430200", before));
    }

    @Test
    @Tag("R6.4")
    void whatAnEarlierMoveLeftBehindIsPushedToWhereThePersonIsInsuredNow() {
        var person = leaver(SampleRegion.CHANGSHA);
        long before = Cases.balance(sandbox, SampleRegion.CHANGSHA.code(), person);
        change("terminate", person, "430100");
        importInsured(person, SampleRegion.XIANGTAN);

        var counted = push(true);
        assertThat(counted.path("byRegion").findValuesAsString("receiving")).contains("430300");
        assertThat(balances(person)).isEqualTo(Map.of("430100", before));
        push(false);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(person)).isEqualTo(Map.of("430300", before)));
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
    void aPolicyDatedInTheFutureHoldsFromItsDayOn() {
        var today = LocalDate.ofInstant(now(), ZoneId.of("Asia/Shanghai"));
        policy("330100", "instant.automaticSince", "", "2020-01-01");
        policy(
                "330100",
                "instant.automaticSince",
                "2022-09-01",
                today.plusDays(1).toString());
        sandbox.services().stop("registry");
        sandbox.services().start("registry");
        var evening = leaver(SampleRegion.NINGBO, "500.00");
        var nextDay = leaver(SampleRegion.NINGBO, "600.00");
        await().atMost(Cases.PATIENCE).until(() -> directory("330100").size() == 2);

        enrol(evening, SampleRegion.HANGZHOU);
        Cases.isQuiet(sandbox);
        assertThat(row(evening, "330100")).isEmpty();
        door.post("operator", "/api/v1/operations/clock", Map.of("to", today.plusDays(1) + "T01:00:00Z"))
                .expect(200);
        enrol(nextDay, SampleRegion.HANGZHOU);

        await().atMost(Cases.PATIENCE)
                .untilAsserted(() -> assertThat(balances(nextDay)).isEqualTo(Map.of("330100", 60_000L)));
        assertThat(balances(evening)).isEqualTo(Map.of("330200", 50_000L));
    }

    private Instant now() {
        return Instant.parse(
                door.get("operator", "/api/v1/operations/clock").expect(200).text("now"));
    }

    private void policy(String scope, String name, String value, String from) {
        new Evidence(sandbox)
                .update(
                        "registry",
                        "insert into policy (name, scope, value, valid_from, basis) values ('" + name + "', '" + scope
                                + "', '" + value + "', '" + from + "', 'test')");
    }

    /** What transfer-in's copy of the directory says of that region's own policies. */
    private List<String> directory(String scope) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select thing from directory_copy where thing like 'policy/" + scope
                                + "/instant.automaticSince/%'");
    }

    private JsonNode request(SamplePerson person, String id) {
        return door.get("person-" + person.person(), "/api/v1/regions/430200/instant-transfers/" + id)
                .expect(200)
                .body();
    }

    private SamplePerson leaver(SampleRegion from) {
        var set = Samples.leavers(SEED.incrementAndGet(), 1, from.code());
        sandbox.loader().load(set);
        return set.persons().getFirst();
    }

    private SamplePerson leaver(SampleRegion from, String balance) {
        var person = Samples.leaver(SEED.incrementAndGet(), from.code(), Fen.parse(balance));
        sandbox.loader().load(new SampleSet(List.of(person)));
        return person;
    }

    private void importInsured(SamplePerson person, SampleRegion region) {
        door.post(
                        "clerk-" + region.code(),
                        "/api/v1/agency/" + region.code() + "/participation/import",
                        Map.of(
                                "persons",
                                List.of(Map.of(
                                        "certificateType",
                                        person.certificate().type().code(),
                                        "certificateNumber",
                                        person.certificate().number(),
                                        "name",
                                        person.name(),
                                        "participations",
                                        List.of(Map.of(
                                                "scheme", "310",
                                                "status", "1",
                                                "personType", "1101",
                                                "since", "2026-09-01"))))))
                .expect(200);
    }

    private void enrol(SamplePerson person, SampleRegion region) {
        var body = certificate(person);
        body.put("name", person.name());
        body.put("personType", "1101");
        door.post("clerk-" + region.code(), "/api/v1/agency/" + region.code() + "/participation/enrol", body)
                .expect(200);
    }

    private void change(String what, SamplePerson person, String region) {
        door.post("clerk-" + region, "/api/v1/agency/" + region + "/participation/" + what, certificate(person))
                .expect(200);
    }

    private static Map<String, Object> certificate(SamplePerson person) {
        var body = new HashMap<String, Object>();
        body.put("certificateType", person.certificate().type().code());
        body.put("certificateNumber", person.certificate().number());
        body.put("scheme", "310");
        return body;
    }

    /** Where the person's money is, in 分. */
    private Map<String, Long> balances(SamplePerson person) {
        var found = new HashMap<String, Long>();
        for (var region : SampleRegion.values()) {
            long balance = Cases.balance(sandbox, region.code(), person);
            if (balance != 0) {
                found.put(region.code().value(), balance);
            }
        }
        return found;
    }

    private List<JsonNode> mine(SamplePerson person) {
        return door.get("person-" + person.person(), "/api/v1/transfers?mine")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private List<String> statuses(SamplePerson person) {
        return mine(person).stream().map(one -> one.path("status").asString()).toList();
    }

    /** Of the cases that were accepted. */
    private List<String> ends(SamplePerson person) {
        return incoming(person);
    }

    private List<String> incoming(SamplePerson person) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select state from transfer_case where state <> 'REFUSED' and person = '" + person.person()
                                + "' order by submitted_at");
    }

    private List<String> outgoing(SamplePerson person) {
        return new Evidence(sandbox)
                .query(
                        "transfer_out",
                        "select state from outgoing_case where person = '" + person.person() + "' order by number");
    }

    private List<String> row(SamplePerson person, String region) {
        return new Evidence(sandbox)
                .query(
                        "transfer_in",
                        "select state from automatic_transfer where person = '" + person.person()
                                + "' and receiving = '" + region + "'");
    }

    private long debts(String number) {
        return new Evidence(sandbox)
                .records(List.of("platform.clearing.430000")).stream()
                        .filter(record -> record.key().startsWith(number))
                        .count();
    }

    private static String yuan(long fen) {
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }
}
