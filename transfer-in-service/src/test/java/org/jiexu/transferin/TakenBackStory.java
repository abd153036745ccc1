package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.util.List;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.TakenBackV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** 到账冲正 — settlement takes back what it had credited for a case, and the case and its papers say so. */
@Tag("R7.6")
class TakenBackStory {
    private static final String GROUND = "重复划转";

    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("R10.2")
    void thePersonIsToldOnceWithAmountAndGroundHoweverOftenItIsSaid() {
        var arriving = completed();

        untilHeard(takenBack(arriving, "12.34", GROUND));
        untilHeard(takenBack(arriving, "12.34", GROUND));

        until(() -> steps(arriving).contains("MONEY_TAKEN_BACK"));
        assertThat(steps(arriving)).containsExactly("ACCEPTED", "BOOKED", "COMPLETED", "MONEY_TAKEN_BACK");
        var told = arriving.progress().getLast();
        assertThat(told.status()).isEqualTo(PublicStatus.COMPLETED);
        assertThat(told.amount()).isEqualTo(Fen.parse("12.34"));
        assertThat(told.why())
                .containsExactly(new CodedReason("MONEY_TAKEN_BACK", GROUND, "资金退还转出地个人账户后可以再次申请转移，有疑问请向转入地经办机构查询"));
        var shown = arriving.show().body();
        assertThat(shown.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(shown.path("takenBack").toString())
                .isEqualTo("{\"amount\":\"12.34\",\"takenBackAt\":\"2026-09-14T01:00:00Z\",\"ground\":\"重复划转\"}");
        assertThat(shown.path("steps").findValuesAsString("words").getLast())
                .isEqualTo("到账的个人账户资金12.34元已冲正，退还转出地，原因：重复划转");
        assertThat(shown.path("reasons").size()).isZero();
        assertThat(arriving.quarantined()).isEmpty();
        assertThat(issues(arriving))
                .containsExactly(
                        "application 1 true",
                        "acceptance 1 true",
                        "completion 1 false",
                        "money-arrival 1 false",
                        "completion 2 true",
                        "money-arrival 2 true");
    }

    @Test
    @Tag("R9.2")
    @Tag("R9.4")
    void aPaperThatWasSealedStaysAndAFurtherOneSaysThatTheMoneyIsGone() {
        var arriving = completed();
        until(() -> paper(arriving, "money-arrival").status() == 200);
        var before = List.of(
                paper(arriving, "money-arrival").text(),
                paper(arriving, "completion").text());

        takenBack(arriving, "12.34", GROUND);
        until(() -> issues(arriving).size() == 6);

        assertThat(List.of(
                        paper(arriving, "money-arrival?issue=1").text(),
                        paper(arriving, "completion?issue=1").text()))
                .isEqualTo(before);
        var voucher = paper(arriving, "money-arrival").body();
        assertThat(voucher.path("title").asString()).isEqualTo("基本医疗保险个人账户资金到账凭证（已冲正）");
        for (var marked : List.of(voucher, paper(arriving, "completion").body())) {
            assertThat(marked.at("/paper/amount").asString()).isEqualTo("12.34");
            assertThat(marked.at("/paper/takenBack").toString())
                    .isEqualTo("{\"amount\":\"12.34\",\"takenBackAt\":\"2026-09-14T01:00:00Z\",\"ground\":\"重复划转\"}");
            assertThat(isSealedHere(marked)).isTrue();
        }
        assertThat(paper(arriving, "money-arrival?issue=3").status()).isEqualTo(404);
        assertThat(paper(arriving, "money-arrival?issue=0").status()).isEqualTo(404);
    }

    @Test
    void whatIsQuickerThanTheCreditWaitsForIt() {
        var arriving = booked();

        takenBack(arriving, "12.34", GROUND);
        until(() -> arriving.parked() == 1);
        assertThat(arriving.show().body().has("takenBack")).isFalse();
        arriving.credited("12.34");

        until(() -> issues(arriving).size() == 6);
        assertThat(arriving.parked()).isZero();
        until(() -> steps(arriving).equals(List.of("ACCEPTED", "BOOKED", "COMPLETED", "MONEY_TAKEN_BACK")));
    }

    @Test
    void itIsBelievedOnlyFromTheOwnSettlementOfWhatWasCreditedOnce() {
        var arriving = completed();

        here.kit.say(
                Source.of(JINING, ServiceName.SETTLEMENT),
                Topics.balance(HANGZHOU),
                HANGZHOU.value(),
                arriving.number().value(),
                said(arriving, "12.34", GROUND));
        takenBack(arriving, "12.33", GROUND);
        takenBack(arriving, "12.34", GROUND);
        takenBack(arriving, "12.34", "另一个原因");

        until(() -> arriving.quarantined().size() == 3);
        assertThat(arriving.quarantined())
                .containsExactly(
                        "said by a region or service that has no part in the case",
                        "another amount was credited than is said to be taken back",
                        "taken back before, under another number or on another ground");
        assertThat(arriving.show().body().at("/takenBack/ground").asString()).isEqualTo(GROUND);
        assertThat(issues(arriving)).hasSize(6);
    }

    @Test
    @Tag("R2.10")
    void whereTheAccountDoesNotMoveTheProgressSaysWhereItIs() {
        var stays = here.somebody(CHANGSHA);
        stays.apply(stays.application().replaceFirst("\\{", "{\"account\": \"STAYS\","), stays.token());
        var moves = here.somebody(CHANGSHA).accepted();

        assertThat(stays.show().body().path("accountWords").asString())
                .isEqualTo("个人账户余额保留在转出地，不随同划转；办结后可以再次申请将余额转入，能否提取按转出地规定，请向转出地经办机构查询。");
        assertThat(moves.show().body().has("accountWords")).isFalse();
    }

    /** 杭州 confirms by itself. */
    private Arriving booked() {
        var arriving = here.somebody(HANGZHOU).accepted();
        arriving.oldRegion(arriving.issued(1, "12.34", 20));
        return arriving.untilState("BOOKED");
    }

    private Arriving completed() {
        var arriving = booked();
        arriving.credited("12.34");
        return arriving.untilState("COMPLETED");
    }

    private static Envelope takenBack(Arriving arriving, String amount, String ground) {
        return arriving.ownSettlement(said(arriving, amount, ground));
    }

    private static TakenBackV1 said(Arriving arriving, String amount, String ground) {
        return new TakenBackV1(arriving.remittance(), Fen.parse(amount), ground, BusTestKit.START);
    }

    private void untilHeard(Envelope said) {
        until(() -> here.jdbc()
                .sql("select 1 from inbox where id = :id")
                .param("id", said.id())
                .query(Integer.class)
                .optional()
                .isPresent());
    }

    private static List<String> steps(Arriving arriving) {
        return arriving.progress().stream().map(CaseProgressedV1::step).toList();
    }

    private List<String> issues(Arriving arriving) {
        return here.get("/api/v1/transfers/" + arriving.number() + "/documents", arriving.token())
                .body()
                .path("items")
                .valueStream()
                .map(line -> line.path("kind").asString() + " "
                        + line.path("issue").asInt() + " "
                        + line.path("holds").asBoolean())
                .toList();
    }

    private Answer paper(Arriving arriving, String kind) {
        return here.get("/api/v1/transfers/" + arriving.number() + "/documents/" + kind, arriving.token());
    }

    private boolean isSealedHere(JsonNode paper) {
        return here.bean(Directory.class)
                .signingKey(paper.path("sealKeyId").asString())
                .orElseThrow()
                .publicKey()
                .verifies(
                        Bytes.ofUtf8(paper.path("text").asString()),
                        Bytes.ofBase64(paper.path("seal").asString()));
    }
}
