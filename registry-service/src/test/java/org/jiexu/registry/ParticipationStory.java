package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.Collections;
import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParticipationStory {
    private static final String NAME = "王小雪";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void enrolsSuspendsResumesAndTerminates() {
        var certificate = registry.certificate();

        assertThat(status(enrol(certificate, NAME))).isEqualTo("1");
        assertThat(status(enrol(certificate, NAME))).isEqualTo("1");
        assertThat(status(change("suspend", certificate, ""))).isEqualTo("2");
        assertThat(enrol(certificate, NAME).code()).isEqualTo("RESUME_INSTEAD");
        assertThat(status(change("resume", certificate, ""))).isEqualTo("1");
        assertThat(status(change("terminate", certificate, ""))).isEqualTo("4");
        assertThat(change("resume", certificate, "").code()).isEqualTo("ENROL_INSTEAD");
        assertThat(status(enrol(certificate, NAME))).isEqualTo("1");
        assertThat(enrol(certificate, "王大雪").code()).isEqualTo("NAME_NUMBER_MISMATCH");
        assertThat(change("suspend", registry.certificate(), "").status()).isEqualTo(404);
    }

    @Test
    void theSameImportTwiceChangesNothing() {
        var certificate = registry.certificate();
        var paid = participation("2", "{\"from\": \"2019-01\", \"to\": \"2019-06\"}");
        var person = registry.importPerson(certificate, NAME, JINING, paid);
        var before = registry.dump("paid_period");

        var again = registry.importPerson(certificate, NAME, JINING, paid);

        assertThat(again).isEqualTo(person);
        assertThat(registry.dump("paid_period")).isEqualTo(before);
        assertThat(registry.dump("person"))
                .filteredOn(row -> row.contains(person))
                .hasSize(1);
    }

    @Test
    void aServiceMayBringIdsAlongAnAgencyMayNot() {
        var body = """
            {"persons": [{"person": "P%s", "certificateType": "01", "certificateNumber": "%s", "name": "王小雪",
                          "participations": []}]}
            """;
        var path = "/api/v1/agency/370800/participation/import";

        assertThat(registry.post(
                                registry.issuer.service(),
                                path,
                                body.formatted(
                                        "0BROUGHTALNG", registry.certificate().number()))
                        .body()
                        .at("/persons/0/person")
                        .asString())
                .isEqualTo("P0BROUGHTALNG");
        assertThat(registry.post(
                                registry.issuer.clerk(JINING),
                                path,
                                body.formatted(
                                        "0BROUGHTTOO1", registry.certificate().number()))
                        .status())
                .isEqualTo(400);
        assertThat(registry.post(
                                registry.issuer.service(),
                                path,
                                body.formatted(
                                        "0BROUGHTALNG", registry.certificate().number()))
                        .code())
                .isEqualTo("PERSON_ID_IN_USE");
    }

    @Test
    void takesNoRowsThatCouldNotTravelOnASheet() {
        var row = """
            {"no": 1, "from": "2016-01", "to": "2016-01", "scheme": "3", "months": 1, "agencyName": "%s",
             "agencyRegion": "370899", "remark": "%s"}\
            """;
        var fits = row.formatted("𠮷".repeat(60), "备".repeat(60));

        assertThat(imported(fits).status()).isEqualTo(200);
        assertThat(List.of(
                        imported(row.formatted("所", "备".repeat(61))),
                        imported(row.formatted("所".repeat(61), "备")),
                        imported(String.join(",", Collections.nCopies(201, fits)))))
                .allSatisfy(refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.body().at("/errors/0/code").asString()).isEqualTo("TOO_LONG");
                });
    }

    private RunningRegistry.Answer imported(String rows) {
        return registry.post(registry.issuer.service(), "/api/v1/agency/370800/participation/import", """
            {"persons": [{"certificateType": "01", "certificateNumber": "%s", "name": "长历史", "participations": [
              {"scheme": "310", "status": "2", "personType": "1101", "since": "2015-01-01", "inherited": [%s]}]}]}
            """.formatted(
                        registry.certificate().number(), rows));
    }

    @Test
    void recordsMonthsOnceAndFindsThem() {
        var certificate = registry.certificate();
        registry.importPerson(
                certificate, NAME, JINING, participation("1", "{\"from\": \"2019-01\", \"to\": \"2019-06\"}"));

        registry.pay(certificate, JINING, 5, "{\"from\": \"2019-05\", \"to\": \"2019-09\"}");
        var found = registry.post(
                registry.issuer.clerk(JINING), "/api/v1/agency/370800/participation/search", """
                    {"certificateType": "01", "certificateNumber": "%s"}
                    """.formatted(
                                certificate.number()));

        assertThat(found.body().at("/participations/0/months").asInt()).isEqualTo(9);
        assertThat(found.body().toString()).doesNotContain(certificate.number());
    }

    @Test
    @Tag("43-art-3")
    void onlyTheRegionsOwnStaffMay() {
        var body = """
            {"certificateType": "01", "certificateNumber": "%s"}
            """.formatted(registry.certificate().number());
        var path = "/api/v1/agency/370800/participation/search";

        assertThat(registry.post(registry.issuer.clerk(CHANGSHA), path, body).status())
                .isEqualTo(403);
        assertThat(registry.post(registry.issuer.nationalOperator(), path, body).status())
                .isEqualTo(403);
        assertThat(registry.post(registry.issuer.clerk(JINING), path, body).status())
                .isEqualTo(404);
    }

    @Test
    @Tag("43-art-13")
    @Tag("R3.5")
    void resumingWhatATransferHasReservedIsAnsweredWithTheReasonAndCanBeForced() {
        var certificate = registry.certificate();
        var person = registry.aMover(certificate, NAME);
        var number = registry.number(CHANGSHA);
        registry.check(number, certificate, NAME, CHANGSHA, "");

        var plain = change("resume", certificate, "");
        var withoutReason = change("resume?force=true", certificate, "");
        var forced = change("resume?force=true", certificate, ", \"reason\": \"本人到窗口要求恢复缴费\"");
        registry.awaitSaid();

        assertThat(plain.status()).isEqualTo(409);
        assertThat(plain.code()).isEqualTo("RELATIONSHIP_RESERVED");
        assertThat(plain.body().path("number").asString()).isEqualTo(number.value());
        assertThat(withoutReason.status()).isEqualTo(400);
        assertThat(status(forced)).isEqualTo("1");
        assertThat(registry.records(Topics.participation(JINING)).stream()
                        .map(EnvelopeHeaders::read)
                        .filter(said -> said.subject().equals(person))
                        .filter(said -> said.type().equals(EventType.PARTICIPATION_RESUMED.wireName()))
                        .map(said -> WireJson.read(said.data(), ParticipationResumedV1.class)))
                .singleElement()
                .satisfies(said -> assertThat(said.region()).isEqualTo(JINING));
    }

    private Answer enrol(Certificate certificate, String name) {
        return registry.post(registry.issuer.clerk(JINING), "/api/v1/agency/370800/participation/enrol", """
            {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "scheme": "310",
             "personType": "1101", "employer": "91370800000000000X"}
            """.formatted(
                        certificate.number(), name));
    }

    private Answer change(String what, Certificate certificate, String more) {
        return registry.post(
                registry.issuer.clerk(JINING), "/api/v1/agency/370800/participation/" + what, """
                    {"certificateType": "01", "certificateNumber": "%s", "scheme": "310" %s}
                    """.formatted(
                                certificate.number(), more));
    }

    private static String status(Answer answer) {
        return answer.body().path("status").asString(answer.toString());
    }
}
