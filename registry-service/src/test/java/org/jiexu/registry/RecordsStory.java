package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.participation;

import java.time.YearMonth;
import java.util.List;
import org.jiexu.registry.RunningRegistry.Answer;
import org.jiexu.wire.contract.HistoryBookedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 缴费年限和待遇 — the months of all regions together, and what follows from a break. */
class RecordsStory {
    private static final String NAME = "周小满";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private final CaseNumber number = registry.number(CHANGSHA);
    private final PersonId person = mover();

    private PersonId mover() {
        registry.importPerson(
                certificate, NAME, JINING, participation("2", "{\"from\": \"2024-07\", \"to\": \"2026-06\"}"));
        return new PersonId(registry.importPerson(certificate, NAME, CHANGSHA, participation("1", "")));
    }

    @Test
    @Tag("43-art-12")
    @Tag("R8.5")
    void monthsOfAllRegionsAreCountedOnceForTheAgencyAndForThePerson() {
        pay(4, "{\"from\": \"2026-06\", \"to\": \"2026-09\"}");

        var shown = registry.get(registry.issuer.clerk(CHANGSHA), accumulation(CHANGSHA.value()));
        var mine = registry.get(registry.issuer.person(person), "/api/v1/regions/430100/persons/me/accumulation");

        assertThat(shown.body().path("employeeMonths").asInt()).isEqualTo(27);
        assertThat(shown.body().path("employeeMonthsInProvince").asInt()).isEqualTo(4);
        assertThat(shown.body().at("/overlaps/0/from").asString()).isEqualTo("2026-06");
        assertThat(shown.body().at("/overlaps/0/first/row/agencyRegion").asString())
                .isEqualTo("370899");
        assertThat(shown.body().path("overlaps").size()).isEqualTo(1);
        assertThat(mine.body()).isEqualTo(shown.body());
        assertThat(registry.get(registry.issuer.clerk(HANGZHOU), accumulation(HANGZHOU.value()))
                        .status())
                .isEqualTo(404);
        assertThat(registry.get(registry.issuer.clerk(HANGZHOU), accumulation(CHANGSHA.value()))
                        .status())
                .isEqualTo(403);
        assertThat(registry.get(registry.issuer.person(person), "/api/v1/regions/999900/persons/me/accumulation")
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("R5.4")
    void whatHasTravelledIsNoOverlap() {
        move();

        var shown = registry.get(registry.issuer.clerk(CHANGSHA), accumulation(CHANGSHA.value()));

        assertThat(shown.body().path("employeeMonths").asInt()).isEqualTo(24);
        assertThat(shown.body().path("overlaps").isEmpty()).isTrue();
    }

    @Test
    @Tag("43-art-11")
    @Tag("R8.4")
    void theDecisionIsOpenUntilPaidAndChangesWithTheBackPayment() {
        move();

        var open = benefits();
        pay(1, "{\"from\": \"2026-09\", \"to\": \"2026-09\"}");
        var broken = benefits();
        pay(2, "{\"from\": \"2026-07\", \"to\": \"2026-08\", \"backPayment\": true}");
        var mended = benefits();

        assertThat(open.body().path("open").asBoolean()).isTrue();
        assertThat(open.body().path("firstPaymentBy").asString()).isEqualTo("2026-10");
        assertThat(broken.body().path("rule").asString()).isEqualTo("SHORT_GAP_NOT_PAID_BACK");
        assertThat(broken.body().path("gapMonths").asInt()).isEqualTo(2);
        assertThat(broken.body().path("waitingMonths").asInt()).isEqualTo(6);
        assertThat(broken.body().path("benefitsFrom").asString()).isEqualTo("2027-03");
        assertThat(broken.body().path("backPaymentUntil").asString()).isEqualTo("2026-12-31");
        assertThat(broken.body().path("basis").asString()).startsWith("43号 Art. 11");
        assertThat(mended.body().path("rule").asString()).isEqualTo("SHORT_GAP_PAID_BACK");
        assertThat(mended.body().path("benefitsFrom").asString()).isEqualTo("2026-09");
        assertThat(mended.body().path("coveredFrom").asString()).isEqualTo("2026-07");
        assertThat(mended.body().path("monthsInARow").asInt()).isEqualTo(24);
    }

    @Test
    void nothingIsDecidedAboutAMoveThatNobodyKnows() {
        var answer = registry.post(registry.issuer.service(), "/internal/benefits", question("330100"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(registry.post(registry.issuer.clerk(CHANGSHA), "/internal/benefits", question("430100"))
                        .status())
                .isIn(403, 404);
    }

    private void move() {
        var transferIn = Source.of(CHANGSHA, ServiceName.TRANSFER_IN);
        var row = new SheetRow(
                1,
                YearMonth.of(2024, 7),
                YearMonth.of(2026, 6),
                SheetScheme.EMPLOYEE,
                24,
                "济宁市医疗保险事业中心",
                "370899",
                null);
        registry.say(
                transferIn,
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                CaseStory.progress(number, person, "ACCEPTED", PublicStatus.ACCEPTED, START));
        registry.say(
                transferIn,
                Topics.participation(CHANGSHA),
                "430100",
                person.value(),
                new HistoryBookedV1(number, person, CHANGSHA, Scheme.EMPLOYEE, List.of(row)));
        registry.post(registry.issuer.service(), "/internal/sheet-rows", """
            {"items": [{"number": "%s", "person": "%s", "region": "370800", "scheme": "310"}]}
            """.formatted(number, person));
        registry.say(
                Source.of(JINING, ServiceName.TRANSFER_OUT),
                Topics.participation(JINING),
                "370800",
                person.value(),
                new RelationshipTerminatedV1(number, person, JINING, Scheme.EMPLOYEE, START));
        registry.awaitRead(Topics.PROGRESS);
        registry.awaitRead(Topics.participation(CHANGSHA));
        registry.awaitRead(Topics.participation(JINING));
    }

    private Answer benefits() {
        return registry.post(registry.issuer.service(), "/internal/benefits", question("430100"));
    }

    private String question(String receiving) {
        return """
            {"number": "%s", "person": "%s", "sending": "370800", "fromScheme": "310", "receiving": "%s",
             "toScheme": "310"}
            """.formatted(number, person, receiving);
    }

    private void pay(int months, String period) {
        registry.pay(certificate, CHANGSHA, months, period);
    }

    private String accumulation(String region) {
        return "/api/v1/agency/" + region + "/participation/" + person + "/accumulation";
    }
}
