package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.until;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.contract.ParticipationOpenedV1;
import org.jiexu.wire.contract.ParticipationSuspendedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** 免申即转 as the receiving region sees it: 长沙 collects by itself since 2025-07-10, the old region is 株洲. */
@Tag("R6.1")
class AutomaticStory {
    private static final RegionCode ZHUZHOU = NewRegion.ZHUZHOU;
    private static final Instant MORNING = BusTestKit.START;
    private static final Map<String, String> OLD_RECORDS = new ConcurrentHashMap<>();

    private final NewRegion here = NewRegion.shared();

    @BeforeAll
    static void hunanCollectsByItself() {
        var here = NewRegion.shared();
        here.kit.policy("instant.automaticSince", "430000", "2025-07-10");
        here.registry.answer(
                "/internal/old-records",
                asked -> OLD_RECORDS.getOrDefault(
                        JsonMapper.shared().readTree(asked).path("person").asString(), "{}"));
        // The directory has its own reader: a registration that is read before the policy would start nothing.
        var policies = here.bean(Policies.class);
        until(() -> policies.text(Policies.INSTANT_AUTOMATIC_SINCE, CHANGSHA).equals("2025-07-10"));
    }

    @AfterAll
    static void noMore() {
        NewRegion.shared().kit.policy("instant.automaticSince", "430000", "");
    }

    @Test
    void aNewRegistrationBringsTheSuspendedRecordAlongOnce() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "SUSPENDED", true, "");

        registers(arriving, true, MORNING);
        registers(arriving, true, MORNING);

        until(() -> numbers(arriving).size() == 1);
        until(() -> accepted(arriving).size() == 1);
        assertThat(accepted(arriving).getFirst().isInstant()).isTrue();
        hasElsewhere(
                arriving,
                "SUSPENDED",
                true,
                ", \"openCase\": \"" + numbers(arriving).getFirst() + "\"");
        hasElsewhere(arriving, "TERMINATED", false, "");
        registers(arriving, true, MORNING);
        until(() -> state(arriving).equals("DONE"));
        assertThat(numbers(arriving)).hasSize(1);
        assertThat(column(arriving, "channel")).containsExactly("AUTOMATIC");
        assertThat(column(arriving, "state")).containsExactly("ACCEPTED");
    }

    @Test
    void anActiveRecordIsWaitedForAndFollowsWhenItIsSuspended() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "INSURED", true, "");

        registers(arriving, true, MORNING);
        until(() -> state(arriving).equals("WAITING"));
        assertThat(numbers(arriving)).isEmpty();
        hasElsewhere(arriving, "SUSPENDED", true, "");
        says(arriving, new ParticipationSuspendedV1(arriving.person, ZHUZHOU, Scheme.EMPLOYEE, MORNING));

        until(() -> accepted(arriving).size() == 1);
    }

    @Test
    void whatAnotherCaseHasInHandsIsLookedAtAgain() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "SUSPENDED", true, ", \"openCase\": \"430300-26-7KQ4M2XD-9\"");

        registers(arriving, true, MORNING);
        until(() -> looks(arriving) >= 2);
        assertThat(numbers(arriving)).isEmpty();
        hasElsewhere(arriving, "SUSPENDED", true, "");

        until(() -> accepted(arriving).size() == 1);
    }

    @Test
    void theRegistryMayBeAwayWhenThePersonRegisters() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "SUSPENDED", true, "");

        here.registry.setDown(true);
        registers(arriving, true, MORNING);
        until(() -> looks(arriving) >= 1);
        here.registry.setDown(false);

        until(() -> accepted(arriving).size() == 1);
    }

    @Test
    @Tag("R1.7")
    void neitherAResumptionNorWhatWasBeforeTheRuleNorAnotherSchemeNorAProvinceWithoutItStartsOne() {
        var resumed = here.somebody(CHANGSHA);
        var earlier = here.somebody(CHANGSHA);
        var elsewhere = here.somebody(HANGZHOU);
        var last = here.somebody(CHANGSHA);
        hasElsewhere(last, "SUSPENDED", false, "");

        registers(resumed, false, MORNING);
        registers(earlier, true, Instant.parse("2025-07-09T15:59:59Z"));
        registers(elsewhere, true, MORNING);
        says(
                resumed,
                new ParticipationOpenedV1(
                        resumed.person, CHANGSHA, Scheme.RESIDENT, LocalDate.of(2026, 9, 14), true, MORNING));
        registers(last, true, MORNING);

        until(() -> state(last).equals("DONE"));
        assertThat(List.of(state(resumed), state(earlier))).containsExactly("", "");
        until(() -> here.kit
                        .types(Topics.participation(HANGZHOU), elsewhere.person.value())
                        .size()
                == 1);
        assertThat(state(elsewhere)).isEmpty();
    }

    @Test
    @Tag("R2.6")
    void aCaseThatWasDeclinedIsNotAppliedForAgainUntilSomethingHappens() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "SUSPENDED", true, "");
        registers(arriving, true, MORNING);
        until(() -> accepted(arriving).size() == 1);

        declines(arriving);
        until(() -> automatic(arriving.person, "given_up").equals("{430200}"));

        assertThat(numbers(arriving)).hasSize(1);
        says(
                arriving,
                new ParticipationSuspendedV1(arriving.person, ZHUZHOU, Scheme.EMPLOYEE, MORNING.plusSeconds(86_400)));
        until(() -> accepted(arriving).size() == 2);
    }

    @Test
    void aRegistrationIsFollowedNoFurtherThanTheOneCaseThatBringsEverything() {
        var arriving = here.somebody(CHANGSHA);
        hasElsewhere(arriving, "SUSPENDED", true, ", \"neverFilled\": true");
        registers(arriving, true, MORNING);
        until(() -> accepted(arriving).size() == 1);
        until(() ->
                automatic(arriving.person, "its_case").equals(numbers(arriving).getFirst()));

        assertThat(looks(arriving)).isEqualTo(1);
        declines(arriving);
        until(() -> automatic(arriving.person, "given_up").equals("{430200}"));

        until(() -> state(arriving).equals("WAITING"));
        assertThat(numbers(arriving)).hasSize(1);
    }

    private void declines(Arriving arriving) {
        here.kit.say(
                Source.of(ZHUZHOU, ServiceName.TRANSFER_OUT),
                Topics.transfer(CHANGSHA),
                CHANGSHA.value(),
                numbers(arriving).getFirst(),
                new TransferDeclinedV1(List.of(), false));
    }

    @Test
    @Tag("R6.4")
    void aBalanceThatAnEarlierMoveLeftBehindIsFetchedWhereThePersonIsInsuredNow() {
        var moved = here.somebody(CHANGSHA);
        hasElsewhere(moved, "TERMINATED", true, "");

        leftBehind(moved);
        leftBehind(moved);

        until(() -> accepted(moved).size() == 1);
        assertThat(numbers(moved)).hasSize(1);
    }

    @Test
    @Tag("R2.10")
    void whatThePersonChoseToLeaveIsNotFetched() {
        var moved = here.somebody(CHANGSHA);
        hasElsewhere(moved, "TERMINATED", true, ", \"leftByChoice\": true");

        leftBehind(moved);

        until(() -> state(moved).equals("DONE"));
        assertThat(numbers(moved)).isEmpty();
    }

    private void leftBehind(Arriving arriving) {
        here.kit.say(
                Source.of(ZHUZHOU, ServiceName.SETTLEMENT),
                Topics.participation(CHANGSHA),
                CHANGSHA.value(),
                arriving.person.value(),
                new LeftOverFoundV1(arriving.person, ZHUZHOU, Fen.parse("66.60"), MORNING));
    }

    private void hasElsewhere(Arriving arriving, String status, boolean left, String more) {
        OLD_RECORDS.put(arriving.person.value(), """
            {"person": "%s", "certificateType": "01", "certificateNumber": "%s", "name": "%s", "here": "INSURED",
             "records": [{"region": "430200", "status": "%s", "retiree": false, "left": %s, "months": 24,
                          "firstMonth": "2022-01", "lastMonth": "2023-12", "filling": false %s}]}
            """.formatted(
                        arriving.person.value(), arriving.certificate.number(), arriving.name, status, left, more));
    }

    private void registers(Arriving arriving, boolean registration, Instant at) {
        says(
                arriving,
                new ParticipationOpenedV1(
                        arriving.person,
                        arriving.receiving,
                        Scheme.EMPLOYEE,
                        LocalDate.of(2026, 9, 14),
                        registration,
                        at));
    }

    private void says(Arriving arriving, EventData data) {
        here.kit.say(
                Source.REGISTRY,
                Topics.participation(arriving.receiving),
                arriving.receiving.value(),
                arriving.person.value(),
                data);
    }

    private List<String> numbers(Arriving arriving) {
        return column(arriving, "number");
    }

    private List<String> column(Arriving arriving, String column) {
        return here.jdbc()
                .sql("select " + column + " from transfer_case where certificate_number = :number")
                .param("number", arriving.certificate.number())
                .query((row, n) -> row.getString(1))
                .list();
    }

    private List<TransferAcceptedV1> accepted(Arriving arriving) {
        return numbers(arriving).stream()
                .flatMap(number -> here.kit.events(Topics.transfer(ZHUZHOU), number).stream())
                .map(envelope -> WireJson.read(envelope.data(), TransferAcceptedV1.class))
                .toList();
    }

    private String state(Arriving arriving) {
        return automatic(arriving.person, "state");
    }

    private int looks(Arriving arriving) {
        var looks = automatic(arriving.person, "looks");
        return looks.isEmpty() ? 0 : Integer.parseInt(looks);
    }

    private String automatic(PersonId person, String column) {
        return here.jdbc()
                .sql("select " + column + "::text from automatic_transfer where person = :person")
                .param("person", person.value())
                .query(String.class)
                .optional()
                .orElse("");
    }
}
