package org.jiexu.settlement.domain.clearing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Random;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DebtsTest {
    private static final RegionCode A = new RegionCode("430200");
    private static final RegionCode B = new RegionCode("430100");
    private static final Source SB = Source.of(B, ServiceName.SETTLEMENT);
    private static final Instant NOW = Instant.parse("2026-09-14T01:00:00Z");
    private static final RemittanceNumber RN = new RemittanceNumber(CaseNumber.random(B, 2026, new Random(1)), 1);
    private static final DebtRecordedV1 ADVANCE = debt(RN.toString(), A, B, "12.00", null);

    @Test
    void isSaidByItsCreditorOfTwoRegionsOfTheProvince() {
        assertThat(Debts.fault(ADVANCE, SB, true)).isEmpty();
        assertThat(Debts.fault(ADVANCE, SB, false)).isPresent();
        assertThat(Debts.fault(ADVANCE, Source.of(A, ServiceName.SETTLEMENT), true))
                .isPresent();
        assertThat(Debts.fault(ADVANCE, Source.of(B, ServiceName.TRANSFER_IN), true))
                .isPresent();
        assertThat(Debts.fault(debt(RN.toString(), B, B, "12.00", null), SB, true))
                .isPresent();
    }

    @Test
    void isPositiveAndCarriesItsRemittancesNumber() {
        assertThat(Debts.fault(debt("another", A, B, "12.00", null), SB, true)).isPresent();
        assertThat(Debts.fault(debt(RN.toString(), A, B, "0.00", null), SB, true))
                .isPresent();
        assertThat(Debts.fault(debt(RN.toString(), A, B, "-12.00", null), SB, true))
                .isPresent();
        var elsewhere = new RemittanceNumber(CaseNumber.random(A, 2026, new Random(1)), 1);
        assertThat(Debts.fault(
                        new DebtRecordedV1(elsewhere.toString(), elsewhere, A, B, Fen.of(1), NOW, null), SB, true))
                .isPresent();
    }

    @Test
    @Tag("R7.4")
    void isTakenBackWholeByOneThatNamesIt() {
        var later = NOW.plusSeconds(1);
        var back = Debts.correction(ADVANCE, later);

        assertThat(back).isEqualTo(new DebtRecordedV1(RN + "-C", RN, A, B, Fen.parse("-12.00"), later, RN.toString()));
        assertThat(Debts.fault(back, SB, true)).isEmpty();
        assertThat(Debts.fault(debt(RN + "-C", A, B, "12.00", RN.toString()), SB, true))
                .isPresent();
        assertThat(Debts.fault(debt(RN + "-D", A, B, "-12.00", RN.toString()), SB, true))
                .isPresent();
        assertThat(Debts.fault(debt(RN + "-C", A, B, "-12.00", "another"), SB, true))
                .isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> Debts.correction(back, later));
    }

    private static DebtRecordedV1 debt(
            String number, RegionCode debtor, RegionCode creditor, String amount, @Nullable String corrects) {
        return new DebtRecordedV1(number, RN, debtor, creditor, Fen.parse(amount), NOW, corrects);
    }
}
