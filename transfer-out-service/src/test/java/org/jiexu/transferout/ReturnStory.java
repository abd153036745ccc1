package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.jiexu.transferout.OldRegion.B;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.until;

import java.util.List;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.InfoSheetReturnedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens after the sheet has left: it comes back, or the money does. */
class ReturnStory {
    private static final String ISSUED = "info-sheet.issued.v1";
    private static final String DECLINED = "transfer.declined.v1";
    private static final String RELEASE = "balance.release-ordered.v1";
    private static final List<CodedReason> REASONS = List.of(new CodedReason("ROW_MONTHS", "第1行的缴费月数不对。", "请核对。"));

    private final OldRegion old = OldRegion.shared();

    @Test
    @Tag("R3.3")
    @Tag("R4.6")
    void aReturnedSheetIsCorrectedWithTheSameAmountAndNoNewMoney() {
        var leaving = issued("300.00");
        leaving.transferIn(new InfoSheetReturnedV1(1, REASONS, false)).untilState(State.Name.RETURNED);
        assertThat(leaving.tasks()).containsExactly(Task.CORRECT_SHEET);
        assertThat(leaving.deadlines())
                .extracting(DeadlineView::kind, DeadlineView::status)
                .contains(tuple(DeadlineKind.CORRECT, DeadlineView.Status.OPEN));

        old.bean(SendSheet.class).correct(HANGZHOU, leaving.number);

        leaving.untilToB(ISSUED, ISSUED);
        var corrected = leaving.last(Topics.transfer(B), InfoSheetIssuedV1.class);
        assertThat(corrected.version()).isEqualTo(2);
        assertThat(corrected.amount()).isEqualTo(Fen.parse("300.00"));
        assertThat(corrected.remittance()).isEqualTo(new RemittanceNumber(leaving.number, 1));
        assertThat(leaving.money())
                .filteredOn("balance.remit-ordered.v1"::equals)
                .hasSize(1);
        assertThat(leaving.deadlines()).extracting(DeadlineView::status).containsOnly(DeadlineView.Status.MET);
        leaving.transferIn(new TransferCompletedV1(2, Fen.parse("300.00"))).untilState(State.Name.COMPLETED);
    }

    @Test
    @Tag("R3.9")
    void aFinalReturnEndsTheCaseAndSaysThatMoneyIsUnderWay() {
        var leaving = issued("300.00");

        leaving.transferIn(new InfoSheetReturnedV1(1, REASONS, true)).untilState(State.Name.DECLINED);

        leaving.untilToB(ISSUED, DECLINED);
        assertThat(leaving.last(Topics.transfer(B), TransferDeclinedV1.class))
                .isEqualTo(new TransferDeclinedV1(REASONS, true));
        assertThat(leaving.money()).doesNotContain(RELEASE);
    }

    @Test
    void declineAfterReturnOfAnEmptySheetReleasesTheHold() {
        var leaving = issued("0.00");
        leaving.transferIn(new InfoSheetReturnedV1(1, REASONS, false)).untilState(State.Name.RETURNED);

        old.bean(CarryOutWish.class).decline(HANGZHOU, leaving.number, List.of(DeclineReasons.RESUMED));

        leaving.untilToB(ISSUED, DECLINED);
        assertThat(leaving.last(Topics.transfer(B), TransferDeclinedV1.class).moneySent())
                .isFalse();
        until(_ -> leaving.money().contains(RELEASE));
    }

    @Test
    void moneyThatCameBackIsSentAgainOnce() {
        var leaving = issued("300.00");
        var first = new RemittanceNumber(leaving.number, 1);
        assertThatThrownBy(() -> old.bean(CarryOutWish.class).remitAgain(HANGZHOU, leaving.number))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("NO_MONEY_CAME_BACK"));

        leaving.otherSettlement(new ReturnedV1(first, Fen.parse("299.00"), "AMOUNT", true));
        until(_ -> leaving.tasks().equals(List.of(Task.REMIT_AGAIN)));
        old.bean(CarryOutWish.class).remitAgain(HANGZHOU, leaving.number);

        until(_ -> leaving.money().stream()
                        .filter("balance.remit-ordered.v1"::equals)
                        .count()
                == 2);
        assertThat(leaving.last(Topics.balance(HANGZHOU), RemitOrderedV1.class))
                .isEqualTo(new RemitOrderedV1(first.next(), Fen.parse("300.00"), B, 1));
        assertThat(leaving.tasks()).isEmpty();
        // Said again with a new id: the money of that remittance is no longer the one that counts.
        leaving.otherSettlement(new ReturnedV1(first, Fen.parse("299.00"), "AMOUNT", true))
                .untilHeard();
        assertThat(leaving.tasks()).isEmpty();
        assertThat(leaving.stored().state()).isEqualTo(new State.Issued(1, Fen.parse("300.00"), 2, false));
    }

    /** The end and the money come by different topics; the balance must not stay held for a case that is over. */
    @Test
    @Tag("R3.2")
    void moneyThatComesBackAfterAMatchHasCompletedTheCaseIsReleasedOnce() {
        var leaving = issued("300.00");
        var first = new RemittanceNumber(leaving.number, 1);
        leaving.transferIn(new TransferCompletedV1(1, Fen.parse("300.00"))).untilState(State.Name.COMPLETED);
        assertThat(leaving.money()).doesNotContain(RELEASE);

        for (int twice = 0; twice < 2; twice++) {
            leaving.otherSettlement(new ReturnedV1(first, Fen.parse("299.00"), "AMOUNT", true))
                    .untilHeard();
        }

        until(_ -> leaving.money().contains(RELEASE));
        assertThat(leaving.money().stream().filter(RELEASE::equals)).hasSize(1);
        assertThat(leaving.stored().state()).isEqualTo(new State.Completed(Fen.ZERO, 1, true));
        assertThat(leaving.tasks()).isEmpty();
    }

    private OldRegion.Leaving issued(String amount) {
        var leaving = old.newCase(HANGZHOU).accepted().untilState(State.Name.HOLDING);
        return leaving.held(1, amount).untilState(State.Name.ISSUED).untilToB(ISSUED);
    }
}
