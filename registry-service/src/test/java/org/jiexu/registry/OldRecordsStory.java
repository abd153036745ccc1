package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** 株洲 lies in 湖南 as 长沙 does, 济宁 does not. */
@Tag("R6.1")
class OldRecordsStory {
    private static final RegionCode ZHUZHOU = new RegionCode("430200");
    private static final String NAME = "柳如是";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void areThoseOfTheSameProvinceWithWhatIsLeft() {
        var certificate = registry.certificate();
        var person = leaver(certificate);
        registry.importPerson(
                certificate, NAME, JINING, participation("2", "{\"from\": \"2012-01\", \"to\": \"2012-12\"}"));

        var found = ask(person, ZHUZHOU);

        assertThat(found.body()).isEqualTo(JsonMapper.shared().readTree("""
            {"person": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "柳如是", "here": "INSURED",
             "records": [{"region": "430100", "status": "SUSPENDED", "retiree": false, "left": true, "months": 30,
                          "firstMonth": "2019-01", "lastMonth": "2021-06", "filling": false,
                          "neverFilled": true}]}
            """.formatted(person, certificate.number())));
        assertThat(ask(person, JINING).body().path("records").size()).isZero();
    }

    @Test
    void tellWhichCaseHasReservedThemAndWhichRecordItFills() {
        var certificate = registry.certificate();
        var person = leaver(certificate);
        var number = registry.number(ZHUZHOU);
        var reserved = registry.post(
                registry.issuer.service(), "/internal/checks", """
                    {"number": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "柳如是",
                     "from": "430100", "fromScheme": "310", "to": "430200", "toScheme": "310"}
                    """.formatted(number, certificate.number()));

        assertThat(reserved.body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
        var old = ask(person, ZHUZHOU).body().at("/records/0");
        var filled = ask(person, CHANGSHA).body().at("/records/0");
        assertThat(old.path("openCase").asString()).isEqualTo(number.value());
        assertThat(old.path("filling").asBoolean()).isFalse();
        assertThat(filled.path("region").asString()).isEqualTo("430200");
        assertThat(filled.path("filling").asBoolean()).isTrue();
        assertThat(old.path("neverFilled").asBoolean()).isTrue();
        assertThat(filled.path("neverFilled").asBoolean()).isFalse();
    }

    /** Suspended in 长沙 with months paid, enrolled in 株洲. */
    private String leaver(Certificate certificate) {
        registry.importPerson(
                certificate, NAME, CHANGSHA, participation("2", "{\"from\": \"2019-01\", \"to\": \"2021-06\"}"));
        return registry.importPerson(certificate, NAME, ZHUZHOU, participation("1", ""));
    }

    @Test
    void areFoundByCertificateOnlyTogetherWithTheName() {
        var certificate = registry.certificate();
        registry.aMover(certificate, NAME);

        assertThat(List.of(
                        byCertificate(certificate, NAME).status(),
                        byCertificate(certificate, "别人").status(),
                        byCertificate(registry.certificate(), NAME).status()))
                .containsExactly(200, 404, 404);
    }

    @Test
    void areForServicesAlone() {
        var answer = registry.post(registry.issuer.clerk(JINING), "/internal/old-records", "{\"region\": \"370800\"}");

        assertThat(answer.status()).isEqualTo(403);
    }

    private Answer ask(String person, RegionCode region) {
        return registry.post(registry.issuer.service(), "/internal/old-records", """
            {"region": "%s", "person": "%s"}
            """.formatted(region, person));
    }

    private Answer byCertificate(Certificate certificate, String name) {
        return registry.post(
                registry.issuer.service(), "/internal/old-records", """
                    {"region": "430200", "certificateType": "01", "certificateNumber": "%s", "name": "%s"}
                    """.formatted(certificate.number(), name));
    }
}
