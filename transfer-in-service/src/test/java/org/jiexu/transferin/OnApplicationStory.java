package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.ZHUZHOU;
import static org.jiexu.transferin.NewRegion.until;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** 省内即时转移 on application: what a person, or a clerk for somebody present, sees, chooses and is told (R6.2, R6.3). */
@Tag("R6.2")
class OnApplicationStory {
    private static final String FREE =
            "\"status\": \"SUSPENDED\", \"retiree\": false, \"left\": true, \"filling\": false";
    private static final String ACTIVE = FREE.replace("SUSPENDED", "INSURED");
    private static final String EMPTY = FREE.replace("\"left\": true", "\"left\": false");
    private static final String RETIREE = FREE.replace("\"retiree\": false", "\"retiree\": true");
    private static final String FILLING = FREE.replace("\"filling\": false", "\"filling\": true");

    /** What the registry knows, by certificate number. */
    private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();

    private final NewRegion here = NewRegion.shared();

    private record Known(Arriving who, String records) {
        boolean isAsked(String id, String number, String name) {
            return who.person.value().equals(id) || (who.certificate.number().equals(number) && who.name.equals(name));
        }

        String answer() {
            return """
                {"person": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "%s", "here": "INSURED",
                 "records": [%s]}
                """.formatted(who.person.value(), who.certificate.number(), who.name, records);
        }
    }

    @BeforeAll
    static void hunanOffersIt() {
        var here = NewRegion.shared();
        here.registry.answer("/internal/old-records", asked -> {
            var question = JsonMapper.shared().readTree(asked);
            return KNOWN.values().stream()
                    .filter(known -> known.isAsked(
                            question.path("person").asString(""),
                            question.path("certificateNumber").asString(""),
                            question.path("name").asString("")))
                    .map(Known::answer)
                    .findFirst()
                    .orElse("");
        });
        here.kit.policy("instant.onApplication", "430000", "true");
        var policies = here.bean(Policies.class);
        until(() -> policies.flag(Policies.INSTANT_ON_APPLICATION, CHANGSHA));
    }

    @AfterAll
    static void noMore() {
        NewRegion.shared().kit.policy("instant.onApplication", "430000", "");
    }

    @Test
    void allIsEveryRecordThatNothingStandsInTheWayOf() {
        var arriving = knownWith(Map.of("430200", FREE, "430300", ACTIVE, "430400", EMPTY));

        var answer = transfer(arriving, "\"all\": true", arriving.token());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("done").asBoolean()).isFalse();
        assertThat(answer.body().path("transfers").findValuesAsString("region")).containsExactly("430200");
        assertThat(answer.body().at("/transfers/0/status").asString()).isEqualTo("ACCEPTED");
        assertThat(cases(arriving)).containsExactly("430200 ACCEPTED");
        var again = here.get(
                "/api/v1/regions/430100/instant-transfers/"
                        + answer.body().path("id").asString(),
                arriving.token());
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(here.get(
                                "/api/v1/regions/430100/instant-transfers/"
                                        + answer.body().path("id").asString(),
                                here.somebody(CHANGSHA).token())
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("R2.2")
    void whereNothingCanBeTransferredEverythingInTheWayIsTold() {
        var arriving = knownWith(Map.of("430200", ACTIVE, "430300", EMPTY, "430400", RETIREE, "430500", FILLING));

        var answer = transfer(arriving, "\"all\": true", arriving.token());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("NOTHING_TO_TRANSFER");
        assertThat(answer.body().path("reasons").findValuesAsString("code"))
                .containsExactlyInAnyOrder("STILL_INSURED_THERE", "NOTHING_TO_TRANSFER", "RETIREE", "OPEN_TRANSFER");
        assertThat(answer.body().path("reasons").findValuesAsString("remedy")).doesNotContain("");
        assertThat(cases(arriving)).isEmpty();
    }

    @Test
    @Tag("R6.7")
    void aProvinceThatDoesNotOfferItSaysSoAndNamesTheOrdinaryWay() {
        var arriving = knownWith(Map.of());

        var answer = here.post(
                "/api/v1/regions/" + HANGZHOU + "/instant-transfers", body("\"all\": true"), arriving.token());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("INSTANT_NOT_OFFERED");
        assertThat(answer.body().at("/reasons/0/remedy").asString()).contains("普通转移申请");
    }

    @Test
    @Tag("R2.2")
    void whenEveryOneIsRefusedTheReasonsAreToldOnce() {
        var arriving = here.somebodyRefused(CHANGSHA);
        KNOWN.put(arriving.certificate.number(), new Known(arriving, records(Map.of("430200", FREE, "430300", FREE))));

        var answer = transfer(arriving, "\"regions\": [\"430200\", \"430300\"]", arriving.token());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("REFUSED");
        assertThat(answer.body().path("reasons").findValuesAsString("code"))
                .containsExactly("STILL_INSURED_THERE", "NOT_INSURED_HERE");
        assertThat(cases(arriving)).containsExactly("430200 REFUSED", "430300 REFUSED");
    }

    @Test
    @Tag("R6.7")
    void aChoiceThatIsNoneIsToldAndNothingChanges() {
        var arriving = knownWith(Map.of("430200", FREE));
        var many = IntStream.rangeClosed(1, 51)
                .mapToObj(n -> "\"43%02d00\"".formatted(n))
                .collect(Collectors.joining(","));

        var told = new ArrayList<String>();
        for (var choice : List.of(
                "\"cause\": \"WORK\"",
                "\"regions\": [], \"all\": false",
                "\"regions\": [\"430200\"], \"all\": true",
                "\"regions\": [\"330100\"]",
                "\"regions\": [\"430100\"]",
                "\"regions\": [\"43x\"]",
                "\"regions\": [null]",
                "\"regions\": [" + many + "]")) {
            var answer = transfer(arriving, choice, arriving.token());
            told.add(answer.status() + " "
                    + String.join(",", answer.body().path("errors").findValuesAsString("code")));
        }

        assertThat(told)
                .containsExactly(
                        "400 REQUIRED",
                        "400 REQUIRED",
                        "400 REQUIRED",
                        "400 OTHER_PROVINCE",
                        "400 OTHER_PROVINCE",
                        "400 INVALID",
                        "400 NOT_NULL",
                        "400 TOO_MANY,OTHER_PROVINCE");
        assertThat(cases(arriving)).isEmpty();
    }

    @Test
    void atTheWindowOfEitherRegionAClerkSearchesForThePersonPresent() {
        var present = knownWith(Map.of("430200", FREE));

        for (var region : List.of(CHANGSHA, ZHUZHOU)) {
            var found = search(present.certificate.number(), present.name, here.tokens.clerk(region));
            assertThat(found.status()).isEqualTo(200);
            assertThat(found.body().at("/records/0/region").asString()).isEqualTo("430200");
            assertThat(found.body().at("/records/0/transferable").asBoolean()).isTrue();
        }
        // What one may not see, and what does not exist, is the same.
        var stranger = search(present.certificate.number(), present.name, here.tokens.clerk(HANGZHOU));
        var otherName = search(present.certificate.number(), "李四", present.clerk());
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(otherName.body()).isEqualTo(stranger.body());
        assertThat(search("110101199003070000", present.name, present.clerk()).text())
                .contains("BAD_NUMBER");
        assertThat(search(present.certificate.number(), present.name, present.token())
                        .status())
                .isEqualTo(403);
        var nothing = here.post("/api/v1/regions/430100/old-records/search", "{}", present.clerk());
        assertThat(nothing.status()).isEqualTo(400);
        assertThat(nothing.body().path("errors").findValuesAsString("field"))
                .containsExactly("person.certificateType", "person.certificateNumber", "person.name");
    }

    @Test
    void aClerkAppliesForThePersonPresent() {
        var present = knownWith(Map.of("430200", FREE));
        var person = "\"person\": {\"certificateType\": \"01\", \"certificateNumber\": \"%s\", \"name\": \"%s\"}"
                .formatted(present.certificate.number(), present.name);
        var window = body("\"all\": true, " + person).replace("FACE", "WINDOW_DOCUMENT");

        var answer = here.post("/api/v1/regions/430100/instant-transfers", window, present.clerk());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(cases(present)).containsExactly("430200 ACCEPTED");
    }

    /** ADR 0009: for display only; a settlement that is away shows as unknown, not as 0.00, and stands in nobody's way. */
    @Test
    void aBalanceThatNobodyTellsIsUnknownAndStandsInNobodysWay() {
        var slow = new CountDownLatch(1);
        var arriving = knownWith(Map.of("430200", FREE, "430300", FREE, "430400", FREE, "430500", FREE));
        here.registry.answer("/internal/balances/430200/" + arriving.person.value(), _ -> "{\"balance\": \"12.34\"}");
        here.registry.answer("/internal/balances/430300/" + arriving.person.value(), _ -> {
            awaited(slow);
            return "{\"balance\": \"99.99\"}";
        });
        settlement(ZHUZHOU, here.registry.url());
        settlement(new RegionCode("430300"), here.registry.url());
        settlement(new RegionCode("430400"), "http://127.0.0.1:1");

        var shown = here.get("/api/v1/regions/430100/persons/me/old-records", arriving.token());
        slow.countDown();

        assertThat(shown.status()).isEqualTo(200);
        var told = shown.body()
                .path("records")
                .valueStream()
                .collect(Collectors.toMap(
                        record -> record.path("region").asString(),
                        record -> record.path("balance").asString("unknown") + " "
                                + record.path("transferable").asBoolean()));
        assertThat(told)
                .isEqualTo(Map.of(
                        "430200", "12.34 true",
                        "430300", "unknown true",
                        "430400", "unknown true",
                        "430500", "unknown true"));
        here.kit.listRegion(ZHUZHOU, List.of());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settlement(RegionCode region, String url) {
        here.kit.listRegion(region, List.of(new EndpointV1(ServiceName.SETTLEMENT, url)));
        var directory = here.bean(Directory.class);
        until(() -> directory.endpoint(region, ServiceName.SETTLEMENT).isPresent());
    }

    private Arriving knownWith(Map<String, String> standings) {
        var arriving = here.somebody(CHANGSHA);
        KNOWN.put(arriving.certificate.number(), new Known(arriving, records(standings)));
        return arriving;
    }

    private static String records(Map<String, String> standings) {
        return standings.entrySet().stream()
                .map(entry ->
                        "{\"region\": \"%s\", \"months\": 24, \"firstMonth\": \"2022-01\", \"lastMonth\": \"2023-12\", %s}"
                                .formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
    }

    private Answer transfer(Arriving arriving, String choice, String token) {
        return here.post("/api/v1/regions/" + arriving.receiving + "/instant-transfers", body(choice), token);
    }

    private static String body(String choice) {
        return "{%s, \"identification\": {\"method\": \"FACE\"}, \"agreement\": {\"version\": \"2026-01\"}}"
                .formatted(choice);
    }

    private Answer search(String number, String name, String token) {
        var body = "{\"certificateType\": \"01\", \"certificateNumber\": \"%s\", \"name\": \"%s\"}"
                .formatted(number, name);
        return here.post("/api/v1/regions/430100/old-records/search", body, token);
    }

    /** Old region and state of every case that was made of it. */
    private List<String> cases(Arriving arriving) {
        return here.jdbc()
                .sql("select sending || ' ' || state from transfer_case where certificate_number = :number order by 1")
                .param("number", arriving.certificate.number())
                .query((row, n) -> row.getString(1))
                .list();
    }
}
