package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.SHIJIAZHUANG;

import java.util.List;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.vocabulary.Fen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Money that does not fit (R3.2), and money that comes by the bank (R3.7), told in order over the door. */
class MisfitStory {
    private static final String SUSPENSE = "/api/v1/agency/430100/suspense/";

    private final Settlement settlement = Settlement.shared();
    private final String clerk = settlement.tokens.clerk("c-1", CHANGSHA);
    private final String reviewer = settlement.tokens.reviewer("r-1", CHANGSHA);

    @Test
    @Tag("R3.2")
    void moneyOfNoKnownCaseIsMatchedToAnotherByTwoPersonsWhoNameCaseAndPerson() {
        var unknown = settlement.newCase(HANGZHOU, CHANGSHA);
        unknown.otherSettlement(new BalanceRemittedV1(unknown.remittance(1), Fen.parse("777.00"), HANGZHOU));
        unknown.transferIn(new NotDueV1(NotDueReason.NO_SUCH_CASE));
        unknown.untilArrival(1, "SUSPENDED");
        var waiting = settlement.newCase(HANGZHOU, CHANGSHA);
        waiting.creditOrdered("777.00");
        waiting.untilOrder("DUE");
        var path = SUSPENSE + unknown.remittance(1);
        var right = "{\"number\": \"%s\", \"person\": \"%s\"}".formatted(waiting.number, waiting.person);
        var approval = "{\"number\": \"%s\"}".formatted(waiting.number);

        assertThat(settlement
                        .get(clerk, path + "/candidates")
                        .body()
                        .at("/items/0/number")
                        .asString())
                .isEqualTo(waiting.number.value());
        assertThat(settlement
                        .post(clerk, path + "/match", right.replace(waiting.person.value(), "P00000000000Z"))
                        .code())
                .isEqualTo("NO_SUCH_ORDER");
        assertThat(settlement.post(reviewer, path + "/match/approval", approval).code())
                .isEqualTo("NOT_PREPARED");
        assertThat(settlement
                        .post(clerk, path + "/match", right)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("PREPARED");
        assertThat(settlement
                        .post(settlement.tokens.reviewer("c-1", CHANGSHA), path + "/match/approval", approval)
                        .code())
                .isEqualTo("SAME_PERSON");
        assertThat(settlement
                        .post(reviewer, path + "/match/approval", "{\"number\": \"%s\"}".formatted(unknown.number))
                        .status())
                .isEqualTo(400);
        var listed = line(unknown);
        assertThat(listed.path("words").asString()).isEqualTo("没有对应的业务");
        assertThat(listed.path("daysHere").asInt()).isZero();
        assertThat(listed.at("/match/number").asString()).isEqualTo(waiting.number.value());
        assertThat(settlement
                        .post(reviewer, path + "/match/approval", approval)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("DONE");
        assertThat(settlement.post(reviewer, path + "/match/approval", approval).status())
                .isEqualTo(200);

        unknown.untilArrival(1, "MATCHED");
        waiting.untilOrder("PAID");
        assertThat(waiting.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("777.00"));
        assertThat(unknown.postings()).containsExactly("arrive:1", "match:1>" + waiting.number);
        var matched = new CreditedV1(unknown.remittance(1), Fen.parse("777.00"), waiting.number);
        assertThat(unknown.types(HANGZHOU, 1)).containsExactly("credited");
        assertThat(unknown.said(HANGZHOU, "credited", CreditedV1.class)).isEqualTo(matched);
        assertThat(waiting.types(CHANGSHA, 2)).containsExactly("credit-ordered", "credited");
        assertThat(waiting.said(CHANGSHA, "credited", CreditedV1.class)).isEqualTo(matched);
        assertThat(settlement.sum(CHANGSHA)).isEqualTo(Fen.ZERO);
        assertThat(settlement.post(clerk, path + "/send-back", "").code()).isEqualTo("NOT_SUSPENDED");
    }

    @Test
    @Tag("R3.2")
    void whatACaseStillWaitsForIsNotGivenToAnother() {
        var wrong = settlement.newCase(HANGZHOU, CHANGSHA);
        wrong.creditOrdered("10.00");
        wrong.untilOrder("DUE");
        wrong.otherSettlement(new BalanceRemittedV1(wrong.remittance(1), Fen.parse("778.00"), HANGZHOU));
        wrong.untilArrival(1, "SUSPENDED");
        var waiting = settlement.newCase(HANGZHOU, CHANGSHA);
        waiting.creditOrdered("778.00");
        waiting.untilOrder("DUE");

        var answer = settlement.post(
                clerk,
                SUSPENSE + wrong.remittance(1) + "/match",
                "{\"number\": \"%s\", \"person\": \"%s\"}".formatted(waiting.number, waiting.person));

        assertThat(answer.code()).isEqualTo("NOT_MATCHABLE");
        assertThat(settlement
                        .post(
                                settlement.tokens.clerk("c-2", JINING),
                                SUSPENSE + wrong.remittance(1) + "/match",
                                "{\"number\": \"%s\", \"person\": \"%s\"}".formatted(waiting.number, waiting.person))
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("R3.7")
    void aSlipOfTheBankIsRegisteredOnceAndCreditedWhenTheSheetIsBooked() {
        var onPaper = settlement.newCase(SHIJIAZHUANG, CHANGSHA);
        var slip = slip("S-100", onPaper, "88.00");

        var registered = settlement.create(clerk, SUSPENSE + "bank-slips", slip, "k-1");
        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.body().path("place").asString()).isEqualTo("PREPARED");
        assertThat(onPaper.postings()).isEmpty();
        assertThat(approveSlip(clerk, slip).code()).isEqualTo("SAME_PERSON");
        assertThat(approveSlip(reviewer, slip("S-100", onPaper, "88.01")).code())
                .isEqualTo("PREPARED_OTHERWISE");
        assertThat(approveSlip(reviewer, slip("S-101", onPaper, "88.00")).code())
                .isEqualTo("NOT_PREPARED");
        assertThat(approveSlip(reviewer, slip).body().path("remittance").asString())
                .isEqualTo(onPaper.remittance(1).toString());
        assertThat(approveSlip(reviewer, slip).status()).isEqualTo(200);
        assertThat(settlement
                        .create(clerk, SUSPENSE + "bank-slips", slip, "k-2")
                        .body()
                        .path("remittance")
                        .asString())
                .isEqualTo(onPaper.remittance(1).toString());
        assertThat(settlement.strings("""
            select act || ' ' || prepared_by || ' ' || approved_by from posting_hand h join posting p on p.id = h.posting
             where p.remittance = ?\
            """, onPaper.remittance(1).toString())).containsExactly("SLIP c-1 r-1");
        assertThat(settlement
                        .create(clerk, SUSPENSE + "bank-slips", slip("S-100", onPaper, "88.01"), "k-3")
                        .code())
                .isEqualTo("SLIP_DIFFERS");
        assertThat(line(onPaper).path("route").asString()).isEqualTo("BANK");
        onPaper.creditOrdered("88.00");

        onPaper.untilArrival(1, "CREDITED");
        assertThat(onPaper.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("88.00"));
        assertThat(onPaper.types(CHANGSHA, 2)).containsExactly("credit-ordered", "credited");
        assertThat(onPaper.postings()).containsExactly("arrive:1", "credit:1");
        assertThat(settlement.sum(CHANGSHA)).isEqualTo(Fen.ZERO);
        assertThat(settlement
                        .get(clerk, SUSPENSE + "bank-slips?limit=200")
                        .body()
                        .path("items")
                        .toString())
                .contains("S-100", "CREDITED");
    }

    @Test
    @Tag("R3.7")
    void aSlipWithAWrongNumberGoesBackToTheBankAndTellsNobody() {
        var onPaper = settlement.newCase(SHIJIAZHUANG, CHANGSHA);
        settlement.create(clerk, SUSPENSE + "bank-slips", slip("S-200", onPaper, "20.00"), "k-4");
        approveSlip(reviewer, slip("S-200", onPaper, "20.00"));
        var back = SUSPENSE + onPaper.remittance(1) + "/send-back";

        assertThat(settlement.post(clerk, back, "").status()).isEqualTo(200);
        assertThat(settlement.post(reviewer, back + "/approval", "").status()).isEqualTo(200);

        onPaper.untilArrival(1, "SENT_BACK");
        assertThat(onPaper.postings()).containsExactly("arrive:1", "sendback:1");
        assertThat(settlement.kit.types("platform.balance.430100", onPaper.number.value()))
                .isEmpty();
        assertThat(settlement.strings("select 'told' from event_journal where subject = ?", onPaper.number.value()))
                .isEmpty();
    }

    @Test
    void aSlipThatCannotBeRightChangesNothing() {
        var onPlatform = settlement.newCase(HANGZHOU, CHANGSHA);
        var elsewhere = settlement.newCase(SHIJIAZHUANG, JINING);
        var fine = settlement.newCase(SHIJIAZHUANG, CHANGSHA);

        assertThat(List.of(
                        settlement
                                .create(clerk, SUSPENSE + "bank-slips", slip("S-301", onPlatform, "1.00"), "k-5")
                                .code(),
                        settlement
                                .create(clerk, SUSPENSE + "bank-slips", slip("S-302", elsewhere, "1.00"), "k-6")
                                .status(),
                        settlement
                                .create(clerk, SUSPENSE + "bank-slips", slip("S-303", fine, "0.00"), "k-7")
                                .status(),
                        settlement
                                .post(clerk, SUSPENSE + "bank-slips", slip("S-304", fine, "1.00"))
                                .code(),
                        settlement
                                .create(reviewer, SUSPENSE + "bank-slips", slip("S-305", fine, "1.00"), "k-8")
                                .status()))
                .isEqualTo(List.of("REGION_ON_PLATFORM", 400, 400, "IDEMPOTENCY_KEY_REQUIRED", 403));
        assertThat(settlement.strings("select slip from bank_slip where slip like 'S-30%'"))
                .isEmpty();
    }

    private Settlement.Reply approveSlip(String token, String slip) {
        return settlement.post(token, SUSPENSE + "bank-slips/approval", slip);
    }

    private static String slip(String slip, Case of, String amount) {
        return "{\"slip\": \"%s\", \"number\": \"%s\", \"from\": \"%s\", \"amount\": \"%s\"}"
                .formatted(slip, of.number, of.sending, amount);
    }

    private JsonNode line(Case of) {
        for (var item : settlement
                .get(clerk, "/api/v1/agency/430100/suspense?limit=200")
                .body()
                .path("items")) {
            if (item.path("number").asString().equals(of.number.value())) {
                return item;
            }
        }
        throw new AssertionError("not in suspense");
    }
}
