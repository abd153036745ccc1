package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.util.Collections;
import java.util.List;
import org.jiexu.bus.directory.Directory;
import org.jiexu.transferin.NewRegion.Answer;
import org.jiexu.transferin.NewRegion.Arriving;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.sheet.ContactLetter;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 石家庄 is outside the platform and sends paper; its people are played by the post. */
class PaperStory {
    private static final String SCAN = "ab".repeat(32);

    private final NewRegion here = NewRegion.shared();

    private Arriving acceptedOnPaper() {
        var arriving = here.somebody(CHANGSHA);
        var applied = arriving.apply(
                onPaper(arriving, "SOCIAL_SECURITY_CARD", "PARTICIPATION_CERTIFICATE", "APPLICATION_FORM"),
                arriving.clerk());
        assertThat(applied.status()).isEqualTo(201);
        return arriving;
    }

    private static String onPaper(Arriving arriving, String... papers) {
        return arriving.atWindow(papers).replace(JINING.value(), NewRegion.SHIJIAZHUANG.value());
    }

    @Test
    @Tag("R3.7")
    void aRegionOutsideThePlatformSendsPaperAndTheCaseGoesOnAsUsual() {
        var arriving = here.somebody(CHANGSHA);
        var half = arriving.apply(onPaper(arriving, "IDENTITY_CARD", "APPLICATION_FORM"), arriving.clerk());
        var whole = arriving.supplement(arriving.clerk(), "PARTICIPATION_CERTIFICATE");

        // What the platform cannot look up is asked of the applicant.
        assertThat(half.body().path("reasons").findValuesAsString("code")).containsExactly("CERTIFICATE_MISSING");
        assertThat(whole.status()).isEqualTo(201);
        assertThat(whole.body().path("onPaper").asBoolean()).isTrue();
        assertThat(here.registry.requests("/internal/checks").getLast()).contains("\"onPaper\":true");
        assertThat(tasks(arriving)).containsExactly("POST_CONTACT_LETTER");

        var posted =
                arriving.act("postings", "{\"paper\": \"POST_CONTACT_LETTER\", \"postalNumber\": \"EA123456789CN\"}");
        var twice =
                arriving.act("postings", "{\"paper\": \"POST_CONTACT_LETTER\", \"postalNumber\": \"EA123456789CN\"}");
        assertThat(posted.status()).isEqualTo(200);
        assertThat(twice.body().path("code").asString()).isEqualTo("NOTHING_TO_POST");

        var faulty = sheet(arriving, 25, "12.34", "壹拾贰元叁角伍分", false);
        assertThat(faulty.status()).isEqualTo(422);
        assertThat(faulty.body().path("reasons").findValuesAsString("code"))
                .containsExactly("ROW_MONTHS", "CAPITALS_DIFFER");
        assertThat(arriving.show().body().path("state").asString()).isEqualTo("ACCEPTED");

        var asItStands = sheet(arriving, 25, "12.34", "壹拾贰元叁角肆分", true);
        var again = sheet(arriving, 25, "12.34", "壹拾贰元叁角肆分", true);
        var other = sheet(arriving, 24, "12.34", "壹拾贰元叁角肆分", true);
        assertThat(asItStands.status()).isEqualTo(201);
        assertThat(asItStands.body().path("state").asString()).isEqualTo("RECEIVED");
        assertThat(again.status()).isEqualTo(201);
        assertThat(other.body().path("code").asString()).isEqualTo("PAPER_NOT_EXPECTED");

        assertThat(arriving.act("return", "{}").status()).isEqualTo(200);
        assertThat(tasks(arriving)).containsExactly("POST_RETURN");
        assertThat(sheet(arriving, 24, "12.35", "壹拾贰元叁角伍分", false).status()).isEqualTo(409);
        assertThat(sheet(arriving, 24, "12.34", "壹拾贰元叁角肆分", false).status()).isEqualTo(201);
        // R11.5: what one clerk typed another one confirms.
        var own = arriving.act("confirmation", "{\"version\": 2}");
        assertThat(own.body().path("code").asString()).isEqualTo("SAME_PERSON");
        assertThat(arriving.show().body().path("state").asString()).isEqualTo("RECEIVED");
        assertThat(confirm(arriving, "{\"version\": 2}").body().path("state").asString())
                .isEqualTo("BOOKED");
        arriving.credited("12.34");
        arriving.untilState("COMPLETED");

        assertThat(tasks(arriving)).containsExactly("POST_RETURN", "POST_COMPLETION");
        until(() -> arriving.history().equals(List.of("history.booked.v1")));
        var papers = here.get("/api/v1/agency/430100/transfers-in/" + arriving.number(), arriving.clerk())
                .body()
                .path("papers");
        assertThat(papers.findValuesAsString("kind")).containsExactly("INFO_SHEET", "INFO_SHEET");
        assertThat(saidToOldRegion(arriving)).isZero();
    }

    @Test
    @Tag("R3.7")
    void theApplicantLeavesAtOnceForNobodyElseDecides() {
        var early = acceptedOnPaper();
        var later = acceptedOnPaper();
        later.act("postings", "{\"paper\": \"POST_CONTACT_LETTER\", \"postalNumber\": \"EA123456780CN\"}");

        early.withdraw();
        later.withdraw();

        assertThat(early.show().body().path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(tasks(early)).isEmpty();
        assertThat(later.show().body().path("state").asString()).isEqualTo("WITHDRAWN");
        assertThat(tasks(later)).containsExactly("POST_WITHDRAWAL");
        until(() -> later.money().equals(List.of("balance.not-due.v1")));
        assertThat(saidToOldRegion(later)).isZero();
    }

    @Test
    @Tag("R3.7")
    void aWrittenRefusalAndAWrittenWithdrawalEndTheCase() {
        var refused = acceptedOnPaper();
        var withdrawn = acceptedOnPaper();
        var paper = "\"scanDigest\": \"%s\", \"postalNumber\": \"EA1234567\", \"receivedOn\": \"2026-09-14\""
                .formatted(SCAN);

        var noReason = refused.act("paper-refusals", "{" + paper + ", \"reasons\": []}");
        var manyReasons = refused.act(
                "paper-refusals",
                "{" + paper + ", \"reasons\": [" + String.join(",", Collections.nCopies(21, "\"查无此人\"")) + "]}");
        var tomorrow =
                refused.act("paper-refusals", ("{" + paper + ", \"reasons\": [\"查无此人\"]}").replace("09-14", "09-15"));
        var refusal = refused.act("paper-refusals", "{" + paper + ", \"reasons\": [\"参保人尚有未结清费用\"]}");
        var sheet = sheet(refused, 24, "0.00", "零元整", false);
        var withdrawal = withdrawn.act("paper-withdrawals", "{" + paper + "}");

        assertThat(noReason.status()).isEqualTo(400);
        assertThat(manyReasons.status()).isEqualTo(400);
        assertThat(tomorrow.status()).isEqualTo(400);
        assertThat(refusal.body().path("statusWords").asString()).isEqualTo("未能转移");
        assertThat(refusal.body().path("reasons").findValuesAsString("message")).containsExactly("参保人尚有未结清费用");
        assertThat(sheet.body().path("state").asString()).isEqualTo("DECLINED");
        assertThat(withdrawal.body().path("statusWords").asString()).isEqualTo("已撤回");
    }

    @Test
    @Tag("R3.7")
    void whereTheOldRegionIsOnThePlatformNoPaperIsTaken() {
        var arriving = here.somebody(CHANGSHA).accepted();

        var sheet = sheet(arriving, 24, "0.00", "零元整", false);
        var elsewhere = here.post(
                "/api/v1/agency/430100/transfers-in/" + arriving.number() + "/paper-withdrawals",
                "{\"scanDigest\": \"%s\", \"postalNumber\": \"EA1234567\", \"receivedOn\": \"2026-09-14\"}"
                        .formatted(SCAN),
                here.tokens.clerk(HANGZHOU));

        assertThat(sheet.body().path("code").asString()).isEqualTo("NOT_ON_PAPER");
        assertThat(elsewhere.status()).isEqualTo(404);
    }

    @Test
    @Tag("R2.5")
    @Tag("R9.3")
    void aWindowApplicationBringsASealedLetterNumberedWithoutGaps() {
        var first = here.somebody(CHANGSHA);
        var second = here.somebody(CHANGSHA);
        var online = here.somebody(CHANGSHA).accepted();
        var refused = here.somebodyRefused(CHANGSHA);
        first.apply(first.atWindow("IDENTITY_CARD", "APPLICATION_FORM"), first.clerk());
        refused.apply(refused.atWindow("IDENTITY_CARD", "APPLICATION_FORM"), refused.clerk());
        second.apply(second.atWindow("IDENTITY_CARD", "APPLICATION_FORM"), second.clerk());

        until(() -> first.toOldRegion().equals(List.of("transfer.accepted.v1", "contact-letter.issued.v1")));
        until(() -> second.toOldRegion().size() == 2);
        var said = first.last(Topics.transfer(JINING), ContactLetterIssuedV1.class);
        var letter = WireJson.read(said.letter(), ContactLetter.class);
        var next = second.last(Topics.transfer(JINING), ContactLetterIssuedV1.class);
        var key = here.bean(Directory.class).signingKey(said.sealKeyId()).orElseThrow();
        var shown = here.get("/api/v1/transfers/" + first.number() + "/documents/contact-letter", first.token());
        var none = here.get("/api/v1/transfers/" + online.number() + "/documents/contact-letter", online.token());
        var strangers = here.get("/api/v1/transfers/" + first.number() + "/documents/contact-letter", online.token());

        assertThat(said.letterNumber()).matches("省（长沙市）（2026）（第 \\d{7} 号）");
        assertThat(running(next.letterNumber())).isEqualTo(running(said.letterNumber()) + 1);
        assertThat(key.owner()).isEqualTo(Source.of(CHANGSHA, ServiceName.TRANSFER_IN));
        assertThat(key.publicKey().verifies(Bytes.ofUtf8(said.letter()), said.seal()))
                .isTrue();
        assertThat(letter.person())
                .isEqualTo(new ContactLetter.Person(first.name, sex(first), 46, null, first.certificate, null));
        assertThat(letter.caseNumber()).isEqualTo(first.number());
        assertThat(letter.clerk()).isEqualTo("clerk-430100");
        assertThat(shown.body().path("text").asString()).isEqualTo(said.letter());
        assertThat(none.status()).isEqualTo(404);
        assertThat(strangers.status()).isEqualTo(404);
        assertThat(online.toOldRegion()).containsExactly("transfer.accepted.v1");
    }

    private static String sex(Arriving arriving) {
        return (arriving.certificate.number().charAt(16) - '0') % 2 == 1 ? "1" : "2";
    }

    private static int running(String letterNumber) {
        return Integer.parseInt(letterNumber.replaceAll(".*第 (\\d+) 号）", "$1"));
    }

    @Test
    @Tag("R3.7")
    @Tag("R11.5")
    void aTypedSheetWaitsForAnotherPersonEvenWhereSheetsAreConfirmedAutomatically() {
        var arriving = here.somebody(HANGZHOU);
        arriving.apply(
                onPaper(arriving, "SOCIAL_SECURITY_CARD", "PARTICIPATION_CERTIFICATE", "APPLICATION_FORM"),
                arriving.clerk());

        var typed = sheet(arriving, 24, "12.34", "壹拾贰元叁角肆分", false);
        var own = arriving.act("confirmation", null);
        var others = confirm(arriving, null);

        assertThat(typed.body().path("state").asString()).isEqualTo("RECEIVED");
        assertThat(own.body().path("code").asString()).isEqualTo("SAME_PERSON");
        assertThat(others.body().path("state").asString()).isEqualTo("BOOKED");
        assertThat(here.jdbc()
                        .sql("select typed_by || ' ' || confirmed_by from paper_confirmation where number = :number")
                        .param("number", arriving.number().value())
                        .query((row, n) -> row.getString(1))
                        .list())
                .containsExactly("clerk-330100 another-clerk");
    }

    /** By another clerk of the region than the one who types. */
    private Answer confirm(Arriving arriving, @Nullable String body) {
        return here.post(
                "/api/v1/agency/" + arriving.receiving + "/transfers-in/" + arriving.number() + "/confirmation",
                body,
                here.tokens.clerk("another-clerk", arriving.receiving));
    }

    private Answer sheet(Arriving arriving, int months, String amount, String capitals, boolean asOnPaper) {
        return arriving.act("paper-sheets", sheetBody(arriving, months, amount, capitals, asOnPaper));
    }

    private String sheetBody(Arriving arriving, int months, String amount, String capitals, boolean asOnPaper) {
        return """
            {"paper": "INFO_SHEET", "scanDigest": "%s", "postalNumber": "EB123456789CN", "receivedOn": "2026-09-14",
             "head": {"name": "%s", "certificate": {"type": "01", "number": "%s"}, "sex": "1"},
             "rows": [{"no": 1, "from": "2022-01", "to": "2023-12", "scheme": "1", "months": %d,
                       "agencyName": "石家庄市医疗保险中心", "agencyRegion": "130100"}],
             "foot": {"amountInCapitals": "%s", "amount": "%s", "clerk": "赵六", "telephone": "0311-0000000",
                      "agency": "石家庄市医疗保险中心", "date": "2026-09-14"},
             "asOnPaper": %b}
            """.formatted(SCAN, arriving.name, arriving.certificate.number(), months, capitals, amount, asOnPaper);
    }

    @Test
    void aTypedSheetHasNoTextThatCouldNotTravel() {
        var arriving = acceptedOnPaper();
        var body = sheetBody(arriving, 24, "0.00", "零元整", false);

        assertThat(List.of(
                        body.replace("\"赵六\"", "\"" + "六".repeat(51) + "\""),
                        body.replace("\"months\"", "\"remark\": \"" + "备".repeat(61) + "\", \"months\""),
                        body.replace("石家庄市医疗保险中心", "中".repeat(61)),
                        body.replace(arriving.name, "名".repeat(101))))
                .allSatisfy(longer -> {
                    var answer = arriving.act("paper-sheets", longer);
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.body().at("/errors/0/code").asString()).isEqualTo("TOO_LONG");
                });
        assertThat(arriving.act("paper-sheets", body).status()).isEqualTo(201);
    }

    private List<String> tasks(Arriving arriving) {
        return here.jdbc()
                .sql("""
                    select kind from task
                     where number = :number and done_at is null and kind like 'POST%' order by position
                    """)
                .param("number", arriving.number().value())
                .query((row, _) -> row.getString("kind"))
                .list();
    }

    /** Nothing may be said to a region that has no topic. */
    private int saidToOldRegion(Arriving arriving) {
        return here.jdbc()
                .sql("select count(*) from event_journal where topic = :topic and subject = :number")
                .param("topic", Topics.transfer(NewRegion.SHIJIAZHUANG))
                .param("number", arriving.number().value())
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
