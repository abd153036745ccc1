package org.jiexu.transferin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferin.NewRegion.CHANGSHA;
import static org.jiexu.transferin.NewRegion.HANGZHOU;
import static org.jiexu.transferin.NewRegion.JINING;
import static org.jiexu.transferin.NewRegion.until;

import java.util.List;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.InfoSheetReturnedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferWithdrawnV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole cases as the receiving region sees them, told in order. */
class TransferInStory {
    private static final String ACCEPTED = "transfer.accepted.v1";
    private static final String COMPLETED = "transfer.completed.v1";
    private static final String RETURNED = "info-sheet.returned.v1";
    private static final String WITHDRAWAL = "transfer.withdrawal-requested.v1";
    private static final String REMITTED = "balance.remitted.v1";
    private static final String ORDERED = "balance.credit-ordered.v1";
    private static final String CREDITED = "balance.credited.v1";
    private static final String NOT_DUE = "balance.not-due.v1";
    private static final String HISTORY = "history.booked.v1";
    private static final List<CodedReason> RESUMED =
            List.of(new CodedReason("RESUMED_THERE", "参保人已在转出地恢复参保", "中止参保后可重新申请"));

    private final NewRegion here = NewRegion.shared();

    @Test
    @Tag("43-art-7")
    @Tag("43-art-9")
    void recordAndMoneyArriveAndTheCaseIsCompleted() {
        var arriving = here.somebody(CHANGSHA);

        var applied = arriving.apply();

        assertThat(applied.status()).isEqualTo(201);
        assertThat(applied.body().path("statusWords").asString()).isEqualTo("已受理");
        // Fifteen working days from 14 September 2026, over 中秋节, 国庆节 and two make-up days.
        assertThat(applied.body().path("promisedBy").asString()).isEqualTo("2026-10-10");
        assertThat(applied.text()).doesNotContain(arriving.certificate.number(), arriving.name);
        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED)));

        arriving.oldRegion(arriving.issued(1, "1234.56", 20));
        arriving.untilState("RECEIVED");
        arriving.remitted("1234.56");
        var tasks = here.get("/api/v1/agency/430100/tasks?kind=CHECK_SHEET&limit=200", arriving.clerk());
        assertThat(tasks.text()).contains(arriving.number().value());
        var file = here.get("/api/v1/agency/430100/transfers-in/" + arriving.number(), arriving.clerk());
        assertThat(file.body().path("sheets").path(0).path("months").asInt()).isEqualTo(20);
        assertThat(file.body().path("faults").size()).isZero();
        assertThat(file.text()).doesNotContain(arriving.certificate.number());

        var confirmed = arriving.act("confirmation", "{\"version\": 1}");

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body().path("statusWords").asString()).isEqualTo("关系已转入·资金在途");
        until(() -> arriving.money().equals(List.of(REMITTED, ORDERED)));
        assertThat(arriving.last(Topics.balance(CHANGSHA), CreditOrderedV1.class))
                .isEqualTo(new CreditOrderedV1(1, Fen.parse("1234.56"), arriving.person, Scheme.EMPLOYEE, JINING));
        until(() -> arriving.history().equals(List.of(HISTORY)));

        arriving.credited("1234.56");
        arriving.untilState("COMPLETED");

        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, COMPLETED)));
        assertThat(arriving.last(Topics.transfer(JINING), TransferCompletedV1.class))
                .isEqualTo(new TransferCompletedV1(1, Fen.parse("1234.56")));
        until(() -> arriving.progress().size() == 4);
        assertThat(arriving.progress())
                .extracting(CaseProgressedV1::step)
                .containsExactly("ACCEPTED", "SHEET_RECEIVED", "BOOKED", "COMPLETED");
        var shown = arriving.show();
        assertThat(shown.body().path("amount").asString()).isEqualTo("1234.56");
        assertThat(shown.body().path("months").asInt()).isEqualTo(20);
        assertThat(shown.body().path("steps").findValuesAsString("step"))
                .containsExactly("SUBMITTED", "ACCEPTED", "SHEET_RECEIVED", "MONEY_REMITTED", "BOOKED", "COMPLETED");
        assertThat(shown.body().path("steps").findValuesAsString("limit")).containsExactly("ISSUE", "BOOK", "CREDIT");
        assertThat(shown.body().path("steps").path(1).path("dueOn").asString()).isEqualTo("2026-09-28");
        assertThat(shown.body().path("steps").path(2).path("dueOn").asString()).isEqualTo("2026-09-20");
        assertThat(shown.body().path("steps").path(2).path("metAt").asString()).startsWith("2026-09-14");
        assertThat(shown.body()
                        .path("steps")
                        .path(2)
                        .path("explanation")
                        .path("days")
                        .size())
                .isEqualTo(7);
        assertThat(arriving.parked()).isZero();
        assertThat(here.get("/api/v1/agency/430100/tasks?limit=200", arriving.clerk())
                        .text())
                .doesNotContain(arriving.number().value());
    }

    @Test
    @Tag("R3.6")
    void withoutMoneyTheSystemCompletesAtBooking() {
        var arriving = here.somebody(HANGZHOU).accepted();

        arriving.oldRegion(arriving.issued(1, "0.00", 24));
        arriving.untilState("COMPLETED");

        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, COMPLETED)));
        until(() -> arriving.history().equals(List.of(HISTORY)));
        // Accepted, booked and completed are told; the last two in one transaction.
        until(() -> arriving.progress().size() == 3);
        assertThat(arriving.money()).isEmpty();
    }

    @Test
    @Tag("R3.3")
    void aFaultySheetGoesBackWithEveryReasonAndComesCorrected() {
        var arriving = here.somebody(HANGZHOU).accepted();

        arriving.oldRegion(arriving.issued(1, "10.00", 25));
        arriving.untilState("RETURNED");

        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, RETURNED)));
        var returned = arriving.last(Topics.transfer(JINING), InfoSheetReturnedV1.class);
        assertThat(returned.version()).isEqualTo(1);
        assertThat(returned.isFinal()).isFalse();
        assertThat(returned.reasons()).extracting(CodedReason::code).containsExactly("ROW_MONTHS");

        arriving.oldRegion(arriving.issued(2, "10.00", 24));
        arriving.untilState("BOOKED");
        arriving.credited("10.00");
        arriving.untilState("COMPLETED");

        assertThat(arriving.last(Topics.transfer(JINING), TransferCompletedV1.class)
                        .version())
                .isEqualTo(2);
        var steps = arriving.show().body().path("steps");
        assertThat(steps.findValuesAsString("limit")).containsExactly("ISSUE", "BOOK", "CORRECT", "BOOK", "CREDIT");
    }

    @Test
    @Tag("R3.9")
    void aClerkCannotBookAFaultySheetButReturnsItForGood() {
        var arriving = here.somebody(CHANGSHA).accepted();
        arriving.oldRegion(arriving.issued(1, "10.00", 25));
        arriving.untilState("RECEIVED");

        var confirmed = arriving.act("confirmation", null);
        var sentBack = arriving.act("return", "{\"reasons\": [\"NOT_TRANSFERABLE\"], \"final\": true}");
        var again = arriving.act("confirmation", null);

        assertThat(confirmed.status()).isEqualTo(409);
        assertThat(confirmed.body().path("code").asString()).isEqualTo("SHEET_HAS_FAULTS");
        assertThat(sentBack.status()).isEqualTo(200);
        assertThat(again.body().path("code").asString()).isEqualTo("NO_SHEET_WAITING");
        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, RETURNED)));
        var returned = arriving.last(Topics.transfer(JINING), InfoSheetReturnedV1.class);
        assertThat(returned.isFinal()).isTrue();
        assertThat(returned.reasons()).extracting(CodedReason::code).containsExactly("NOT_TRANSFERABLE", "ROW_MONTHS");

        arriving.oldRegion(new TransferDeclinedV1(RESUMED, true));
        arriving.untilState("DECLINED");

        until(() -> arriving.money().equals(List.of(NOT_DUE)));
        assertThat(arriving.last(Topics.balance(CHANGSHA), NotDueV1.class))
                .isEqualTo(new NotDueV1(NotDueReason.DECLINED, JINING));
        assertThat(arriving.show().body().path("reasons").findValuesAsString("code"))
                .containsExactly("RESUMED_THERE");
    }

    @Test
    @Tag("R2.6")
    void theWishToWithdrawIsPassedOnAndTheOldRegionDecides() {
        var arriving = here.somebody(CHANGSHA).accepted();

        var wished = here.post("/api/v1/transfers/" + arriving.number() + "/withdrawal", null, arriving.token());
        here.post("/api/v1/transfers/" + arriving.number() + "/withdrawal", null, arriving.token());

        assertThat(wished.status()).isEqualTo(202);
        assertThat(wished.body().path("state").asString()).isEqualTo("WITHDRAWING");
        until(() -> arriving.toOldRegion().equals(List.of(ACCEPTED, WITHDRAWAL)));
        arriving.oldRegion(new TransferWithdrawnV1(BusTestKit.START));
        arriving.untilState("WITHDRAWN");
        until(() -> arriving.progress().size() == 2);
        assertThat(arriving.progress().getLast().status()).isEqualTo(PublicStatus.WITHDRAWN);
    }

    @Test
    @Tag("R2.6")
    void theWishToWithdrawMayComeTooLate() {
        var arriving = here.somebody(CHANGSHA).accepted();
        here.post("/api/v1/transfers/" + arriving.number() + "/withdrawal", null, arriving.token());

        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.untilState("RECEIVED");
        var again = here.post("/api/v1/transfers/" + arriving.number() + "/withdrawal", null, arriving.token());

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("code").asString()).isEqualTo("TOO_LATE_TO_WITHDRAW");
        assertThat(arriving.show().body().path("steps").findValuesAsString("step"))
                .contains("WITHDRAWAL_REQUESTED", "WITHDRAWAL_TOO_LATE");
    }

    @Test
    void moneyBeforeItsSheetWaitsAndMoneyThatDoesNotFitIsShown() {
        var arriving = here.somebody(HANGZHOU).accepted();
        arriving.remitted("9.00");
        arriving.oldRegion(arriving.issued(1, "10.00", 20));
        arriving.untilState("BOOKED");

        arriving.ownSettlement(new SuspendedV1(arriving.remittance(), Fen.parse("9.00"), SuspenseReason.AMOUNT));

        var clerk = arriving.clerk();
        until(() -> here.get("/api/v1/agency/330100/tasks?kind=SUSPENDED_MONEY", clerk)
                .text()
                .contains(arriving.number().value()));
        // R3.2: two persons matched the money of another case to this one.
        var matched = new RemittanceNumber(here.somebody(HANGZHOU).accepted().number(), 1);
        arriving.ownSettlement(new CreditedV1(matched, Fen.parse("10.00"), arriving.number()));
        arriving.untilState("COMPLETED");
        assertThat(arriving.money()).contains(REMITTED, ORDERED, CREDITED).doesNotContain(NOT_DUE);
        assertThat(here.get("/api/v1/agency/330100/tasks?kind=SUSPENDED_MONEY", clerk)
                        .text())
                .doesNotContain(arriving.number().value());
    }
}
