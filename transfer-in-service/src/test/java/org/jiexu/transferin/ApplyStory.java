package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Applications that do not go straight through. */
class ApplyStory {
    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("43-art-7")
    @Tag("R2.2")
    @Tag("R2.9")
    void everyReasonIsToldAtOnce() {
        var refused = here.somebodyRefused(CHANGSHA);

        var answer = refused.apply();

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("REFUSED");
        assertThat(answer.body().path("reasons").findValuesAsString("code"))
                .containsExactly("STILL_INSURED_THERE", "NOT_INSURED_HERE");
        assertThat(refused.toOldRegion()).isEmpty();
        assertThat(refused.progress()).isEmpty();
        var shown = refused.show();
        assertThat(shown.body().path("statusWords").asString()).isEqualTo("不予受理");
        assertThat(shown.body().path("reasons").size()).isEqualTo(2);
    }

    @Test
    void nothingStaysOfAnApplicationForSomebodyElse() {
        var other = here.somebodyElse(CHANGSHA);

        var answer = other.apply();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("code").asString()).isEqualTo("NOT_YOURS");
        assertThat(here.jdbc()
                        .sql("select count(*) from transfer_case where certificate_number = :number")
                        .param("number", other.certificate.number())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void badApplicationsAreToldWhatIsWrongAndStoreNothing() {
        var somebody = here.somebody(CHANGSHA);
        int before = here.count("transfer_case");
        var number = somebody.certificate.number();
        var good = somebody.application();

        var badNumber = somebody.apply(good.replace(number, number.substring(0, 17) + "?"), somebody.token());
        var unknownField =
                somebody.apply(good.replace("{\"person\"", "{\"status\": \"ACCEPTED\", \"person\""), somebody.token());
        var missing = somebody.apply("{\"person\": {}}", somebody.token());
        var broken = somebody.apply("{", somebody.token());
        var elsewhere = here.post("/api/v1/regions/130100/transfers", good, somebody.token());
        var operator = somebody.apply(good, here.tokens.operator("430000"));
        var otherClerk = somebody.apply(good, here.tokens.clerk(HANGZHOU));

        assertThat(badNumber.status()).isEqualTo(400);
        assertThat(badNumber.body().path("code").asString()).isEqualTo("BAD_NUMBER");
        assertThat(badNumber.text()).doesNotContain(number.substring(0, 17));
        assertThat(unknownField.status()).isEqualTo(400);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body().path("errors").size()).isEqualTo(9);
        assertThat(broken.status()).isEqualTo(400);
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(operator.status()).isEqualTo(403);
        assertThat(otherClerk.status()).isEqualTo(403);
        assertThat(here.count("transfer_case")).isEqualTo(before);
    }

    @Test
    @Tag("R10.1")
    void theLastFourCharactersOfTheCertificateShowEveryStepAndNoName() {
        var mine = here.somebody(CHANGSHA).accepted();
        var number = mine.certificate.number();
        var path = "/api/v1/transfers/" + mine.number() + "/status?last4=" + number.substring(number.length() - 4);

        var shown = here.get(path, here.somebody(CHANGSHA).token());

        assertThat(shown.body().at("/progress/steps").findValuesAsString("step"))
                .contains("SUBMITTED", "ACCEPTED");
        assertThat(shown.text()).doesNotContain(number, mine.name);
    }

    @Test
    @Tag("R10.1")
    void whoHasNoPartInACaseIsAnsweredAsIfItDidNotExist() {
        var mine = here.somebody(CHANGSHA).accepted();
        var other = here.somebody(CHANGSHA);
        var nobodys = CaseNumber.random(CHANGSHA, 2026, new Random(99));

        var seen = here.get("/api/v1/transfers/" + mine.number(), other.token());
        var missing = here.get("/api/v1/transfers/" + nobodys, other.token());
        var withdrawn = here.post("/api/v1/transfers/" + mine.number() + "/withdrawal", null, other.token());
        var status = here.get("/api/v1/transfers/" + mine.number() + "/status?last4=1234", other.token());

        assertThat(seen.status()).isEqualTo(404);
        assertThat(seen.text()).isEqualTo(missing.text());
        assertThat(withdrawn.status()).isEqualTo(404);
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.text())
                .isEqualTo(
                        "{\"number\":\"%s\",\"status\":\"ACCEPTED\",\"statusWords\":\"已受理\"}".formatted(mine.number()));
        assertThat(here.get("/api/v1/transfers/" + mine.number(), here.tokens.clerk(CHANGSHA))
                        .status())
                .isEqualTo(200);
        assertThat(here.get("/api/v1/transfers/" + mine.number(), here.tokens.clerk(JINING))
                        .status())
                .isEqualTo(200);
        assertThat(here.get("/api/v1/transfers/" + mine.number(), here.tokens.clerk(HANGZHOU))
                        .status())
                .isEqualTo(404);
        assertThat(here.get("/api/v1/agency/430100/transfers-in", here.tokens.clerk(HANGZHOU))
                        .status())
                .isEqualTo(404);
        assertThat(here.get("/api/v1/agency/430100/transfers-in?limit=1", here.tokens.clerk(CHANGSHA))
                        .body()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.11")
    void theDoorThatACallerCameThroughIsHisOwn() {
        var somebody = here.somebody(CHANGSHA);
        var stated = somebody.application().replace("\"cause\"", "\"channel\": \"%s\", \"cause\"");

        var automatic = somebody.apply(stated.formatted("AUTOMATIC"), somebody.token());
        var window = somebody.apply(
                stated.formatted("WINDOW_RECEIVING").replace("FACE", "WINDOW_DOCUMENT"), somebody.token());
        var otherWindow =
                somebody.apply(stated.formatted("WINDOW_SENDING").replace("FACE", "WINDOW_DOCUMENT"), somebody.clerk());
        var otherMeans = somebody.apply(stated.formatted("WINDOW_RECEIVING"), somebody.clerk());
        var tomorrow = somebody.apply(
                somebody.application().replace("\"FACE\"", "\"FACE\", \"at\": \"2099-01-01T00:00:00Z\""),
                somebody.token());
        var own = somebody.apply(stated.formatted("PROVINCIAL_APP"), somebody.token());

        assertThat(automatic.status()).isEqualTo(400);
        assertThat(window.status()).isEqualTo(403);
        assertThat(otherWindow.status()).isEqualTo(403);
        assertThat(otherMeans.body().path("errors").findValuesAsString("code")).containsExactly("OTHER_CHANNEL");
        assertThat(tomorrow.body().path("errors").findValuesAsString("code")).containsExactly("IN_THE_FUTURE");
        assertThat(own.status()).isEqualTo(201);
        assertThat(own.body().path("channel").asString()).isEqualTo("PROVINCIAL_APP");
        until(() -> somebody.progress().size() == 1);
        assertThat(somebody.progress().getFirst().channel()).isEqualTo("PROVINCIAL_APP");
    }

    @Test
    @Tag("R2.10")
    @Tag("R11.4")
    void theAccountGoesWhereTheKindOfTransferAllows() {
        var stays = here.somebody(CHANGSHA);
        var leaves = here.somebody(CHANGSHA);
        var resident = here.somebody(CHANGSHA);
        var toResident = leaves.application().replace("\"toScheme\": \"310\"", "\"toScheme\": \"390\"");

        stays.apply(wishing("PAID_OUT", stays.application()), stays.token());
        var moved = leaves.apply(wishing("MOVES", toResident), leaves.token());
        leaves.apply(wishing("PAID_OUT", toResident), leaves.token());
        var residents = resident.application().replace("\"scheme\": \"310\"", "\"scheme\": \"390\"");
        var paidOut = resident.apply(wishing("PAID_OUT", residents), resident.token());
        resident.apply(residents, resident.token());

        assertThat(moved.status()).isEqualTo(400);
        assertThat(moved.body().path("errors").findValuesAsString("code")).containsExactly("NOT_ALLOWED");
        assertThat(paidOut.status()).isEqualTo(400);
        // The old region's rule: an account that does not move stays there.
        assertThat(accepted(stays)).isEqualTo(AccountWish.STAYS);
        assertThat(accepted(leaves)).isEqualTo(AccountWish.PAID_OUT);
        assertThat(accepted(resident)).isEqualTo(AccountWish.STAYS);
    }

    @Test
    @Tag("R2.10")
    void towardsTheResidentSchemeTheApplicantIsAskedWhatBecomesOfTheAccountAtEveryDoor() {
        var leaves = here.somebody(CHANGSHA);
        var silent = leaves.application().replace("\"toScheme\": \"310\"", "\"toScheme\": \"390\"");

        var answers = List.of(
                leaves.apply(silent, leaves.token()),
                leaves.apply(silent, here.tokens.clerk(JINING)),
                leaves.apply(silent, here.tokens.clerk(CHANGSHA)),
                leaves.apply(silent.replace("\"cause\"", "\"oneStop\": true, \"cause\""), leaves.token()));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(400))
                .allSatisfy(answer -> assertThat(answer.body().path("errors"))
                        .isEqualTo(JsonMapper.shared().readTree("""
                            [{"field": "account", "code": "REQUIRED",
                              "message": "请选择转出地个人账户余额的处理方式：可以提取，可以保留在转出地。"}]
                            """)));
    }

    private static String wishing(String account, String application) {
        return application.replace("\"cause\"", "\"account\": \"%s\", \"cause\"".formatted(account));
    }

    private static AccountWish accepted(NewRegion.Arriving arriving) {
        until(() -> arriving.toOldRegion().size() == 1);
        return arriving.last(Topics.transfer(JINING), TransferAcceptedV1.class).accountWish();
    }

    @Test
    @Tag("43-art-6")
    @Tag("R1.5")
    @Tag("R2.1")
    void anEmployerAndAClerkMayApplyForSomebody() {
        var employed = here.somebody(CHANGSHA);
        var visiting = here.somebody(CHANGSHA);
        var employer = here.tokens.employer("91430100MA00000001");

        var byEmployer = employed.apply(employed.application(), employer);
        var byOldRegion = visiting.apply(visiting.application(), here.tokens.clerk(JINING));

        assertThat(byEmployer.status()).isEqualTo(201);
        assertThat(here.get("/api/v1/transfers/" + employed.number(), employer).status())
                .isEqualTo(200);
        assertThat(employed.show().status()).isEqualTo(200);
        assertThat(byOldRegion.status()).isEqualTo(201);
        assertThat(byOldRegion.body().path("channel").asString()).isEqualTo("WINDOW_SENDING");
        until(() -> employed.progress().size() == 1);
        assertThat(employed.progress().getFirst().employer()).isEqualTo("91430100MA00000001");
        assertThat(here.registry.requests("/internal/checks").stream()
                        .filter(asked -> asked.contains(employed.certificate.number())))
                .singleElement()
                .asString()
                .contains("\"employer\":\"91430100MA00000001\"");
    }

    @Test
    @Tag("R2.7")
    void anApplicationOutlastsTheRegistrysAbsence() {
        var goesOn = here.somebody(CHANGSHA);
        var changesItsMind = here.somebody(CHANGSHA);
        goesOn.token();
        here.get("/api/v1/transfers/x", goesOn.token());
        here.registry.setDown(true);
        try {
            var kept = goesOn.apply();
            var second = changesItsMind.apply();
            var withdrawn = here.post(
                    "/api/v1/transfers/" + changesItsMind.number() + "/withdrawal", null, changesItsMind.token());

            assertThat(kept.status()).isEqualTo(202);
            assertThat(kept.body().path("statusWords").asString()).isEqualTo("已提交");
            assertThat(goesOn.show().body().path("state").asString()).isEqualTo("SUBMITTED");
            assertThat(second.status()).isEqualTo(202);
            assertThat(withdrawn.body().path("state").asString()).isEqualTo("WITHDRAWN");
        } finally {
            here.registry.setDown(false);
        }

        goesOn.untilState("ACCEPTED");

        until(() -> goesOn.toOldRegion().equals(List.of("transfer.accepted.v1")));
        assertThat(goesOn.show().body().path("promisedBy").asString()).isEqualTo("2026-10-10");
        assertThat(changesItsMind.toOldRegion()).isEmpty();
        assertThat(changesItsMind.file().acceptedAt()).isNull();
    }

    @Test
    void aCutInTheMiddleOfTheDecisionIsMadeGood() {
        for (var point : List.of("after-submit", "before-decide-commit", "after-decide")) {
            var cut = here.somebody(CHANGSHA);
            here.bean(CrashPoints.class).arm("transfer-in." + point, 1, () -> {
                throw new IllegalStateException("cut off at " + point);
            });

            var answer = cut.apply();
            here.bean(CrashPoints.class).disarm();

            assertThat(answer.status()).isEqualTo(500);
            var number = new CaseNumber(here.jdbc()
                    .sql("select number from transfer_case where certificate_number = :number")
                    .param("number", cut.certificate.number())
                    .query(String.class)
                    .single());
            here.bean(CaseStore.class).retryAfter(number, Duration.ZERO);
            until(() ->
                    here.kit.types(Topics.transfer(JINING), number.value()).equals(List.of("transfer.accepted.v1")));
        }
    }
}
