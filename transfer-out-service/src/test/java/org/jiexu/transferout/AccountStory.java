package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.until;

import java.util.List;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.PaidOutV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an account that does not move with its relationship (R2.10, R11.4). */
class AccountStory {
    private static final String ISSUED = "info-sheet.issued.v1";
    private static final String DECLINED = "transfer.declined.v1";
    private static final String PROGRESSED = "case.progressed.v1";

    private final OldRegion old = OldRegion.shared();

    @Test
    @Tag("R11.4")
    void towardsTheResidentSchemeTheBalanceIsPaidOutOnCompletionAndThatIsToldOnce() {
        var leaving = old.newCase(JINING)
                .accepted(Scheme.EMPLOYEE, Scheme.RESIDENT, AccountWish.PAID_OUT)
                .untilState(State.Name.HOLDING);
        assertThat(leaving.last(Topics.balance(JINING), HoldRequestedV1.class))
                .isEqualTo(new HoldRequestedV1(1, leaving.person, Scheme.EMPLOYEE, AccountWish.PAID_OUT));
        leaving.held(1, "0.00").untilState(State.Name.HELD);
        old.bean(SendSheet.class).issue(JINING, leaving.number);
        leaving.untilToB(ISSUED);

        leaving.transferIn(new TransferCompletedV1(1, Fen.ZERO)).untilState(State.Name.COMPLETED);
        until(_ -> leaving.money().contains("balance.pay-out-ordered.v1"));
        assertThat(leaving.last(Topics.balance(JINING), PayOutOrderedV1.class))
                .isEqualTo(new PayOutOrderedV1(leaving.person, Scheme.EMPLOYEE));
        leaving.ownSettlement(new PaidOutV1(Fen.parse("88.00"))).ownSettlement(new PaidOutV1(Fen.parse("88.00")));

        leaving.untilHeard();
        assertThat(leaving.stored().state()).isEqualTo(new State.Completed(Fen.parse("88.00")));
        until(_ -> old.kit.types(Topics.PROGRESS, leaving.number.value()).equals(List.of(PROGRESSED, PROGRESSED)));
        var told = leaving.last(Topics.PROGRESS, CaseProgressedV1.class);
        assertThat(told.step()).isEqualTo("ACCOUNT_PAID_OUT");
        assertThat(told.status()).isEqualTo(PublicStatus.COMPLETED);
        assertThat(told.amount()).isEqualTo(Fen.parse("88.00"));
        assertThat(leaving.money()).doesNotContain("balance.remit-ordered.v1");
    }

    @Test
    @Tag("R2.10")
    void betweenEmployeeSchemesTheOldRegionsRuleSaysWhatBecomesOfABalanceThatDoesNotMove() {
        var staying = old.newCase(JINING).accepted(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.STAYS);
        var paidOut = old.newCase(HANGZHOU).accepted(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.STAYS);

        staying.untilState(State.Name.HOLDING);
        paidOut.untilState(State.Name.HOLDING);
        until(_ -> !staying.money().isEmpty() && !paidOut.money().isEmpty());
        assertThat(staying.last(Topics.balance(JINING), HoldRequestedV1.class).account())
                .isEqualTo(AccountWish.STAYS);
        assertThat(paidOut.last(Topics.balance(HANGZHOU), HoldRequestedV1.class).account())
                .isEqualTo(AccountWish.PAID_OUT);
    }

    @Test
    @Tag("R3.4")
    void aCaseOfNeitherMonthsNorMoneyEndsByItselfAlsoWherePeopleIssue() {
        var empty = old.newCase(JINING)
                .withoutMonths()
                .accepted(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.MOVES)
                .untilState(State.Name.HOLDING);
        var staying = old.newCase(JINING)
                .withoutMonths()
                .accepted(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.STAYS)
                .untilState(State.Name.HOLDING);
        var withMonths = old.newCase(JINING)
                .accepted(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.MOVES)
                .untilState(State.Name.HOLDING);
        withMonths.held(1, "0.00").untilState(State.Name.HELD);
        empty.held(1, "0.00").untilToB(DECLINED);
        staying.held(1, "0.00").untilToB(DECLINED);

        assertThat(empty.last(Topics.transfer(OldRegion.B), TransferDeclinedV1.class))
                .isEqualTo(new TransferDeclinedV1(List.of(DeclineReasons.NOTHING_TO_TRANSFER), false));
        assertThat(staying.last(Topics.transfer(OldRegion.B), TransferDeclinedV1.class)
                        .reasons())
                .extracting(CodedReason::message)
                .containsExactly("转出地没有可转移的缴费记录，个人账户余额按申请不划转");
        assertThat(empty.tasks()).isEmpty();
        // Where there are months, the clerk still issues.
        assertThat(withMonths.tasks()).containsExactly(Task.ISSUE_SHEET);
        assertThat(withMonths.toB()).isEmpty();
    }

    @Test
    @Tag("R1.2")
    @Tag("43-art-14")
    void acrossTheSchemesOfOneRegionBothSidesMeetOnItsTopics() {
        var leaving = old.newCase(JINING, JINING)
                .accepted(Scheme.RESIDENT, Scheme.EMPLOYEE, AccountWish.STAYS)
                .untilState(State.Name.HOLDING);
        leaving.held(1, "0.00").untilState(State.Name.HELD);

        old.bean(SendSheet.class).issue(JINING, leaving.number);
        until(_ -> old.kit
                .types(Topics.transfer(JINING), leaving.number.value())
                .equals(List.of("transfer.accepted.v1", ISSUED)));
        leaving.transferIn(new TransferCompletedV1(1, Fen.ZERO)).untilState(State.Name.COMPLETED);

        until(_ -> old.kit
                .types(Topics.participation(JINING), leaving.person.value())
                .equals(List.of("relationship.terminated.v1")));
        assertThat(leaving.money()).containsExactly("balance.hold-requested.v1", "balance.held.v1");
    }
}
