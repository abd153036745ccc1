package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.HANGZHOU;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.START;
import static org.jiexu.registry.RunningRegistry.participation;

import java.util.List;
import java.util.Map;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.contract.PayOutProgressedV1;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RelationshipTerminatedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** 留存余额: money that stayed where the relationship has ended can be had, and the person knows of it (R2.10). */
@Tag("R2.10")
class LeftBalanceStory {
    private static final String NAME = "顾清和";

    private final RunningRegistry registry = RunningRegistry.shared();
    private final Certificate certificate = registry.certificate();
    private final PersonId person = new PersonId(registry.aMover(certificate, NAME));
    private final CaseNumber number = registry.number(CHANGSHA);

    @Test
    void moneyAloneIsSomethingToTransferUntilItIsGone() {
        registry.importPerson(certificate, NAME, HANGZHOU, participation("1", ""));
        leaves(JINING, number);
        assertThat(registry.reasons(applyAgain(""))).containsExactly("NOTHING_TO_TRANSFER", "INSURED_ELSEWHERE");

        left(person, JINING, "500.00", 1, LeftReason.CREDITED, false);
        assertThat(registry.reasons(applyAgain(""))).containsExactly("INSURED_ELSEWHERE");
        var staying = applyAgain(", \"accountWish\": \"STAYS\"");
        assertThat(registry.reasons(staying)).containsExactly("NOTHING_TO_TRANSFER", "INSURED_ELSEWHERE");
        assertThat(staying.body().at("/reasons/0/message").asString()).contains("500.00元");

        left(person, JINING, "0.00", 3, LeftReason.GONE, false);
        left(person, JINING, "500.00", 2, LeftReason.CREDITED, false);
        assertThat(registry.reasons(applyAgain(""))).containsExactly("NOTHING_TO_TRANSFER", "INSURED_ELSEWHERE");
    }

    @Test
    void whatIsLeftInsideTheProvinceIsShownAndMarkedWhereItWasChosenToStay() {
        leaves(CHANGSHA, registry.number(JINING));
        assertThat(record().path("left").asBoolean()).isFalse();

        left(person, CHANGSHA, "60.00", 1, LeftReason.CREDITED, false);
        assertThat(record().path("left").asBoolean()).isTrue();
        assertThat(record().has("leftByChoice")).isFalse();

        left(person, CHANGSHA, "60.00", 2, LeftReason.CHOSEN, true);
        assertThat(record().path("left").asBoolean()).isTrue();
        assertThat(record().path("leftByChoice").asBoolean()).isTrue();
    }

    @Test
    @Tag("R10.2")
    void thePersonIsToldOnceWhichAmountStaysWhicheverIsHeardFirst() {
        left(person, JINING, "500.00", 1, LeftReason.CHOSEN, true);
        assertThat(told()).isEmpty();
        leaves(JINING, number);
        left(person, JINING, "500.00", 1, LeftReason.CHOSEN, true);
        assertThat(told()).containsExactly("您在济宁市的职工医保个人账户留有余额500.00元，没有随参保关系转走。在新的参保地参加职工医保期间，可以再次申请转移，把余额划转过去。");

        registry.importPerson(certificate, NAME, HANGZHOU, participation("2", ""));
        leaves(HANGZHOU, registry.number(CHANGSHA));
        left(person, HANGZHOU, "7.00", 1, LeftReason.CREDITED, false);
        left(person, HANGZHOU, "0.00", 2, LeftReason.GONE, false);
        assertThat(told()).hasSize(2).last().asString().contains("杭州市").contains("又有入账，现有余额7.00元");
    }

    @Test
    @Tag("R7.6")
    void aCorrectionThatBringsMoneyBackIsToldWithItsGroundAndItsCase() {
        registry.importPerson(certificate, NAME, HANGZHOU, participation("2", ""));
        leaves(HANGZHOU, number);
        say(
                HANGZHOU,
                new AccountLeftV1(
                        person, HANGZHOU, Fen.parse("60.00"), 1, LeftReason.CORRECTED, false, START, "重复划转。", number));

        assertThat(told())
                .containsExactly("此前划转的个人账户资金经省内清算冲正，已退回杭州市，原因：重复划转；您在杭州市的职工医保个人账户现有余额60.00元。"
                        + "在新的参保地参加职工医保期间，可以再次申请转移，把余额划转过去。");
        assertThat(messages().getFirst().path("number").asString()).isEqualTo(number.value());
    }

    @Test
    @Tag("R10.2")
    void eachStepOfAPayOutIsToldAlsoWhereNoCaseEndedTheRelationship() {
        payOut(PayOutStep.ASKED, "0.00", null);
        payOut(PayOutStep.PREPARED, "500.00", null);
        payOut(PayOutStep.REFUSED, "0.00", List.of(new CodedReason("ACCOUNT_STOPPED", "个人账户已止付", "请向经办机构核实")));

        assertThat(told())
                .containsExactly(
                        "您在济宁市的职工医保个人账户余额提取申请已收到，由当地医保经办机构办理。",
                        "您在济宁市的职工医保个人账户余额提取申请已经办，等待复核，应付金额500.00元。",
                        "您在济宁市的职工医保个人账户余额提取申请未予办理，原因：个人账户已止付（请向经办机构核实）。");
        assertThat(messages().getFirst().has("number")).isFalse();
    }

    @Test
    @Tag("R10.2")
    void howMuchStaysIsToldToThePersonAndNotToTheEmployerWhoApplied() {
        var uscc = "91430100MA4L0LEFT1";
        leaves(JINING, number);
        left(person, JINING, "500.00", 1, LeftReason.CREDITED, false);
        registry.say(
                Source.of(CHANGSHA, ServiceName.TRANSFER_IN),
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        person,
                        JINING,
                        CHANGSHA,
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        "COMPLETED",
                        "COMPLETED",
                        PublicStatus.COMPLETED,
                        null,
                        START,
                        List.of(),
                        "EMPLOYER",
                        uscc));
        registry.awaitRead(Topics.PROGRESS);

        var employer = registry.issuer.token("hr-left", "EMPLOYER", Map.of("uscc", uscc));
        assertThat(registry.get(employer, "/api/v1/messages?mine").body().path("items"))
                .extracting(one -> one.path("step").asString())
                .startsWith("COMPLETED")
                .doesNotContain("ACCOUNT_LEFT");
        assertThat(told()).hasSize(1);
    }

    @Test
    @Tag("R6.2")
    void theAccountOfAMergedRecordIsFollowedUnderTheKeptOne() {
        var old = new Certificate(
                CertificateType.OTHER,
                certificate.number().substring(0, 6) + certificate.number().substring(8, 17));
        var merged = new PersonId(registry.importPerson(
                old, NAME, JINING, participation("2", "{\"from\": \"2018-01\", \"to\": \"2018-12\"}")));
        left(merged, JINING, "40.00", 1, LeftReason.CREDITED, false);
        merge(old);
        assertThat(amount()).isEqualTo(Fen.parse("40.00"));

        left(person, JINING, "40.00", 1, LeftReason.CREDITED, false);
        left(merged, JINING, "0.00", 2, LeftReason.GONE, false);
        assertThat(amount()).isEqualTo(Fen.parse("40.00"));
    }

    @Test
    void nobodyTellsOfAnothersAccount() {
        registry.say(
                Source.of(HANGZHOU, ServiceName.SETTLEMENT),
                Topics.participation(JINING),
                JINING.value(),
                person.value(),
                new AccountLeftV1(person, JINING, Fen.parse("1.00"), 1, LeftReason.CREDITED, false, START, null, null));
        registry.awaitRead(Topics.participation(JINING));

        assertThat(amount()).isEqualTo(Fen.ZERO);
    }

    @Test
    void aSheetOfMoneyAloneTakesNoMonthsAlong() {
        ended(JINING, number);

        assertThat(registry.dump("paid_period"))
                .filteredOn(row -> row.contains(person.value()))
                .noneMatch(row -> row.contains(number.value()));
    }

    private void leaves(RegionCode region, CaseNumber by) {
        registry.post(registry.issuer.service(), "/internal/sheet-rows", """
            {"items": [{"number": "%s", "person": "%s", "region": "%s", "scheme": "310"}]}
            """.formatted(by, person, region));
        ended(region, by);
    }

    private void ended(RegionCode region, CaseNumber by) {
        // What ends a relationship is believed of a case that is known. Its steps count by a topic of their own.
        progressed(Source.of(by.receivingRegion(), ServiceName.TRANSFER_IN), region, by, "ACCEPTED");
        progressed(Source.of(region, ServiceName.TRANSFER_OUT), region, by, "SHEET_ISSUED");
        registry.awaitRead(Topics.PROGRESS);
        registry.say(
                Source.of(region, ServiceName.TRANSFER_OUT),
                Topics.participation(region),
                region.value(),
                person.value(),
                new RelationshipTerminatedV1(by, person, region, Scheme.EMPLOYEE, START));
        registry.awaitRead(Topics.participation(region));
    }

    private void progressed(Source by, RegionCode sending, CaseNumber number, String step) {
        registry.say(
                by,
                Topics.PROGRESS,
                Topics.EVERYBODY,
                number.value(),
                new CaseProgressedV1(
                        number,
                        person,
                        sending,
                        number.receivingRegion(),
                        Scheme.EMPLOYEE,
                        Scheme.EMPLOYEE,
                        step,
                        "ACCEPTED",
                        PublicStatus.ACCEPTED,
                        sending,
                        START,
                        List.of()));
    }

    private RunningRegistry.Answer applyAgain(String more) {
        return registry.check(registry.number(CHANGSHA), certificate, NAME, CHANGSHA, more);
    }

    private void left(PersonId of, RegionCode region, String amount, long change, LeftReason why, boolean chosen) {
        var told = new AccountLeftV1(of, region, Fen.parse(amount), change, why, chosen, START, null, null);
        registry.say(
                Source.of(region, ServiceName.SETTLEMENT),
                Topics.participation(region),
                region.value(),
                of.value(),
                told);
        registry.awaitRead(Topics.participation(region));
    }

    private void say(RegionCode region, AccountLeftV1 told) {
        registry.say(
                Source.of(region, ServiceName.SETTLEMENT),
                Topics.participation(region),
                region.value(),
                told.person().value(),
                told);
        registry.awaitRead(Topics.participation(region));
    }

    private void payOut(PayOutStep step, String amount, @Nullable List<CodedReason> reasons) {
        registry.say(
                Source.of(JINING, ServiceName.SETTLEMENT),
                Topics.participation(JINING),
                JINING.value(),
                person.value(),
                new PayOutProgressedV1("0199", person, JINING, step, Fen.parse(amount), START, reasons));
        registry.awaitRead(Topics.participation(JINING));
    }

    private void merge(Certificate other) {
        var path = "/api/v1/agency/370800/participation/";
        var prepared = registry.post(
                registry.issuer.clerk(JINING), path + "merge", """
                    {"keep": {"certificateType": "01", "certificateNumber": "%s"},
                     "merge": {"certificateType": "99", "certificateNumber": "%s"}}
                    """.formatted(certificate.number(), other.number()));
        var approved = registry.post(
                registry.issuer.reviewer(JINING),
                path + "merges/" + prepared.body().at("/merge/id").asString() + "/approval",
                "{}");
        assertThat(approved.status()).as(prepared + " " + approved).isEqualTo(200);
    }

    private Fen amount() {
        return Fen.of(registry.context()
                .getBean(JdbcClient.class)
                .sql("select coalesce(sum(amount), 0) from left_balance where person = ?")
                .param(person.value())
                .query(Long.class)
                .single());
    }

    private JsonNode record() {
        return registry.post(
                        registry.issuer.service(),
                        "/internal/old-records",
                        "{\"region\": \"430200\", \"person\": \"%s\"}".formatted(person))
                .body()
                .at("/records/0");
    }

    /** The oldest first, of what is no step of a case. */
    private List<String> told() {
        return messages().stream().map(one -> one.path("text").asString()).toList();
    }

    private List<JsonNode> messages() {
        return registry.get(registry.issuer.person(person), "/api/v1/messages?mine&limit=200")
                .body()
                .path("items")
                .valueStream()
                .filter(one -> !one.path("text").asString().startsWith("医保关系转移业务"))
                .toList()
                .reversed();
    }
}
