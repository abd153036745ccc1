package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.ZHUZHOU;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.ParticipationOpenedV1;
import org.jiexu.wire.contract.ParticipationSuspendedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the regions hear of enrolments and suspensions. */
@Tag("R6.1")
class ParticipationEventsStory {
    private static final String NAME = "苏晚晴";

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void aFirstEnrolmentIsARegistrationAndTheSameCallAgainSaysNothing() {
        var certificate = registry.certificate();

        enrol(CHANGSHA, certificate, "310", "914301000000000013");
        enrol(CHANGSHA, certificate, "310", "914301000000000013");

        assertThat(said(CHANGSHA, person(CHANGSHA, certificate))).containsExactly("opened 430100/310 registration");
    }

    @Test
    void neitherAResumptionNorAChangeOfEmployerIsARegistrationAndOneWhoHadLeftRegistersAnew() {
        var certificate = registry.certificate();
        registry.importPerson(certificate, NAME, CHANGSHA, participation("2", ""));

        change("resume", CHANGSHA, certificate);
        enrol(CHANGSHA, certificate, "310", "914301000000000026");
        enrol(CHANGSHA, certificate, "310", "914301000000000026");
        change("terminate", CHANGSHA, certificate);
        change("terminate", CHANGSHA, certificate);
        enrol(CHANGSHA, certificate, "310", "914301000000000026");

        assertThat(said(CHANGSHA, person(CHANGSHA, certificate)))
                .containsExactly(
                        "opened 430100/310",
                        "opened 430100/310",
                        "suspended 430100/310",
                        "opened 430100/310 registration");
    }

    @Test
    void theOtherSchemeIsARegistrationOfItsOwn() {
        var certificate = registry.certificate();

        enrol(CHANGSHA, certificate, "310", "914301000000000013");
        enrol(CHANGSHA, certificate, "390", null);

        assertThat(said(CHANGSHA, person(CHANGSHA, certificate)))
                .containsExactly("opened 430100/310 registration", "opened 430100/390 registration");
    }

    @Test
    void aSuspensionIsToldInTheSameProvinceWhereThePersonIsInsuredAndNowhereElse() {
        var certificate = registry.certificate();
        registry.importPerson(certificate, NAME, ZHUZHOU, participation("1", ""));
        registry.importPerson(certificate, NAME, CHANGSHA, participation("1", ""));
        registry.importPerson(certificate, NAME, JINING, participation("1", ""));
        registry.importPerson(certificate, NAME, HANGZHOU, participation("2", ""));

        change("suspend", ZHUZHOU, certificate);
        change("suspend", ZHUZHOU, certificate);
        change("terminate", ZHUZHOU, certificate);

        var person = person(CHANGSHA, certificate);
        assertThat(said(ZHUZHOU, person)).containsExactly("suspended 430200/310");
        assertThat(said(CHANGSHA, person)).containsExactly("suspended 430200/310");
        assertThat(said(JINING, person)).isEmpty();
        assertThat(said(HANGZHOU, person)).isEmpty();
    }

    private void enrol(RegionCode region, Certificate certificate, String scheme, @Nullable String employer) {
        ok(registry.post(
                registry.issuer.clerk(region), "/api/v1/agency/" + region + "/participation/enrol", """
                    {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "scheme": "%s", "personType": "1101" %s}
                    """.formatted(
                                certificate.number(),
                                NAME,
                                scheme,
                                employer == null ? "" : ", \"employer\": \"" + employer + "\"")));
    }

    private void change(String what, RegionCode region, Certificate certificate) {
        ok(registry.post(
                registry.issuer.clerk(region), "/api/v1/agency/" + region + "/participation/" + what, """
                    {"certificateType": "01", "certificateNumber": "%s", "scheme": "310"}
                    """.formatted(
                                certificate.number())));
    }

    private String person(RegionCode region, Certificate certificate) {
        var found = registry.post(
                registry.issuer.clerk(region), "/api/v1/agency/" + region + "/participation/search", """
                    {"certificateType": "01", "certificateNumber": "%s"}
                    """.formatted(
                                certificate.number()));
        return found.body().path("person").asString();
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private List<String> said(RegionCode region, String person) {
        registry.awaitSaid();
        return registry.records(Topics.participation(region)).stream()
                .map(EnvelopeHeaders::read)
                .filter(envelope -> envelope.subject().equals(person))
                .map(envelope -> told(WireJson.read(
                        envelope.data(),
                        EventType.ofWireName(envelope.type()).orElseThrow().dataClass())))
                .toList();
    }

    private static String told(EventData data) {
        return switch (data) {
            case ParticipationOpenedV1 opened ->
                "opened " + opened.region() + "/" + opened.scheme().code()
                        + (opened.registration() ? " registration" : "");
            case ParticipationSuspendedV1 suspended ->
                "suspended " + suspended.region() + "/" + suspended.scheme().code();
            default -> data.getClass().getSimpleName();
        };
    }
}
