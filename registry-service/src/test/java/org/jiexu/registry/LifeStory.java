package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 参保变更 — death, retirement, another employer, and what remains of it in the history. */
class LifeStory {
    private static final String NAME = "赵大寒";
    private static final String PATH = "/api/v1/agency/370800/participation/";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();

    @Test
    void aDeathEndsEveryRelationshipOnceAndNobodyIsEnrolledAfterwards() {
        registry.importPerson(certificate, NAME, JINING, participation("1", ""));
        registry.importPerson(certificate, NAME, CHANGSHA, participation("2", ""));

        var told = died("2026-09-01", "");
        var again = died("2026-09-01", "");
        var otherwise = died("2026-09-02", "");
        var enrolled =
                post("enrol", ", \"name\": \"%s\", \"scheme\": \"310\", \"personType\": \"1101\"".formatted(NAME));

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body().path("participations").findValuesAsString("status"))
                .containsExactly("4", "4");
        assertThat(again.body()).isEqualTo(told.body());
        assertThat(otherwise.code()).isEqualTo("DEATH_RECORDED_OTHERWISE");
        assertThat(enrolled.code()).isEqualTo("PERSON_DECEASED");
        assertThat(post("search", "").body().path("diedOn").asString()).isEqualTo("2026-09-01");
        assertThat(history(told)).containsExactly("DIED");
    }

    @Test
    void aDeathRecordedWronglyIsRevokedByAReviewerAndThePersonEnrolsAnew() {
        registry.importPerson(certificate, NAME, JINING, participation("1", ""));
        died("2026-09-01", "");
        var body = body(", \"reason\": \"同名同姓，登记有误\"");

        var byClerk = registry.post(registry.issuer.clerk(JINING), PATH + "death/revocation", body);
        var byReviewer = registry.post(registry.issuer.reviewer(JINING), PATH + "death/revocation", body);
        var enrolled =
                post("enrol", ", \"name\": \"%s\", \"scheme\": \"310\", \"personType\": \"1101\"".formatted(NAME));

        assertThat(byClerk.status()).isEqualTo(403);
        assertThat(byReviewer.status()).isEqualTo(204);
        assertThat(enrolled.body().path("status").asString()).isEqualTo("1");
    }

    @Test
    @Tag("43-art-13")
    @Tag("R3.5")
    void aDeathDuringATransferIsAnsweredWithTheReasonAndCanBeForced() {
        var person = registry.aMover(certificate, NAME);
        var number = registry.number(CHANGSHA);
        registry.check(number, certificate, NAME, CHANGSHA, "");

        var plain = died("2026-09-10", "");
        var withoutReason = registry.post(
                registry.issuer.clerk(JINING),
                PATH + "death?force=true",
                body(", \"diedOn\": \"2026-09-10\", \"evidence\": \"死亡医学证明\""));
        var forced = registry.post(
                registry.issuer.clerk(JINING),
                PATH + "death?force=true",
                body(", \"diedOn\": \"2026-09-10\", \"evidence\": \"死亡医学证明\", \"reason\": \"家属申请提取账户余额\""));
        registry.awaitSaid();

        assertThat(plain.status()).isEqualTo(409);
        assertThat(plain.body().path("number").asString()).isEqualTo(number.value());
        assertThat(withoutReason.status()).isEqualTo(400);
        assertThat(forced.body().path("participations").findValuesAsString("status"))
                .containsOnly("4");
        assertThat(registry.records(Topics.participation(JINING)).stream()
                        .map(EnvelopeHeaders::read)
                        .filter(said -> said.subject().equals(person)
                                && said.type().equals(EventType.PARTICIPATION_RESUMED.wireName()))
                        .map(said -> WireJson.read(said.data(), ParticipationResumedV1.class)))
                .extracting(ParticipationResumedV1::why)
                .containsExactly(ResumptionReason.DIED);
    }

    @Test
    @Tag("43-art-2")
    void retirementChangesThePersonTypeFromADayAndWaitsForAnOpenTransfer() {
        registry.importPerson(certificate, NAME, JINING, participation("1", ""));

        var retired = post("retirement", ", \"personType\": \"1201\", \"from\": \"2026-09-01\"");
        var again = post("retirement", ", \"personType\": \"1201\", \"from\": \"2026-09-01\"");
        var wrong = post("retirement", ", \"personType\": \"1101\", \"from\": \"2026-09-01\"");
        var tooEarly = post("retirement", ", \"personType\": \"1202\", \"from\": \"2027-09-01\"");

        assertThat(retired.body().path("personType").asString()).isEqualTo("1201");
        assertThat(again.body()).isEqualTo(retired.body());
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(tooEarly.body().at("/errors/0/code").asString()).isEqualTo("FUTURE_DATE");

        var moving = registry.certificate();
        registry.aMover(moving, NAME);
        registry.check(registry.number(CHANGSHA), moving, NAME, CHANGSHA, "");
        assertThat(registry.post(registry.issuer.clerk(JINING), PATH + "retirement", """
            {"certificateType": "01", "certificateNumber": "%s", "personType": "1201", "from": "2026-09-01"}
            """.formatted(moving.number()))
                        .code())
                .isEqualTo("RELATIONSHIP_RESERVED");
    }

    @Test
    @Tag("R6.1")
    void anotherEmployerIsNoRegistrationAndStandsInTheHistory() {
        var person = registry.importPerson(certificate, NAME, JINING, participation("1", ""));
        var more = ", \"employer\": \"91370800000000000X\", \"from\": \"2026-09-01\", \"reason\": \"调动\"";

        var changed = post("employer", more);
        var again = post("employer", more);
        post("suspend", ", \"scheme\": \"310\"");
        var suspended = post("employer", ", \"employer\": \"913708000000000011\", \"from\": \"2026-09-01\"");
        registry.awaitSaid();

        assertThat(changed.body().path("employer").asString()).isEqualTo("91370800000000000X");
        assertThat(again.body()).isEqualTo(changed.body());
        assertThat(suspended.code()).isEqualTo("RESUME_INSTEAD");
        assertThat(history(changed)).containsExactly("SUSPENDED", "EMPLOYER_CHANGED");
        assertThat(registry.records(Topics.participation(JINING)).stream()
                        .map(EnvelopeHeaders::read)
                        .filter(said -> said.subject().equals(person))
                        .map(said -> said.type()))
                .noneSatisfy(type -> assertThat(type).contains("participation.opened"));
        assertThat(registry.get(
                                registry.issuer.clerk(CHANGSHA),
                                "/api/v1/agency/430100/participation/" + person + "/history")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theHistorySaysWhoWhenAndWhyAndIsPaged() {
        var person = registry.importPerson(certificate, NAME, JINING, participation("1", ""));
        post("employer", ", \"employer\": \"91370800000000000X\", \"from\": \"2026-09-01\", \"reason\": \"调动\"");
        post("suspend", ", \"scheme\": \"310\"");

        var first = registry.get(registry.issuer.clerk(JINING), PATH + person + "/history?limit=1");
        var next = first.body().path("next").asString();
        var second = registry.get(registry.issuer.clerk(JINING), PATH + person + "/history?limit=1&after=" + next);

        assertThat(first.body().at("/items/0/what").asString()).isEqualTo("SUSPENDED");
        assertThat(second.body().at("/items/0/why").asString()).isEqualTo("调动");
        assertThat(second.body().at("/items/0/saidBy").asString()).isEqualTo("clerk-370800");
        assertThat(second.body().at("/items/0/effectiveOn").asString()).isEqualTo("2026-09-01");
        assertThat(second.body().at("/items/0/saidAt").asString()).startsWith("2026-09-14");
    }

    private List<String> history(Answer answer) {
        var person = answer.body().findValuesAsString("person").getFirst();
        return registry.get(registry.issuer.clerk(JINING), PATH + person + "/history")
                .body()
                .path("items")
                .findValuesAsString("what");
    }

    private Answer died(String on, String more) {
        return post("death", ", \"diedOn\": \"%s\", \"evidence\": \"死亡医学证明\" %s".formatted(on, more));
    }

    private Answer post(String what, String more) {
        return registry.post(registry.issuer.clerk(JINING), PATH + what, body(more));
    }

    private String body(String more) {
        return "{\"certificateType\": \"01\", \"certificateNumber\": \"%s\" %s}".formatted(certificate.number(), more);
    }
}
