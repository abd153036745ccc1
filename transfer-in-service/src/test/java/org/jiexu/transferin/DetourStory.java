package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.client.CheckAnswer.Wish;
import org.jiexu.bus.client.CheckAnswer.WishKind;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 旁路 — what may lie between an application and its end. */
class DetourStory {
    private static final String ACCEPTED = "transfer.accepted.v1";
    private static final String COMPLETED = "transfer.completed.v1";
    private static final CodedReason STILL_INSURED = new CodedReason("STILL_INSURED_THERE", "转出地尚未中止参保", "请先暂停参保");
    private static final CodedReason NOT_INSURED = new CodedReason("NOT_INSURED_HERE", "转入地未参保", "请先参保登记");

    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("R2.3")
    void papersThatAreMissingAreToldAtOnceAndCompletedLater() {
        var arriving = here.somebody(CHANGSHA);

        var applied = arriving.apply(arriving.atWindow(), arriving.clerk());
        var half = arriving.supplement(arriving.clerk(), "SOCIAL_SECURITY_CARD");
        var unknown = arriving.supplement(arriving.clerk(), "DIPLOMA");
        var stranger = arriving.supplement(here.somebody(CHANGSHA).token(), "APPLICATION_FORM");
        var whole = arriving.supplement(arriving.token(), "APPLICATION_FORM");
        var late = arriving.supplement(arriving.token(), "APPLICATION_FORM");

        assertThat(applied.status()).isEqualTo(202);
        assertThat(applied.body().path("statusWords").asString()).isEqualTo("待补正");
        assertThat(applied.body().path("reasons").findValuesAsString("code"))
                .containsExactly("IDENTITY_MISSING", "FORM_MISSING");
        assertThat(half.status()).isEqualTo(202);
        assertThat(half.body().path("reasons").findValuesAsString("code")).containsExactly("FORM_MISSING");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(whole.status()).isEqualTo(201);
        assertThat(whole.body().path("statusWords").asString()).isEqualTo("已受理");
        assertThat(whole.body().path("reasons").size()).isZero();
        assertThat(whole.body().path("steps").findValuesAsString("step"))
                .containsExactly("SUBMITTED", "INCOMPLETE", "SUPPLEMENTED", "ACCEPTED", "LETTER_ISSUED");
        assertThat(late.body().path("code").asString()).isEqualTo("NOTHING_ASKED");
        until(() -> arriving.toOldRegion().contains(ACCEPTED));
    }

    @Test
    @Tag("R2.3")
    void conditionsThatFailAndPapersThatAreMissingAreToldTogether() {
        var arriving = here.somebody(CHANGSHA).checked(new CheckAnswer.Refused(List.of(STILL_INSURED)));

        var applied = arriving.apply(arriving.atWindow("IDENTITY_CARD"), arriving.clerk());

        assertThat(applied.status()).isEqualTo(422);
        assertThat(applied.body().path("reasons").findValuesAsString("code"))
                .containsExactly("STILL_INSURED_THERE", "FORM_MISSING");
        assertThat(arriving.supplement(arriving.clerk(), "APPLICATION_FORM").status())
                .isEqualTo(409);
    }

    @Test
    @Tag("R2.11")
    void howThePersonWasIdentifiedIsOnTheRecord() {
        var arriving = here.somebody(CHANGSHA);
        var signed = "\"version\": \"2026-01\", \"at\": \"2026-09-13T02:00:00Z\", \"signature\": \"%s\""
                .formatted("0f".repeat(32));
        arriving.apply(
                arriving.atWindow("APPLICATION_FORM", "IDENTITY_CARD")
                        .replace("\"version\": \"2026-01\"", signed)
                        .replace("\"WINDOW_DOCUMENT\"", "\"WINDOW_DOCUMENT\", \"at\": \"2026-09-13T01:30:00Z\""),
                arriving.clerk());

        var file = here.get("/api/v1/agency/430100/transfers-in/" + arriving.number(), arriving.clerk())
                .body();

        assertThat(file.path("materials").toString()).isEqualTo("[\"IDENTITY_CARD\",\"APPLICATION_FORM\"]");
        assertThat(file.path("proof").toString())
                .isEqualTo("{\"identification\":\"WINDOW_DOCUMENT\",\"identifiedAt\":\"2026-09-13T01:30:00Z\","
                        + "\"agreementVersion\":\"2026-01\",\"agreedAt\":\"2026-09-13T02:00:00Z\",\"signature\":\""
                        + "0f".repeat(32) + "\"}");
    }

    @Test
    @Tag("R2.3")
    @Tag("R2.7")
    void papersThatAreMissingAreToldWhileTheRegistryIsAwayToo() {
        var waits = here.somebody(CHANGSHA);
        var completes = here.somebody(CHANGSHA);
        here.get("/api/v1/transfers/x", waits.clerk());
        here.registry.setDown(true);
        try {
            var applied = waits.apply(waits.atWindow(), waits.clerk());
            completes.apply(completes.atWindow(), completes.clerk());
            var whole = completes.supplement(completes.clerk(), "IDENTITY_CARD", "APPLICATION_FORM");

            assertThat(applied.body().path("state").asString()).isEqualTo("SUBMITTED");
            assertThat(applied.body().path("reasons").findValuesAsString("code"))
                    .containsExactly("IDENTITY_MISSING", "FORM_MISSING");
            assertThat(whole.status()).isEqualTo(202);
            assertThat(whole.body().path("reasons").size()).isZero();
        } finally {
            here.registry.setDown(false);
        }

        waits.untilState("INCOMPLETE");
        completes.untilState("ACCEPTED");
    }

    @Test
    @Tag("R2.3")
    void anIncompleteApplicationIsWithdrawnAtOnceAndItsReservationFreed() {
        var arriving = here.somebody(CHANGSHA);
        arriving.apply(arriving.atWindow("E_CREDENTIAL"), arriving.clerk());

        arriving.withdraw();

        assertThat(arriving.show().body().path("statusWords").asString()).isEqualTo("已撤回");
        until(() -> arriving.progress().size() == 2);
        assertThat(arriving.progress().getLast().status()).isEqualTo(PublicStatus.WITHDRAWN);
        assertThat(arriving.toOldRegion()).isEmpty();
    }

    @Test
    @Tag("R2.8")
    void whatIsMendedOnlineIsWaitedForAndGoesOnByItself() {
        var arriving = here.somebody(CHANGSHA);
        arriving.checked(new CheckAnswer.Waiting(
                arriving.person,
                List.of(STILL_INSURED, NOT_INSURED),
                List.of(new Wish(JINING, Scheme.EMPLOYEE, WishKind.SUSPEND))));

        var applied = arriving.apply(
                arriving.application().replace("\"cause\"", "\"oneStop\": true, \"cause\""), arriving.token());
        arriving.checked(new CheckAnswer.Waiting(arriving.person, List.of(NOT_INSURED), List.of()));

        assertThat(applied.status()).isEqualTo(202);
        assertThat(applied.body().path("state").asString()).isEqualTo("WAITING");
        assertThat(applied.body().path("statusWords").asString()).isEqualTo("已提交");
        assertThat(applied.body().path("reasons").size()).isEqualTo(2);
        until(() -> arriving.file().reasons().equals(List.of(NOT_INSURED)));
        arriving.checked(new CheckAnswer.Acceptable(arriving.person, null));
        arriving.untilState("ACCEPTED");
        assertThat(arriving.show().body().path("reasons").size()).isZero();
        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED)));
    }

    @Test
    @Tag("R2.8")
    void whatWaitsIsWithdrawnOrRefusedLikeAnyApplication() {
        var leaves = here.somebody(CHANGSHA);
        var fails = here.somebody(CHANGSHA);
        for (var each : List.of(leaves, fails)) {
            each.checked(new CheckAnswer.Waiting(each.person, List.of(NOT_INSURED), List.of()));
            each.apply();
        }

        leaves.withdraw();
        fails.checked(new CheckAnswer.Refused(List.of(NOT_INSURED)));

        assertThat(leaves.show().body().path("state").asString()).isEqualTo("WITHDRAWN");
        until(() -> leaves.progress().size() == 2);
        fails.untilState("REFUSED");
        assertThat(fails.toOldRegion()).isEmpty();
    }

    @Test
    @Tag("R10.2")
    @Tag("43-art-7")
    void whatIsMissingWaitedForOrRefusedIsToldWithItsReasons() {
        var incomplete = here.somebody(CHANGSHA);
        var waiting = here.somebody(CHANGSHA);
        var refused = here.somebody(CHANGSHA);
        var nameless = here.somebody(CHANGSHA).checked(new CheckAnswer.Refused(List.of(STILL_INSURED)));
        waiting.checked(new CheckAnswer.Waiting(waiting.person, List.of(NOT_INSURED), List.of()));

        incomplete.apply(incomplete.atWindow("IDENTITY_CARD"), incomplete.clerk());
        waiting.apply();
        refused.checked(refusal(refused)).apply();
        nameless.apply();

        until(() -> incomplete.progress().size() == 1
                && waiting.progress().size() == 1
                && refused.progress().size() == 1);
        assertThat(incomplete.progress().getFirst().status()).isEqualTo(PublicStatus.INCOMPLETE);
        assertThat(incomplete.progress().getFirst().why())
                .extracting(CodedReason::code)
                .containsExactly("FORM_MISSING");
        assertThat(waiting.progress().getFirst().status()).isEqualTo(PublicStatus.SUBMITTED);
        assertThat(waiting.progress().getFirst().why()).containsExactly(NOT_INSURED);
        assertThat(refused.progress().getFirst().status()).isEqualTo(PublicStatus.REFUSED);
        assertThat(refused.progress().getFirst().why()).containsExactly(STILL_INSURED, NOT_INSURED);
        assertThat(refused.progress().getFirst().person()).isEqualTo(refused.person);
        // Whoever gives another one's number is not told as that one.
        assertThat(nameless.progress()).isEmpty();
    }

    private static CheckAnswer refusal(NewRegion.Arriving arriving) {
        return new CheckAnswer.Refused(List.of(STILL_INSURED, NOT_INSURED), arriving.person);
    }

    @Test
    @Tag("R2.3")
    @Tag("R10.2")
    void papersThatDoNotComeByTheDayThatWasToldEndTheApplication() {
        var late = here.somebody(CHANGSHA);
        var inTime = here.somebody(CHANGSHA);
        for (var each : List.of(late, inTime)) {
            each.apply(each.atWindow("IDENTITY_CARD"), each.clerk());
        }
        // 30 working days from Monday 14 September over 中秋节 and 国庆节, with the two Saturdays and Sundays worked.
        assertThat(late.show().body().path("supplementBy").asString()).isEqualTo("2026-10-30");
        assertThat(late.show().body().at("/steps/1/dueOn").asString()).isEqualTo("2026-10-30");

        // The clock of this region is shared with other stories: the day comes to the applications instead.
        dueOn(late, "2026-09-11");
        dueOn(inTime, "2026-09-14");

        late.untilState("REFUSED");
        until(() -> late.progress().size() == 2);
        assertThat(late.progress().getLast().why())
                .extracting(CodedReason::code)
                .containsExactly("SUPPLEMENT_OVERDUE", "FORM_MISSING");
        assertThat(late.supplement(late.clerk(), "APPLICATION_FORM")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("CASE_ENDED");
        assertThat(inTime.supplement(inTime.clerk(), "APPLICATION_FORM").status())
                .isEqualTo(201);
    }

    private void dueOn(NewRegion.Arriving arriving, String day) {
        here.jdbc()
                .sql("update transfer_case set supplement_by = cast(:day as date) where number = :number")
                .param("day", day)
                .param("number", arriving.number().value())
                .update();
    }

    @Test
    @Tag("R1.3")
    void theOldCoverageYearIsWaitedFor() {
        var arriving = here.somebody(HANGZHOU);
        arriving.checked(new CheckAnswer.Acceptable(arriving.person, null, LocalDate.of(2027, 1, 1)));
        var residents = arriving.application().replace("310", "390");
        arriving.apply(residents, arriving.token());

        arriving.oldRegion(arriving.issued(1, "0.00", 24));
        arriving.untilState("YEAR_RUNNING");

        until(() -> arriving.history().equals(List.of("history.booked.v1")));
        var shown = arriving.show().body();
        assertThat(shown.path("statusWords").asString()).isEqualTo("办理中");
        assertThat(shown.path("notBefore").asString()).isEqualTo("2027-01-01");
        assertThat(shown.path("months").asInt()).isEqualTo(24);
        assertThat(shown.path("steps").path(4).path("step").asString()).isEqualTo("YEAR_RUNNING");
        assertThat(shown.path("steps").path(4).path("dueOn").asString()).isEqualTo("2027-01-01");
        assertThat(arriving.toOldRegion()).containsExactly(ACCEPTED);
        assertThat(arriving.withdraw().body().path("code").asString()).isEqualTo("TOO_LATE_TO_WITHDRAW");

        // The clock of this region is shared with other stories: the day comes to the case instead.
        here.jdbc()
                .sql("update transfer_case set not_before = '2026-09-14' where number = :number")
                .param("number", arriving.number().value())
                .update();

        arriving.untilState("COMPLETED");
        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, COMPLETED)));
    }

    @Test
    @Tag("R6.3")
    void anInstantCaseIsConfirmedByItselfUpToTheProvincesLimit() {
        var small = here.somebody(CHANGSHA).arrivesInstantly();
        var large = here.somebody(CHANGSHA).arrivesInstantly();
        var faulty = here.somebody(CHANGSHA).arrivesInstantly();
        until(() -> small.toOldRegion().equals(List.of(ACCEPTED)));

        small.oldRegion(small.issued(1, "10000.00", 20));
        large.oldRegion(large.issued(1, "10000.01", 20));
        faulty.oldRegion(faulty.issued(1, "10.00", 25));

        small.untilState("BOOKED");
        assertThat(small.last(Topics.transfer(JINING), TransferAcceptedV1.class).isInstant())
                .isTrue();
        large.untilState("RECEIVED");
        faulty.untilState("RECEIVED");
        assertThat(limits(large)).containsExactlyInAnyOrder("PROMISE OPEN", "BOOK OPEN", "REVIEW OPEN");
        assertThat(limits(faulty)).containsExactlyInAnyOrder("PROMISE OPEN", "BOOK OPEN");
        assertThat(here.get("/api/v1/agency/430100/tasks?kind=CHECK_SHEET&limit=200", large.clerk())
                        .text())
                .contains(large.number().value(), faulty.number().value());
        large.act("confirmation", null);
        assertThat(limits(large)).contains("REVIEW MET", "BOOK MET");
    }

    private List<String> limits(NewRegion.Arriving arriving) {
        return here.jdbc()
                .sql("select kind || ' ' || status from deadline where case_key = :number")
                .param("number", arriving.number().value())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
