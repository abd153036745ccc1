package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.ParticipationSuspendedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.EnvelopeHeaders;
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

/** 一站式联办: what is in the way is done on-line by the region concerned, or refused with a reason. */
@Tag("43-art-7")
@Tag("R2.8")
class OneStopStory {
    private static final String NAME = "顾清和";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private final CaseNumber number = registry.number(CHANGSHA);

    @Test
    void waitsUntilBothRegionsHaveDoneWhatWasWished() {
        var person = insuredInJining();

        var waiting = check(true);
        assertThat(waiting.body().path("outcome").asString()).isEqualTo("WAITING");
        assertThat(waiting.body().path("person").asString()).isEqualTo(person);
        assertThat(registry.reasons(waiting)).containsExactly("STILL_INSURED_THERE", "NOT_INSURED_HERE");
        assertThat(waiting.body().path("wishes").valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"region\":\"370800\",\"scheme\":\"310\",\"kind\":\"SUSPEND\"}",
                        "{\"region\":\"430100\",\"scheme\":\"310\",\"kind\":\"ENROL\"}");
        assertThat(check(true).body()).isEqualTo(waiting.body());

        var suspend = wish(JINING);
        assertThat(suspend.path("kindWords").asString()).isEqualTo("暂停参保");
        assertThat(suspend.path("stateWords").asString()).isEqualTo("待办");
        assertThat(suspend.toString()).doesNotContain(certificate.number());
        var enrol = registry.get(registry.issuer.clerk(CHANGSHA), path(CHANGSHA) + "/" + id(CHANGSHA));
        assertThat(enrol.body().path("certificateNumber").asString()).isEqualTo(certificate.number());

        change("suspend", JINING);
        assertThat(wish(JINING).path("state").asString()).isEqualTo("DONE");
        assertThat(suspensionsToldTo(CHANGSHA, person)).isEqualTo(1);
        assertThat(registry.reasons(check(true))).containsExactly("NOT_INSURED_HERE");

        enrol();
        assertThat(wish(CHANGSHA).path("state").asString()).isEqualTo("DONE");
        assertThat(check(true).body().path("outcome").asString()).isEqualTo("ACCEPTABLE");
    }

    @Test
    void aRefusedWishMakesTheNextCheckARefusalWithTheReason() {
        insuredInJining();
        check(true);
        var refuse = path(JINING) + "/" + id(JINING) + "/refuse";
        var because = "{\"reason\": \"单位尚未办理减员\"}";

        var refused = registry.post(registry.issuer.clerk(JINING), refuse, because);
        var again = registry.post(registry.issuer.clerk(JINING), refuse, because);
        var other = registry.post(registry.issuer.clerk(JINING), refuse, "{\"reason\": \"另一理由\"}");
        var stranger =
                registry.post(registry.issuer.clerk(CHANGSHA), path(CHANGSHA) + "/" + id(JINING) + "/refuse", because);
        var decided = check(true);

        assertThat(refused.body().path("state").asString()).isEqualTo("REFUSED");
        assertThat(again.body()).isEqualTo(refused.body());
        assertThat(other.code()).isEqualTo("WISH_REFUSED");
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(decided.body().path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(registry.reasons(decided))
                .containsExactly("STILL_INSURED_THERE", "NOT_INSURED_HERE", "ONE_STOP_REFUSED");
        assertThat(decided.body().at("/reasons/2/message").asString()).contains("单位尚未办理减员");
        assertThat(wish(CHANGSHA).path("state").asString()).isEqualTo("WITHDRAWN");
    }

    @Test
    void withoutTheWishItIsARefusalAndNobodysTask() {
        insuredInJining();

        assertThat(check(false).body().path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(wishes(JINING, "")).isEmpty();
    }

    @Test
    void whatIsUndoneAgainIsWishedAgain() {
        insuredInJining();
        check(true);
        change("suspend", JINING);
        change("resume", JINING);

        check(true);

        assertThat(wish(JINING).path("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void whatIsDoneByImportIsFoundDoneAtTheNextCheck() {
        insuredInJining();
        check(true);

        registry.importPerson(certificate, NAME, CHANGSHA, participation("1", ""));
        check(true);

        assertThat(wish(CHANGSHA).path("state").asString()).isEqualTo("DONE");
        assertThat(wish(JINING).path("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void aWaitingApplicationThatIsToldOfReservesNothingAndItsWithdrawalEndsTheTasks() {
        var person = insuredInJining();
        check(true);

        progressed(person, "WAITING", PublicStatus.SUBMITTED, 0);
        assertThat(check(true).body().path("outcome").asString()).isEqualTo("WAITING");
        assertThat(registry.dump("reservation"))
                .filteredOn(row -> row.contains(number.value()))
                .isEmpty();

        progressed(person, "WITHDRAWN", PublicStatus.WITHDRAWN, 60);
        assertThat(wish(JINING).path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(wishes(JINING, "&state=OPEN")).isEmpty();
    }

    @Test
    void onlyTheRegionsOwnStaffSeeItsWishes() {
        assertThat(registry.get(registry.issuer.clerk(CHANGSHA), path(JINING)).status())
                .isEqualTo(403);
        assertThat(registry.get(registry.issuer.nationalOperator(), path(JINING))
                        .status())
                .isEqualTo(403);
        assertThat(registry.get(registry.issuer.clerk(JINING), path(JINING) + "/none")
                        .status())
                .isEqualTo(404);
    }

    private String insuredInJining() {
        return registry.importPerson(
                certificate, NAME, JINING, participation("1", "{\"from\": \"2019-01\", \"to\": \"2021-06\"}"));
    }

    private Answer check(boolean oneStop) {
        return registry.check(number, certificate, NAME, CHANGSHA, ", \"oneStop\": " + oneStop);
    }

    private static String path(RegionCode region) {
        return "/api/v1/agency/" + region + "/participation/wishes";
    }

    private List<JsonNode> wishes(RegionCode region, String more) {
        return registry.get(registry.issuer.clerk(region), path(region) + "?limit=200" + more)
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("number").asString().equals(number.value()))
                .toList();
    }

    private JsonNode wish(RegionCode region) {
        return wishes(region, "").getFirst();
    }

    private String id(RegionCode region) {
        return wish(region).path("id").asString();
    }

    private void change(String what, RegionCode region) {
        var answer = registry.post(
                registry.issuer.clerk(region), "/api/v1/agency/" + region + "/participation/" + what, """
                    {"certificateType": "01", "certificateNumber": "%s", "scheme": "310"}
                    """.formatted(
                                certificate.number()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void enrol() {
        var answer = registry.post(
                registry.issuer.clerk(CHANGSHA), "/api/v1/agency/430100/participation/enrol", """
                    {"certificateType": "01", "certificateNumber": "%s", "name": "%s", "scheme": "310", "personType": "1101"}
                    """.formatted(
                                certificate.number(), NAME));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private long suspensionsToldTo(RegionCode region, String person) {
        registry.awaitSaid();
        return registry.records(Topics.participation(region)).stream()
                .map(EnvelopeHeaders::read)
                .filter(told -> told.subject().equals(person))
                .filter(told -> told.type().equals(EventType.PARTICIPATION_SUSPENDED.wireName()))
                .map(told -> WireJson.read(told.data(), ParticipationSuspendedV1.class))
                .filter(told -> told.region().equals(JINING))
                .count();
    }

    private void progressed(String person, String state, PublicStatus status, int later) {
        registry.say(
                Source.of(CHANGSHA, ServiceName.TRANSFER_IN),
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        new PersonId(person),
                        JINING,
                        CHANGSHA,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        state,
                        state,
                        status,
                        null,
                        START.plusSeconds(later),
                        List.of()));
        registry.awaitRead(Topics.PROGRESS);
    }
}
