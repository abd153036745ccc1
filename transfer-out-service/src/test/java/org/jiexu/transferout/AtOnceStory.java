package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferout.OldRegion.B;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.ZHUZHOU;
import static org.jiexu.transferout.OldRegion.until;

import java.util.List;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases inside a province that nobody here has to touch (R6). */
class AtOnceStory {
    private static final String ISSUED = "info-sheet.issued.v1";
    private static final String HOLD = "balance.hold-requested.v1";

    private final OldRegion old = OldRegion.shared();

    @Test
    @Tag("R6.5")
    void theSheetLeavesWithoutAClerkAndTheMoneyIsAdvanced() {
        var leaving = old.newCase(ZHUZHOU).acceptedAtOnce().untilState(State.Name.HOLDING);

        leaving.held(1, "1234.56").untilToB(ISSUED);

        assertThat(leaving.last(Topics.balance(ZHUZHOU), RemitOrderedV1.class))
                .isEqualTo(
                        new RemitOrderedV1(new RemittanceNumber(leaving.number, 1), Fen.parse("1234.56"), B, 1, true));
    }

    @Test
    void anotherCaseOfTheSameRegionStillWaitsForItsClerk() {
        var leaving = old.newCase(ZHUZHOU).accepted().untilState(State.Name.HOLDING);

        leaving.held(1, "10.00").untilState(State.Name.HELD).untilHeard();

        assertThat(leaving.tasks()).containsExactly(Task.ISSUE_SHEET);
        assertThat(leaving.toB()).isEmpty();
    }

    @Test
    @Tag("R6.6")
    void aRefusedHoldIsTriedAgainByItselfWhileStaffSeeIt() {
        var leaving = old.newCase(ZHUZHOU).acceptedAtOnce().untilState(State.Name.HOLDING);
        leaving.ownSettlement(new HoldRefusedV1(1, new CodedReason("ACCOUNT_FROZEN", "账户被冻结", "稍后再试")))
                .untilState(State.Name.HOLD_REFUSED);
        assertThat(leaving.tasks()).containsExactly(Task.RETRY_HOLD);

        until(_ -> leaving.money().equals(List.of(HOLD, "balance.hold-refused.v1", HOLD)));

        leaving.held(2, "10.00").untilToB(ISSUED);
        assertThat(leaving.tasks()).isEmpty();
    }

    @Test
    @Tag("R6.6")
    void ofNeitherMonthsNorMoneyItEndsWithoutAClerk() {
        var leaving = old.newCase(ZHUZHOU).withoutMonths().acceptedAtOnce().untilState(State.Name.HOLDING);

        leaving.held(1, "0.00").untilToB("transfer.declined.v1");

        assertThat(leaving.last(Topics.transfer(B), TransferDeclinedV1.class))
                .isEqualTo(new TransferDeclinedV1(List.of(DeclineReasons.NOTHING_TO_TRANSFER), false));
        assertThat(leaving.tasks()).isEmpty();
    }

    @Test
    @Tag("R6.6")
    void moneyWithoutMonthsStillGoesAtOnce() {
        var leaving = old.newCase(ZHUZHOU).withoutMonths().acceptedAtOnce().untilState(State.Name.HOLDING);

        leaving.held(1, "0.01").untilToB(ISSUED);
    }

    @Test
    @Tag("R6.7")
    void atOnceAcrossProvincesContradictsItself() {
        var leaving = old.newCase(JINING).acceptedAtOnce();

        until(_ -> old.bean(JdbcClient.class)
                .sql("select count(*) from quarantined where record_key = :number and reason like 'CONTRADICTION%'")
                .param("number", leaving.number.value())
                .query(Integer.class)
                .single()
                .equals(1));
        assertThat(leaving.state()).isEqualTo(State.Name.NO_CASE);
        assertThat(leaving.money()).isEmpty();
    }
}
