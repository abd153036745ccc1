package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HANGZHOU;
import static org.jiexu.settlement.Settlement.JINAN;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.until;

import java.util.List;
import org.jiexu.settlement.Settlement.Case;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A region that has no part in a case is neither credited nor in the way of the one that has (protocol.md §5). */
class WrongRegionStory {
    private static final Fen HUNDRED = Fen.parse("100.00");

    private final Settlement settlement = Settlement.shared();
    private final String clerk = settlement.tokens.clerk("c-1", CHANGSHA);
    private final String reviewer = settlement.tokens.reviewer("r-1", CHANGSHA);

    @Test
    @Tag("R3.2")
    void whoClaimsTheMoneyFirstIsNotCreditedAndTheOldRegionIs() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("100.00");
        remitted(moving, HANGZHOU, 1, HUNDRED);
        until(() -> places(moving).equals(List.of("330100 1 HERE ")));
        moving.hold(1);
        moving.remit(1, "100.00");
        moving.untilSending("REMITTED");
        until(() -> places(moving).equals(List.of("330100 1 HERE ", "370800 1 HERE ")));

        moving.creditOrdered("100.00");

        moving.untilSending("SETTLED");
        assertThat(places(moving)).containsExactly("330100 1 SUSPENDED WRONG_REGION", "370800 1 CREDITED ");
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(HUNDRED);
        assertThat(moving.types(CHANGSHA, 5))
                .containsExactly("remitted", "remitted", "credit-ordered", "suspended", "credited");
        assertThat(moving.said(CHANGSHA, "suspended", SuspendedV1.class))
                .isEqualTo(new SuspendedV1(moving.remittance(1), HUNDRED, SuspenseReason.WRONG_REGION));
        assertThat(moving.types(HANGZHOU, 0)).isEmpty();

        theStrangersMoneyGoesBackToItsSender(moving);
    }

    private void theStrangersMoneyGoesBackToItsSender(Case moving) {
        var listed = line(moving);
        assertThat(List.of(
                        listed.path("from").asString(),
                        listed.path("place").asString(),
                        listed.path("words").asString(),
                        listed.path("mayGoBack").asString()))
                .containsExactly("330100", "SUSPENDED", "来款统筹区不是该业务的转出地，请退回来款统筹区", "true");
        var back = "/api/v1/agency/430100/suspense/" + moving.remittance(1) + "/send-back";
        assertThat(settlement.post(clerk, back, "").code()).isEqualTo("SEVERAL_SENDERS");
        assertThat(settlement.post(clerk, back + "?from=370800", "").code()).isEqualTo("NOT_SUSPENDED");
        assertThat(settlement.post(clerk, back + "?from=330100", "").status()).isEqualTo(200);
        assertThat(settlement
                        .post(settlement.tokens.reviewer("c-1", CHANGSHA), back + "/approval?from=330100", "")
                        .code())
                .isEqualTo("SAME_PERSON");
        assertThat(settlement.post(reviewer, back + "/approval?from=330100", "").status())
                .isEqualTo(200);

        assertThat(moving.types(HANGZHOU, 1)).containsExactly("returned");
        assertThat(moving.said(HANGZHOU, "returned", ReturnedV1.class))
                .isEqualTo(new ReturnedV1(moving.remittance(1), HUNDRED, "WRONG_REGION", false));
        assertThat(moving.postings())
                .containsExactly("arrive:1<330100", "remit:1", "arrive:1", "credit:1", "sendback:1<330100");
        assertThat(List.of(settlement.sum(JINING), settlement.sum(CHANGSHA))).containsOnly(Fen.ZERO);
    }

    @Test
    @Tag("R6.5")
    void anAdvanceThatAnotherRegionClaimsIsNoDebt() {
        // 湖南's regions are counted to the cent by others: this one stays in another province.
        var moving = settlement.newCase(HANGZHOU, JINING);
        moving.creditOrdered("100.00");
        moving.untilOrder("DUE");

        moving.say(
                JINAN,
                ServiceName.SETTLEMENT,
                JINING,
                new BalanceRemittedV1(moving.remittance(1), HUNDRED, JINAN, true));

        moving.untilArrival(1, "SUSPENDED");
        assertThat(settlement.strings(
                        "select debt from own_debt where debt = ?",
                        moving.remittance(1).toString()))
                .isEmpty();
        assertThat(moving.postings()).containsExactly("arrive:1<370100");
    }

    @Test
    void moneyOfAStrangerForACaseThatEndedWaitsForPeople() {
        var ended = settlement.newCase(JINING, CHANGSHA);
        remitted(ended, HANGZHOU, 1, HUNDRED);
        ended.transferIn(new NotDueV1(NotDueReason.DECLINED, JINING));

        ended.untilArrival(1, "SUSPENDED");

        assertThat(places(ended)).containsExactly("330100 1 SUSPENDED WRONG_REGION");
        assertThat(line(ended).path("mayGoBack").asBoolean()).isTrue();
    }

    @Test
    void anOrderOfBeforeRegionsWereNamedTakesTheFirstThatFits() {
        var old = settlement.newCase(HANGZHOU, CHANGSHA);
        old.transferIn(new CreditOrderedV1(1, HUNDRED, old.person, Scheme.EMPLOYEE));
        old.untilOrder("DUE");

        remitted(old, HANGZHOU, 1, HUNDRED);

        old.untilArrival(1, "CREDITED");
    }

    private static void remitted(Case of, RegionCode from, int n, Fen amount) {
        of.say(from, ServiceName.SETTLEMENT, CHANGSHA, new BalanceRemittedV1(of.remittance(n), amount, from));
    }

    private List<String> places(Case of) {
        return settlement.strings(
                "select from_region || ' ' || n || ' ' || place || ' ' || reason from arrival where number = ?"
                        + " order by from_region, n",
                of.number.value());
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
