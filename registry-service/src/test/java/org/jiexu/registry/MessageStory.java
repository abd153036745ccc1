package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 告知 — each step to the person, and to the employer who applied (R10.2). */
@Tag("R10.2")
class MessageStory {
    private static final String NAME = "林秋分";
    private static final Source TRANSFER_IN = Source.of(CHANGSHA, ServiceName.TRANSFER_IN);
    private static final Source TRANSFER_OUT = Source.of(JINING, ServiceName.TRANSFER_OUT);

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private final PersonId person = new PersonId(registry.aMover(certificate, NAME));
    private final CaseNumber number = registry.number(CHANGSHA);

    @Test
    @Tag("43-art-7")
    @Tag("43-art-10")
    void eachStepIsToldToThePersonOnceHoweverOftenItIsSaid() {
        var accepted = say(TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, START, null);
        var completed = say(TRANSFER_IN, "COMPLETED", PublicStatus.COMPLETED, START.plusSeconds(60), null);
        for (var again : List.of(completed, accepted)) {
            registry.send(Topics.PROGRESS, again);
            registry.send(Topics.PROGRESS, withNewId(again));
        }
        registry.awaitRead(Topics.PROGRESS);

        assertThat(texts(registry.issuer.person(person), "/api/v1/messages?mine"))
                .containsExactly(
                        "医保关系转移业务（受理编号%s）已办结，原参保关系随之终止。".formatted(number),
                        "医保关系转移业务（受理编号%s）已受理，转出地将在十个工作日内开具信息表，承诺办结日期2026-10-13。".formatted(number));
        assertThat(registry.dump("message")).noneMatch(row -> row.contains(NAME) || row.contains(certificate.number()));
    }

    @Test
    void theEmployerWhoAppliedHearsTheSameAlsoWhatCameBeforeItWasKnown() {
        var uscc = "91430100MESSAGE001";
        say(TRANSFER_OUT, "SHEET_ISSUED", PublicStatus.IN_PROGRESS, START.plusSeconds(30), null);
        say(TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, START, uscc);
        say(TRANSFER_OUT, "SHEET_CORRECTED", PublicStatus.IN_PROGRESS, START.plusSeconds(90), null);

        var toEmployer = texts(registry.issuer.token("hr", "EMPLOYER", Map.of("uscc", uscc)), "/api/v1/messages?mine");

        assertThat(toEmployer).hasSize(3);
        assertThat(toEmployer).isEqualTo(texts(registry.issuer.person(person), "/api/v1/messages?mine"));
    }

    @Test
    @Tag("43-art-7")
    void aRefusalIsToldWithEveryReasonAndWhatCanBeDoneAndStandsInTheList() {
        var reasons = List.of(
                new CodedReason("STILL_INSURED_THERE", "转出地尚未中止参保", "请先暂停参保"),
                new CodedReason("BAD_NUMBER", "证件号码有误", ""));
        var uscc = "91430100MESSAGE003";
        say(TRANSFER_IN, "REFUSED", PublicStatus.REFUSED, START, uscc, reasons);

        var employer = registry.issuer.token("hr", "EMPLOYER", Map.of("uscc", uscc));
        for (var token : List.of(registry.issuer.person(person), employer)) {
            assertThat(texts(token, "/api/v1/messages?mine"))
                    .containsExactly("医保关系转移业务（受理编号%s）不予受理，原因：转出地尚未中止参保（请先暂停参保）；证件号码有误。".formatted(number));
            var listed = registry.get(token, "/api/v1/transfers?mine").body().at("/items/0");
            assertThat(listed.path("status").asString()).isEqualTo("REFUSED");
            assertThat(listed.path("reasons").findValuesAsString("code"))
                    .containsExactly("STILL_INSURED_THERE", "BAD_NUMBER");
        }
        // Nothing was accepted, so nothing is reserved.
        assertThat(registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, "")
                        .body()
                        .path("outcome")
                        .asString())
                .isEqualTo("ACCEPTABLE");
    }

    @Test
    void aDeathIsNotToldAsAReturn() {
        var died = new CodedReason("PERSON_DIED", "参保人已登记死亡，转移不再办理", "个人账户余额由继承人向转出地经办机构申请办理");
        say(TRANSFER_IN, "DECLINED", PublicStatus.DECLINED, START, null, List.of(died));

        assertThat(texts(registry.issuer.person(person), "/api/v1/messages?mine"))
                .containsExactly("医保关系转移业务（受理编号%s）未能转移，原因：参保人已登记死亡，转移不再办理（个人账户余额由继承人向转出地经办机构申请办理）。".formatted(number));
    }

    @Test
    @Tag("R7.6")
    void moneyThatWasTakenBackIsToldWithItsGround() {
        var ground = new CodedReason("MONEY_TAKEN_BACK", "重复划转", "请向转入地经办机构查询");
        say(TRANSFER_IN, "MONEY_TAKEN_BACK", PublicStatus.COMPLETED, START, null, List.of(ground));

        assertThat(texts(registry.issuer.person(person), "/api/v1/messages?mine"))
                .containsExactly("医保关系转移业务（受理编号%s）到账的个人账户资金已冲正，退还转出地，原因：重复划转（请向转入地经办机构查询）。".formatted(number));
    }

    @Test
    void aStepThatTheTableDoesNotKnowIsToldByItsStatus() {
        say(TRANSFER_IN, "SOMETHING_NEW", PublicStatus.IN_PROGRESS, START, null);

        assertThat(texts(registry.issuer.person(person), "/api/v1/messages?mine"))
                .containsExactly("医保关系转移业务（受理编号%s）有新的进展，当前状态：办理中，承诺办结日期2026-10-13。".formatted(number));
    }

    @Test
    void nobodyReadsWhatOthersWereTold() {
        say(TRANSFER_IN, "ACCEPTED", PublicStatus.ACCEPTED, START, "91430100MESSAGE002");
        var path = "/api/v1/operations/messages?case=" + number;

        assertThat(texts(registry.issuer.person(new PersonId("P00000STRANGE")), "/api/v1/messages?mine"))
                .isEmpty();
        assertThat(registry.get(registry.issuer.clerk(CHANGSHA), "/api/v1/messages?mine")
                        .status())
                .isEqualTo(403);
        assertThat(texts(registry.issuer.nationalOperator(), path)).hasSize(2);
        assertThat(texts(registry.issuer.token("hn", "OPERATOR", Map.of("province", "430000")), path))
                .hasSize(2);
        assertThat(registry.get(registry.issuer.token("zj", "OPERATOR", Map.of("province", "330000")), path)
                        .status())
                .isEqualTo(404);
        assertThat(registry.get(registry.issuer.nationalOperator(), "/api/v1/operations/messages?case=x")
                        .status())
                .isEqualTo(404);
        assertThat(registry.get(registry.issuer.person(person), path).status()).isEqualTo(403);
    }

    @Test
    void messagesComeInPages() {
        for (int i = 0; i < 3; i++) {
            say(TRANSFER_IN, "BOOKED", PublicStatus.MONEY_IN_TRANSIT, START.plusSeconds(i), null);
        }
        var token = registry.issuer.person(person);

        var first = registry.get(token, "/api/v1/messages?mine&limit=2").body();
        var second = registry.get(
                        token,
                        "/api/v1/messages?mine&limit=2&after="
                                + first.path("next").asString())
                .body();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(second.has("next")).isFalse();
        assertThat(registry.get(token, "/api/v1/messages?mine&after=x").status())
                .isEqualTo(400);
    }

    private Envelope say(Source source, String step, PublicStatus status, Instant at, @Nullable String employer) {
        return say(source, step, status, at, employer, List.of());
    }

    private Envelope say(
            Source source,
            String step,
            PublicStatus status,
            Instant at,
            @Nullable String employer,
            List<CodedReason> reasons) {
        var promise = new DeadlineStatusV1(DeadlineKind.PROMISE, CHANGSHA, LocalDate.of(2026, 10, 13), false, null);
        var told = new CaseProgressedV1(
                number,
                person,
                JINING,
                CHANGSHA,
                Scheme.EMPLOYEE,
                Scheme.EMPLOYEE,
                step,
                step,
                status,
                JINING,
                at,
                List.of(promise),
                null,
                employer,
                reasons);
        var said = registry.say(source, Topics.PROGRESS, Topics.EVERYBODY, number.value(), told);
        registry.awaitRead(Topics.PROGRESS);
        return said;
    }

    /** As after a restore: the same content said again. */
    private Envelope withNewId(Envelope said) {
        return new Envelope(
                        UuidV7.next().toString(),
                        said.source(),
                        said.type(),
                        said.to(),
                        said.subject(),
                        said.time(),
                        said.sequence(),
                        said.causationId(),
                        said.traceParent(),
                        "",
                        said.signature(),
                        said.data())
                .signedBy(registry.key(TRANSFER_IN));
    }

    private List<String> texts(String token, String path) {
        return registry.get(token, path)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("text").asString())
                .toList();
    }
}
