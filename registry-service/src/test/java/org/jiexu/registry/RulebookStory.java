package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.ZHUZHOU;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rulebook on real data: the coverage year, local grounds and their facts, employers, paper, and its catalogue. */
class RulebookStory {
    private static final String NAME = "沈知秋";
    private static final RegionCode QINGDAO = new RegionCode("370200");
    private static final String FACTS = "/api/v1/agency/%s/participation/facts";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private int posts;
    private final int year = registry.bean(BusinessClock.class).today().getYear();

    @Test
    @Tag("43-art-5")
    @Tag("R1.3")
    void aResidentMovesToTheNextYearAndTheCaseDoesNotCompleteBefore() {
        resident(JINING, "1", year);
        enrol(CHANGSHA, "390", year + 1 + "-01-01");
        var number = registry.number(CHANGSHA);

        var first = check(number, JINING, "390", CHANGSHA, "390", "");
        var again = check(number, JINING, "390", CHANGSHA, "390", "");

        assertThat(first.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(first.body().path("notBefore").asString()).isEqualTo(year + 1 + "-01-01");
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    @Tag("43-art-5")
    @Tag("R1.3")
    void withinTheCoverageYearTheReceivingRegionsPolicyDecides() {
        resident(JINING, "2", year);
        enrol(CHANGSHA, "390", year + "-06-01");

        var refused = check(registry.number(CHANGSHA), JINING, "390", CHANGSHA, "390", "");
        registry.post(registry.issuer.clerk(CHANGSHA), "/api/v1/agency/430100/participation/suspend", """
            {"certificateType": "01", "certificateNumber": "%s", "scheme": "390"}
            """.formatted(
                        certificate.number()));
        enrol(ZHUZHOU, "390", year + "-06-01");
        var accepted = check(registry.number(ZHUZHOU), JINING, "390", ZHUZHOU, "390", "");

        assertThat(registry.reasons(refused)).containsExactly("COVERAGE_YEAR");
        assertThat(refused.body().at("/reasons/0/message").asString()).contains(year + "-12-31");
        assertThat(accepted.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(accepted.body().has("notBefore")).isFalse();
    }

    @Test
    @Tag("43-art-14")
    void acrossSchemesInsideOneRegion() {
        resident(CHANGSHA, "2", year);
        enrol(CHANGSHA, "310", year + "-06-01");

        var accepted = check(registry.number(CHANGSHA), CHANGSHA, "390", CHANGSHA, "310", "");

        assertThat(accepted.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
    }

    @Test
    @Tag("43-art-15")
    void aFactStandsInTheWayOnlyWhereThePolicyIsOnAndOnlyUntilItEnds() {
        var paid = "{\"from\": \"2019-01\", \"to\": \"2021-06\"}";
        registry.importPerson(certificate, NAME, JINING, participation("2", paid));
        registry.importPerson(certificate, NAME, HANGZHOU, participation("2", paid));
        registry.importPerson(certificate, NAME, CHANGSHA, participation("1", ""));
        say(JINING, "ARREARS");
        var fact = say(HANGZHOU, "ARREARS");

        var switchedOff = check(registry.number(CHANGSHA), JINING, "310", CHANGSHA, "310", "");
        var switchedOn = check(registry.number(CHANGSHA), HANGZHOU, "310", CHANGSHA, "310", "");
        var end = registry.post(
                registry.issuer.clerk(HANGZHOU),
                FACTS.formatted(HANGZHOU) + "/" + fact + "/end",
                "{\"to\": \"2026-02-01\"}");
        var ended = check(registry.number(CHANGSHA), HANGZHOU, "310", CHANGSHA, "310", "");

        assertThat(switchedOff.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(registry.reasons(switchedOn)).containsExactly("ARREARS");
        assertThat(switchedOn.body().at("/reasons/0/message").asString()).contains("示例：杭州市经办规程第三条");
        assertThat(end.status()).as(end.toString()).isEqualTo(200);
        assertThat(ended.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(facts(HANGZHOU, fact).path("to").asString()).isEqualTo("2026-02-01");
    }

    @Test
    void factsAreTheOwnAgencysAndOfPracticeAlone() {
        registry.importPerson(certificate, NAME, JINING, participation("2", ""));
        var path = FACTS.formatted(JINING);
        var fact = say(JINING, "MEDICAL_COSTS_UNSETTLED");

        assertThat(registry.post(registry.issuer.clerk(JINING), path, fact("ARREARS", ""))
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
        assertThat(post(path, fact("RETIREE", "")).status()).isEqualTo(400);
        assertThat(post(path, fact("NO_SUCH_GROUND", "")).status()).isEqualTo(400);
        assertThat(post(path, fact("ARREARS", ", \"to\": \"2025-12-31\"")).status())
                .isEqualTo(400);
        assertThat(post(path, fact("ARREARS", "").replace("310", "390")).status())
                .isEqualTo(404);
        assertThat(registry.get(registry.issuer.clerk(CHANGSHA), path).status()).isEqualTo(403);
        assertThat(registry.post(
                                registry.issuer.clerk(CHANGSHA),
                                FACTS.formatted(CHANGSHA) + "/" + fact + "/end",
                                "{\"to\": \"2026-02-01\"}")
                        .status())
                .isEqualTo(404);
        var end = path + "/" + fact + "/end";
        assertThat(registry.post(registry.issuer.clerk(JINING), end, "{\"to\": \"2026-03-01\"}")
                        .status())
                .isEqualTo(200);
        assertThat(registry.post(registry.issuer.clerk(JINING), end, "{\"to\": \"2026-03-01\"}")
                        .status())
                .isEqualTo(200);
        assertThat(registry.post(registry.issuer.clerk(JINING), end, "{\"to\": \"2026-03-02\"}")
                        .code())
                .isEqualTo("FACT_ENDED");
    }

    @Test
    @Tag("43-art-5")
    @Tag("R1.5")
    void anEmployerAppliesForItsOwnWorkersAlone() {
        registry.importPerson(
                certificate, NAME, JINING, participation("2", "{\"from\": \"2019-01\", \"to\": \"2021-06\"}"));
        registry.importPerson(certificate, NAME, CHANGSHA, """
            {"scheme": "310", "status": "1", "personType": "1101", "since": "2026-01-01",
             "employer": "91430100MA4L00001J", "paid": []}
            """);

        var other = check(
                registry.number(CHANGSHA), JINING, "310", CHANGSHA, "310", ", \"employer\": \"91430100MA4L00002M\"");
        var own = check(
                registry.number(CHANGSHA), JINING, "310", CHANGSHA, "310", ", \"employer\": \"91430100MA4L00001J\"");

        assertThat(registry.reasons(other)).containsExactly("NOT_ENROLLED_UNDER_EMPLOYER");
        assertThat(own.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
    }

    @Test
    @Tag("R3.7")
    void onPaperOnlyTheReceivingSideIsCheckedAndTheEndFreesTheRelationship() {
        var person = registry.importPerson(certificate, NAME, CHANGSHA, participation("1", ""));
        var number = registry.number(CHANGSHA);

        var online = check(number, QINGDAO, "310", CHANGSHA, "310", "");
        var onPaper = check(number, QINGDAO, "310", CHANGSHA, "310", ", \"onPaper\": true");
        var second = check(registry.number(CHANGSHA), QINGDAO, "310", CHANGSHA, "310", ", \"onPaper\": true");
        progressed(number, person, PublicStatus.COMPLETED);
        var third = check(registry.number(CHANGSHA), QINGDAO, "310", CHANGSHA, "310", ", \"onPaper\": true");

        assertThat(registry.reasons(online)).containsExactly("REGION_NOT_ON_PLATFORM");
        assertThat(onPaper.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        assertThat(registry.reasons(second)).containsExactly("OPEN_TRANSFER");
        assertThat(third.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
    }

    @Test
    void theCatalogueTellsEveryGroundAndHowARegionHasIt() {
        var token = registry.issuer.nationalOperator();

        var hangzhou = registry.get(token, "/api/v1/refusal-grounds?region=330100");
        var changsha = registry.get(token, "/api/v1/refusal-grounds?region=430100");
        var zhuzhou = registry.get(token, "/api/v1/refusal-grounds?region=430200");
        var first = registry.get(token, "/api/v1/refusal-grounds?limit=3");
        var second = registry.get(
                token,
                "/api/v1/refusal-grounds?limit=200&after="
                        + first.body().path("next").asString());

        assertThat(codes(first)).containsExactly("BAD_NUMBER", "NAME_NUMBER_MISMATCH", "UNKNOWN_REGION");
        var whole = new ArrayList<>(codes(first));
        whole.addAll(codes(second));
        assertThat(whole).isEqualTo(codes(hangzhou));
        assertThat(first.body().at("/items/0").has("inRegion")).isFalse();
        assertThat(item(hangzhou, "ARREARS").at("/inRegion/on").asBoolean()).isTrue();
        assertThat(item(hangzhou, "ARREARS").at("/inRegion/from").asString()).isEqualTo("2026-01-01");
        assertThat(item(changsha, "ARREARS").at("/inRegion/on").asBoolean()).isFalse();
        assertThat(item(changsha, "ARREARS").at("/inRegion/coming/0/from").asString())
                .isEqualTo("2028-01-01");
        assertThat(item(changsha, "COVERAGE_YEAR").at("/inRegion/on").asBoolean())
                .isTrue();
        assertThat(item(zhuzhou, "COVERAGE_YEAR").at("/inRegion/on").asBoolean())
                .isFalse();
        assertThat(item(zhuzhou, "RETIREE").at("/inRegion/from").asString()).isEqualTo("2021-12-01");
        assertThat(item(zhuzhou, "STILL_INSURED_THERE").path("mendedBy").asString())
                .isEqualTo("SUSPEND");
        assertThat(registry.get(token, "/api/v1/refusal-grounds?region=999900").status())
                .isEqualTo(404);
        assertThat(registry.get(token, "/api/v1/refusal-grounds?after=NONE").status())
                .isEqualTo(400);
        assertThat(registry.get("none", "/api/v1/refusal-grounds").status()).isEqualTo(401);
    }

    // What the stories do
    // ----------------------------------------------------------------------------------------------

    private Answer check(
            CaseNumber number, RegionCode from, String fromScheme, RegionCode to, String toScheme, String more) {
        return registry.post(registry.issuer.service(), "/internal/checks", """
            {"number": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "%s",
             "from": "%s", "fromScheme": "%s", "to": "%s", "toScheme": "%s" %s}
            """.formatted(
                        number, certificate.number(), NAME, from, fromScheme, to, toScheme, more));
    }

    /** Paid for the whole of that year. */
    private void resident(RegionCode region, String status, int paid) {
        registry.importPerson(certificate, NAME, region, """
            {"scheme": "390", "status": "%s", "personType": "1501", "since": "2020-01-01",
             "paid": [{"from": "%s-01", "to": "%s-12"}]}
            """.formatted(status, paid, paid));
    }

    private void enrol(RegionCode region, String scheme, String since) {
        var answer = registry.post(
                registry.issuer.clerk(region), "/api/v1/agency/" + region + "/participation/enrol", """
                    {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "scheme": "%s",
                     "personType": "1101", "since": "%s"}
                    """.formatted(
                                certificate.number(), NAME, scheme, since));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private String fact(String ground, String more) {
        return """
            {"certificateType": "01", "certificateNumber": "%s", "scheme": "310", "ground": "%s",
             "from": "2026-01-01" %s}
            """.formatted(certificate.number(), ground, more);
    }

    private Answer post(String path, String body) {
        return registry.create(
                registry.issuer.clerk(JINING), path, "fact-" + certificate.number() + "-" + posts++, body);
    }

    private String say(RegionCode region, String ground) {
        var answer = registry.create(
                registry.issuer.clerk(region),
                FACTS.formatted(region),
                "said-" + certificate.number() + region + ground,
                fact(ground, ", \"note\": \"系统核对\""));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private JsonNode facts(RegionCode region, String id) {
        var all = registry.get(registry.issuer.clerk(region), FACTS.formatted(region) + "?limit=200");
        return all.body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(Answer answer) {
        return answer.body()
                .path("items")
                .valueStream()
                .map(item -> item.path("code").asString())
                .toList();
    }

    private static JsonNode item(Answer answer, String code) {
        return answer.body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private void progressed(CaseNumber number, String person, PublicStatus status) {
        registry.say(
                Source.of(CHANGSHA, ServiceName.TRANSFER_IN),
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        new PersonId(person),
                        QINGDAO,
                        CHANGSHA,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        "COMPLETED",
                        "COMPLETED",
                        status,
                        null,
                        START,
                        List.of()));
        registry.awaitRead(Topics.PROGRESS);
    }
}
