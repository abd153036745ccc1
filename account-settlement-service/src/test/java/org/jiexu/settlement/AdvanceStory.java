package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.JINING;
import static org.jiexu.settlement.Settlement.ZHUZHOU;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.PaidOutV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Money that is advanced inside a province (R6.5), and balances that do not move (R2.10, R11.4), told in order. */
class AdvanceStory {
    private final Settlement settlement = Settlement.shared();

    @Test
    @Tag("R6.5")
    void whatIsAdvancedIsCreditedAtOnceAndOwed() {
        var moving = settlement.newCase(ZHUZHOU, CHANGSHA).balance("1234.56");
        var owedBefore = clearing(ZHUZHOU, ZHUZHOU, CHANGSHA);
        moving.creditOrdered("1234.56");

        moving.hold(1);
        moving.advance(1, "1234.56");

        moving.untilArrival(1, "CREDITED").untilSending("SETTLED");
        assertThat(moving.said(CHANGSHA, "remitted", BalanceRemittedV1.class).advance())
                .isTrue();
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("1234.56"));
        var debt = moving.remittance(1).toString();
        until(() -> !settlement.kit.events(Topics.clearing(HUNAN), debt).isEmpty());
        assertThat(settlement.kit.events(Topics.clearing(HUNAN), debt))
                .extracting(said -> WireJson.read(said.data(), DebtRecordedV1.class))
                .containsExactly(new DebtRecordedV1(
                        debt, moving.remittance(1), ZHUZHOU, CHANGSHA, Fen.parse("1234.56"), bookedAt(moving), null));
        assertThat(clearing(ZHUZHOU, ZHUZHOU, CHANGSHA).minus(owedBefore)).isEqualTo(Fen.parse("1234.56"));
        assertThat(clearing(CHANGSHA, ZHUZHOU, CHANGSHA))
                .isEqualTo(clearing(ZHUZHOU, ZHUZHOU, CHANGSHA).negated());
        assertThat(List.of(settlement.sum(ZHUZHOU), settlement.sum(CHANGSHA))).containsOnly(Fen.ZERO);
    }

    @Test
    @Tag("R7.5")
    void whatIsRemittedInsideTheProvinceIsNotClearedAgain() {
        var moving = settlement.newCase(ZHUZHOU, CHANGSHA).balance("20.00");
        var owedBefore = clearing(ZHUZHOU, ZHUZHOU, CHANGSHA);
        moving.creditOrdered("20.00");
        moving.hold(1);
        moving.untilSending("HELD");

        moving.remit(1, "20.00");

        moving.untilArrival(1, "CREDITED").untilSending("SETTLED");
        assertThat(moving.balanceAt(CHANGSHA)).isEqualTo(Fen.parse("20.00"));
        assertThat(clearing(ZHUZHOU, ZHUZHOU, CHANGSHA)).isEqualTo(owedBefore);
        assertThat(settlement.kit.events(
                        Topics.clearing(HUNAN), moving.remittance(1).toString()))
                .isEmpty();
    }

    @Test
    @Tag("R7.5")
    void whatWasAdvancedForNothingComesHomeAndIsNotOwed() {
        var moving = settlement.newCase(ZHUZHOU, CHANGSHA).balance("50.00");
        var owedBefore = clearing(ZHUZHOU, ZHUZHOU, CHANGSHA);
        moving.hold(1);
        moving.advance(1, "50.00");
        moving.untilArrival(1, "HERE");

        moving.transferIn(new NotDueV1(NotDueReason.DECLINED));

        moving.untilArrival(1, "SENT_BACK").untilSending("HOME");
        assertThat(moving.balanceAt(ZHUZHOU)).isEqualTo(Fen.parse("50.00"));
        assertThat(clearing(ZHUZHOU, ZHUZHOU, CHANGSHA)).isEqualTo(owedBefore);
        assertThat(settlement.kit.events(
                        Topics.clearing(HUNAN), moving.remittance(1).toString()))
                .isEmpty();
    }

    @Test
    @Tag("R6.7")
    void anAdvanceBetweenTwoProvincesIsQuarantinedOnBothSides() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("60.00");
        moving.hold(1);
        moving.untilSending("HELD");

        moving.advance(1, "60.00");
        moving.say(
                JINING,
                ServiceName.SETTLEMENT,
                CHANGSHA,
                new BalanceRemittedV1(moving.remittance(1), Fen.parse("60.00"), JINING, true));

        until(() -> settlement
                        .strings("select reason from quarantined where record_key = ?", moving.number.value())
                        .size()
                == 2);
        moving.remit(1, "60.00");
        moving.untilSending("REMITTED").untilArrival(1, "HERE");
    }

    @Test
    @Tag("R11.4")
    @Tag("R2.10")
    void aBalanceThatIsPaidOutIsKeptUntilTheCaseIsCompletedAndNoStopIsOnIt() {
        var moving = settlement.newCase(JINING, CHANGSHA).balance("88.00");
        var owedBefore = totals().path("CLEARING");
        moving.transferOut(new HoldRequestedV1(1, moving.person, Scheme.EMPLOYEE, AccountWish.PAID_OUT));
        moving.untilSending("KEPT");
        var clerk = settlement.tokens.clerk("c-1", JINING);
        var account = "/api/v1/agency/370800/accounts/" + moving.person;
        settlement.post(clerk, account + "/freeze", "{\"reason\": \"court\"}");

        moving.transferOut(new PayOutOrderedV1(moving.person, Scheme.EMPLOYEE));
        until(() -> moving.parked().equals(List.of("balance.pay-out-ordered.v1")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.parse("88.00"));
        assertThat(settlement
                        .post(clerk, account + "/unfreeze", "{\"reason\": \"lifted\"}")
                        .status())
                .isEqualTo(204);

        moving.untilSending("PAID_OUT");
        assertThat(moving.types(JINING, 4)).containsExactly("hold-requested", "held", "pay-out-ordered", "paid-out");
        assertThat(moving.said(JINING, "paid-out", PaidOutV1.class)).isEqualTo(new PaidOutV1(Fen.parse("88.00")));
        assertThat(moving.balanceAt(JINING)).isEqualTo(Fen.ZERO);
        assertThat(settlement.sum(JINING)).isEqualTo(Fen.ZERO);
        assertThat(Fen.parse(totals().path("PAID_OUT").asString())).isGreaterThanOrEqualTo(Fen.parse("88.00"));
        assertThat(totals().path("CLEARING")).isEqualTo(owedBefore);
    }

    /** What lies on all accounts of a kind in 济宁. */
    private JsonNode totals() {
        return settlement
                .get(settlement.tokens.clerk("c-1", JINING), "/api/v1/agency/370800/ledger/summary?limit=1")
                .body()
                .path("totals");
    }

    @Test
    @Tag("R2.10")
    void aBalanceThatStaysIsNotTouchedAndOneKeptIsFreedWhenTheCaseEnds() {
        var staying = settlement.newCase(JINING, CHANGSHA).balance("10.00");
        staying.transferOut(new HoldRequestedV1(1, staying.person, Scheme.EMPLOYEE, AccountWish.STAYS));
        staying.untilSending("EMPTY");
        var withdrawn = settlement.newCase(JINING, CHANGSHA).balance("20.00");
        withdrawn.transferOut(new HoldRequestedV1(1, withdrawn.person, Scheme.EMPLOYEE, AccountWish.PAID_OUT));
        withdrawn.untilSending("KEPT");

        withdrawn.transferOut(new ReleaseOrderedV1(Instant.EPOCH));

        withdrawn.untilSending("RELEASED");
        assertThat(settlement.strings(
                        "select balance || ' ' || held from account where owner in (?, ?) order by owner",
                        staying.person.value(),
                        withdrawn.person.value()))
                .containsExactly("1000 0", "2000 0");
        assertThat(List.of(staying.postings(), withdrawn.postings())).containsOnly(List.of());
    }

    @Test
    @Tag("R1.2")
    void acrossTheSchemesOfOneRegionOnlyTheOldSideHasWork() {
        var moving = settlement.newCase(JINING, JINING);
        moving.transferOut(new HoldRequestedV1(1, moving.person, Scheme.RESIDENT, AccountWish.STAYS));

        moving.untilSending("EMPTY");
        assertThat(moving.types(JINING, 2)).containsExactly("hold-requested", "held");
        assertThat(moving.parked()).isEmpty();
    }

    private Fen clearing(RegionCode ledger, RegionCode from, RegionCode to) {
        return settlement
                .bean(LedgerStore.class)
                .account(new AccountKey.Clearing(ledger, from, to))
                .map(account -> account.balance())
                .orElse(Fen.ZERO);
    }

    /** The moment of the credit's posting, in the sandbox's running clock. */
    private Instant bookedAt(Settlement.Case moving) {
        var at = settlement
                .strings(
                        "select to_char(made_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from posting"
                                + " where business_key = ?",
                        "credit:" + moving.remittance(1) + "<" + moving.sending)
                .getFirst();
        assertThat(Instant.parse(at)).isAfterOrEqualTo(BusTestKit.START);
        return Instant.parse(at);
    }
}
