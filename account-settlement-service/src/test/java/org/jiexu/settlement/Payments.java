package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.settlement.Settlement.CHANGSHA;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.ZHUZHOU;
import static org.jiexu.settlement.Settlement.until;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.settlement.Settlement.Reply;
import org.jiexu.settlement.postgres.PaymentStore;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.settlement.postgres.PaymentStore.Due;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A quarter is closed and paid, up and down, by two persons each time; partial, wrong and repeated payments are told. */
final class Payments {
    private final Settlement settlement;
    private final Centre centre;
    private final PaymentStore payments;
    private final JdbcClient jdbc;

    Payments(Settlement settlement, Centre centre) {
        this.settlement = settlement;
        this.centre = centre;
        this.payments = settlement.bean(PaymentStore.class);
        this.jdbc = settlement.bean(JdbcClient.class);
    }

    void closeAndPay(Quarter quarter) {
        var path = Centre.base() + "/quarters/" + quarter;
        assertThat(asOperator("op-1", path + "/approval", "").code()).isEqualTo("NOT_PREPARED");
        assertThat(state(asOperator("op-1", path + "/preparation", ""))).isEqualTo("PREPARED");
        assertThat(asOperator("op-1", path + "/approval", "").code()).isEqualTo("SAME_PERSON");
        until(() -> settlement
                .strings("select region from clearing_bill where quarter = ?", quarter.toString())
                .containsAll(Centre.codes()));

        allPayUp(quarter);
        var changsha = new Down(quarter, CHANGSHA, amountDown(quarter, CHANGSHA));
        assertThat(asOperator("op-1", path + "/payments-down", changsha.body()).code())
                .isEqualTo("NOT_CLOSED");
        assertThat(state(asOperator("op-2", path + "/approval", ""))).isEqualTo("CLOSED");
        dues(quarter, Direction.DOWN).forEach(due -> paysDown(new Down(quarter, due.region(), due.amount())));
        until(() -> settlement
                .strings(
                        "select region from clearing_bill where quarter = ? and in_debts > 0 and down_at is null",
                        quarter.toString())
                .isEmpty());

        assertThat(state(settlement.get(centre.operator("op-1"), path))).isEqualTo("SETTLED");
        assertThat(settlement
                        .bean(Deadlines.class)
                        .of(HUNAN + "/" + quarter)
                        .getFirst()
                        .status())
                .isEqualTo(DeadlineView.Status.MET);
        assertThat(settlement.strings("""
            select region || direction from payment_step where quarter = ? and approved_by is null
            """, quarter.toString())).isEmpty();
    }

    private void allPayUp(Quarter quarter) {
        var payUpBy = settlement
                .bean(TableStore.class)
                .made(HUNAN, quarter)
                .orElseThrow()
                .payUpBy();
        for (var due : dues(quarter, Direction.UP)) {
            paysUp(quarter, due.region(), due.amount(), payUpBy);
        }
        until(() -> dues(quarter, Direction.UP).stream().allMatch(Due::isPaid));
        centre.everyLedgerSumsToZero();
    }

    private List<Due> dues(Quarter quarter, Direction direction) {
        return payments.due(HUNAN, quarter).stream()
                .filter(due -> due.direction() == direction)
                .toList();
    }

    private Fen amountDown(Quarter quarter, RegionCode region) {
        return payments.due(HUNAN, quarter, region, Direction.DOWN)
                .orElseThrow()
                .amount();
    }

    private void paysUp(Quarter quarter, RegionCode region, Fen amount, LocalDate payUpBy) {
        var path = "/api/v1/agency/" + region + "/clearing/quarters/" + quarter + "/payment-up";
        var body = "{\"reference\": \"U-" + quarter + "\", \"amount\": \"%s\"}";
        var whole = body.formatted(amount);
        var clerk = settlement.tokens.clerk("c-1", region);
        var reviewer = settlement.tokens.reviewer("r-1", region);
        var limit = settlement.bean(Deadlines.class).of(region + "/" + quarter).getFirst();
        assertThat(limit.dueOn()).isEqualTo(payUpBy);

        for (var half : List.of(path, path + "/approval")) {
            var partial = settlement.post(
                    half.equals(path) ? clerk : reviewer, half, body.formatted(amount.minus(Fen.of(1))));
            assertThat(partial.code()).isEqualTo("AMOUNT_DIFFERS");
            assertThat(partial.body().path("difference").asString()).isEqualTo("-0.01");
        }
        twoPersonsPrepare(region, path, whole);
        if (region.equals(CHANGSHA)) {
            oneRowAloneIsRefused(quarter);
            cutOff("clearing.before-payment-commit", reviewer, path, whole);
            assertThat(settlement.strings(
                            "select up_reference from clearing_bill where region = '430100' and quarter = ?"
                                    + " and up_reference is not null",
                            quarter.toString()))
                    .isEmpty();
        }
        if (region.equals(ZHUZHOU)) {
            cutOff("clearing.after-payment", reviewer, path, whole);
        }
        for (int twice = 0; twice < 2; twice++) {
            var paid = settlement.post(reviewer, path + "/approval", whole);
            assertThat(paid.status()).isEqualTo(200);
            assertThat(paid.body().at("/payment/preparedBy").asString()).isEqualTo("c-1");
            assertThat(paid.body().at("/payment/approvedBy").asString()).isEqualTo("r-1");
        }
        assertThat(settlement.post(clerk, path, whole).status()).isEqualTo(200);
        assertThat(settlement
                        .post(clerk, path, body.formatted(amount.plus(Fen.of(1))))
                        .code())
                .isEqualTo("REFERENCE_DIFFERS");
        assertThat(settlement.post(clerk, path, whole.replace("U-", "V-")).code())
                .isEqualTo("ALREADY_PAID");
        assertThat(settlement
                        .post(settlement.tokens.clerk("c-1", Settlement.JINING), path, whole)
                        .status())
                .isEqualTo(404);
    }

    /** The same person, another reference, nobody before: refused; what was mistyped is typed again. */
    private void twoPersonsPrepare(RegionCode region, String path, String whole) {
        var clerk = settlement.tokens.clerk("c-1", region);
        var reviewer = settlement.tokens.reviewer("r-1", region);
        assertThat(settlement.post(reviewer, path + "/approval", whole).code()).isEqualTo("NOT_PREPARED");
        assertThat(settlement.post(reviewer, path, whole).status()).isEqualTo(403);
        assertThat(settlement.post(clerk, path + "/approval", whole).status()).isEqualTo(403);
        assertThat(settlement.post(clerk, path, whole.replace("U-", "W-")).status())
                .isEqualTo(200);
        assertThat(settlement.post(reviewer, path + "/approval", whole).code()).isEqualTo("PREPARED_OTHERWISE");
        for (int twice = 0; twice < 2; twice++) {
            var prepared = settlement.post(clerk, path, whole);
            assertThat(prepared.status()).isEqualTo(200);
            assertThat(prepared.body().at("/payment/preparedBy").asString()).isEqualTo("c-1");
            assertThat(prepared.body().at("/bill/upAt").isMissingNode()
                            || prepared.body().at("/bill/upAt").isNull())
                    .isTrue();
        }
        assertThat(settlement
                        .post(settlement.tokens.reviewer("c-1", region), path + "/approval", whole)
                        .code())
                .isEqualTo("SAME_PERSON");
    }

    private void cutOff(String point, String reviewer, String path, String whole) {
        centre.cutOffOnceAt(
                point,
                () -> assertThat(settlement
                                .post(reviewer, path + "/approval", whole)
                                .status())
                        .isEqualTo(500));
    }

    /** The wall behind the rule, in the database. */
    private void oneRowAloneIsRefused(Quarter quarter) {
        assertThatThrownBy(
                        () -> jdbc.sql("""
                            update clearing_bill set up_reference = 'X', up_by = 'c-1', up_at = now()
                             where region = '430100' and quarter = :quarter
                            """).param("quarter", quarter.toString()).update())
                .hasMessageContaining("by two persons");
        assertThatThrownBy(
                        () -> jdbc.sql("""
                            insert into clearing_payment (province, quarter, region, direction, amount, reference, paid_at,
                                                          recorded_by)
                            values ('430000', :quarter, '430100', 'DOWN', 1, 'X', now(), 'op-1')
                            """).param("quarter", quarter.toString()).update())
                .hasMessageContaining("by two persons");
    }

    private record Down(Quarter quarter, RegionCode region, Fen amount) {
        String body() {
            return "{\"region\": \"%s\", \"reference\": \"D-%s-%s\", \"amount\": \"%s\"}"
                    .formatted(region, quarter, region, amount);
        }

        Down with(Fen other) {
            return new Down(quarter, region, other);
        }
    }

    private void paysDown(Down down) {
        var path = Centre.base() + "/quarters/" + down.quarter() + "/payments-down";
        var tooMuch = down.with(down.amount().plus(Fen.of(1))).body();
        assertThat(asOperator("op-1", path, tooMuch).body().path("difference").asString())
                .isEqualTo("0.01");
        assertThat(asOperator("op-2", path + "/approval", down.body()).code()).isEqualTo("NOT_PREPARED");
        assertThat(state(asOperator("op-1", path, down.body()))).isEqualTo("PREPARED");
        assertThat(asOperator("op-1", path + "/approval", down.body()).code()).isEqualTo("SAME_PERSON");
        assertThat(asOperator("op-2", path + "/approval", down.body().replace("D-", "E-"))
                        .code())
                .isEqualTo("PREPARED_OTHERWISE");
        for (int twice = 0; twice < 2; twice++) {
            assertThat(state(asOperator("op-2", path + "/approval", down.body())))
                    .isEqualTo("PAID");
        }
        assertThat(state(asOperator("op-1", path, down.body()))).isEqualTo("PAID");
        assertThat(settlement
                        .post(settlement.tokens.auditor("au-1"), path, down.body())
                        .status())
                .isEqualTo(403);
    }

    private Reply asOperator(String subject, String path, String body) {
        return settlement.post(centre.operator(subject), path, body);
    }

    private static String state(Reply reply) {
        return reply.body().path("state").asString();
    }
}
