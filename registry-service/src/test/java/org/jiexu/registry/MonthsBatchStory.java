package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.vocabulary.Certificate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R11.5: paid months and inherited rows come by two persons. */
@Tag("R11.5")
class MonthsBatchStory {
    private static final String AGENCY = "/api/v1/agency/370800/participation/";
    private static final String NAME = "周白露";
    private static final String YEAR = "{\"from\": \"2019-01\", \"to\": \"2019-12\"}";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void oneClerkAloneRecordsNoMonths() {
        var certificate = known();

        var direct = registry.post(registry.issuer.clerk(JINING), AGENCY + "import", """
            {"persons": [{"certificateType": "01", "certificateNumber": "%s", "name": "%s", "participations": [%s]}]}
            """.formatted(
                        certificate.number(), NAME, participation("2", YEAR)));
        var prepared = registry.prepareMonths(registry.issuer.clerk(JINING), certificate, JINING, 12, YEAR);
        var own = registry.approveMonths(registry.issuer.clerk(JINING), JINING, prepared);
        var elsewhere = registry.approveMonths(registry.issuer.reviewer(CHANGSHA), JINING, prepared);

        assertThat(direct.code()).isEqualTo("TWO_PERSONS_NEEDED");
        assertThat(prepared.body().path("state").asString()).isEqualTo("PREPARED");
        assertThat(own.code()).isEqualTo("SAME_PERSON");
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(months(certificate)).isZero();
    }

    @Test
    void twoPersonsRecordThemOnceAndStandInTheChain() {
        var certificate = known();
        var prepared = registry.prepareMonths(registry.issuer.clerk(JINING), certificate, JINING, 12, YEAR);

        var approved = registry.approveMonths(registry.issuer.reviewer(JINING), JINING, prepared);
        var again = registry.approveMonths(registry.issuer.reviewer(JINING), JINING, prepared);
        registry.pay(certificate, JINING, 1, "{\"from\": \"2020-01\", \"to\": \"2020-01\"}");

        assertThat(approved.body().path("state").asString()).isEqualTo("RECORDED");
        assertThat(again.status()).isEqualTo(200);
        assertThat(months(certificate)).isEqualTo(13);
        assertThat(chain(certificate))
                .containsExactly(
                        "0 clerk-370800 reviewer-370800 2019-01..2019-12@370899;",
                        "1 clerk-370800 reviewer-370800 2019-01..2020-01@370899;");
        assertThat(registry.jdbc()
                        .sql("select content is null from months_batch where batch = :batch")
                        .param("batch", prepared.body().path("batch").asString())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThatThrownBy(() -> registry.jdbc()
                        .sql("update months_entry set content = ''")
                        .update())
                .hasStackTraceContaining("append-only");
    }

    @Test
    void impossibleMonthsAndRowsAreRefusedByLine() {
        var certificate = known();
        var stranger = registry.certificate();

        var future = prepare(certificate, 12 * 74, "{\"from\": \"2026-01\", \"to\": \"2099-12\"}");
        var unborn = prepare(certificate, 12, "{\"from\": \"1989-01\", \"to\": \"1989-12\"}");
        var unknown = prepare(stranger, 12, YEAR);
        var miscounted = prepare(certificate, 11, YEAR);
        var rows = registry.post(
                registry.issuer.clerk(JINING), AGENCY + "batches", """
                    {"batch": "rows", "reason": "历史数据", "personCount": 1, "monthCount": 40, "persons": [
                      {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "participations": [
                        {"scheme": "310", "status": "2", "personType": "1101", "since": "2015-01-01", "inherited": [
                          {"no": 1, "from": "2019-01", "to": "2019-12", "scheme": "1", "months": 40,
                           "agencyName": "石家庄市医疗保险中心", "agencyRegion": "130100"}]}]}]}
                    """.formatted(certificate.number(), NAME));

        assertThat(List.of(code(future), code(unborn), code(unknown), code(rows)))
                .containsExactly("FUTURE_MONTH", "BAD_MONTH", "NOT_INSURED_HERE", "ROW_MONTHS");
        assertThat(miscounted.code()).isEqualTo("CONTROL_TOTAL_DIFFERS");
        assertThat(months(certificate)).isZero();
    }

    /** Rulebook 12: one set of rules at every door, before anything is kept. */
    @Test
    void linesAreJudgedAsAtEveryOtherDoor() {
        var known = registry.certificate();
        registry.importPerson(known, "阿里·买买提", JINING, participation("2", ""));
        int born = Integer.parseInt(known.number().substring(6, 10));
        var firstYear = "{\"from\": \"%d-01\", \"to\": \"%d-01\"}".formatted(born, born);

        var dotted = imported(known.number(), "阿里•买买提");
        var mistyped = imported("370830199002300019", NAME);
        var blank = imported(registry.certificate().number(), " " + NAME);
        var newborn = prepare(known, 1, firstYear);

        assertThat(dotted.body().path("state").asString()).isEqualTo("PREPARED");
        assertThat(List.of(code(mistyped), code(blank))).containsExactly("BAD_NUMBER", "BAD_NAME");
        assertThat(newborn.body().path("state").asString()).isEqualTo("PREPARED");
    }

    private Answer imported(String number, String name) {
        return registry.post(registry.issuer.clerk(JINING), AGENCY + "batches", """
            {"batch": "named-%s", "reason": "历史数据", "personCount": 1, "monthCount": 12, "persons": [
              {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "participations": [%s]}]}
            """.formatted(
                        number, number, name, participation("2", YEAR)));
    }

    @Test
    void whatIsRefusedIsNotRecorded() {
        var certificate = known();
        var prepared = prepare(certificate, 12, YEAR);
        var path = AGENCY + "batches/" + prepared.body().path("batch").asString();

        var refused = registry.post(registry.issuer.reviewer(JINING), path + "/refusal", "{\"reason\": \"重复\"}");

        assertThat(refused.body().path("state").asString()).isEqualTo("REFUSED");
        assertThat(registry.approveMonths(registry.issuer.reviewer(JINING), JINING, prepared)
                        .code())
                .isEqualTo("ALREADY_DECIDED");
        assertThat(registry.get(registry.issuer.clerk(JINING), path)
                        .body()
                        .path("refusal")
                        .asString())
                .isEqualTo("重复");
        assertThat(months(certificate)).isZero();
    }

    @Test
    void theRegistryTellsWhoHasAnAccountToHave() {
        var employee = registry.importPerson(registry.certificate(), NAME, JINING, participation("4", ""));
        var elsewhere = registry.importPerson(registry.certificate(), NAME, CHANGSHA, participation("1", ""));

        var answer = registry.post(
                        registry.issuer.service(), "/internal/known-persons", """
                            {"region": "370800", "persons": ["%s", "%s", "PZZZZZZZZZZZZ"]}
                            """.formatted(employee, elsewhere))
                .body();

        assertThat(answer.path("known").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(employee, elsewhere);
        assertThat(answer.path("employees").valueStream().map(JsonNode::asString))
                .containsExactly(employee);
    }

    private Certificate known() {
        var certificate = registry.certificate();
        registry.importPerson(certificate, NAME, JINING, participation("2", ""));
        return certificate;
    }

    private Answer prepare(Certificate certificate, int months, String periods) {
        return registry.prepareMonths(registry.issuer.clerk(JINING), certificate, JINING, months, periods);
    }

    private static String code(Answer answer) {
        return answer.body().at("/errors/0/code").asString();
    }

    private int months(Certificate certificate) {
        return registry.post(registry.issuer.clerk(JINING), AGENCY + "search", """
            {"certificateType": "01", "certificateNumber": "%s"}
            """.formatted(certificate.number()))
                .body()
                .at("/participations/0/months")
                .asInt();
    }

    private List<String> chain(Certificate certificate) {
        return registry.jdbc()
                .sql("""
                    select no || ' ' || prepared_by || ' ' || approved_by || ' ' || content from months_entry e
                      join person p on p.id = e.person where p.certificate_number = :number order by no
                    """)
                .param("number", certificate.number())
                .query((row, n) -> row.getString(1))
                .list();
    }
}
