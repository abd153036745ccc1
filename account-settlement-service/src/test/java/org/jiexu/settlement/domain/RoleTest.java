package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.domain.Notation.A;
import static org.jiexu.settlement.domain.Notation.B;
import static org.jiexu.settlement.domain.Notation.C;
import static org.jiexu.settlement.domain.Notation.NUMBER;
import static org.jiexu.settlement.domain.Notation.PERSON;
import static org.jiexu.wire.vocabulary.ServiceName.SETTLEMENT;
import static org.jiexu.wire.vocabulary.ServiceName.TRANSFER_IN;
import static org.jiexu.wire.vocabulary.ServiceName.TRANSFER_OUT;

import java.time.Instant;
import org.jiexu.settlement.domain.Role.Hostile;
import org.jiexu.settlement.domain.Role.Nobody;
import org.jiexu.settlement.domain.Role.Receiving;
import org.jiexu.settlement.domain.Role.Sending;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Test;

class RoleTest {
    private static final Fen AMOUNT = Fen.parse("100.00");
    private static final RemittanceNumber RN = new RemittanceNumber(NUMBER, 1);
    private static final RemittanceNumber FOREIGN = new RemittanceNumber(new CaseNumber("430100-26-BBBBBBBB-4"), 1);
    private static final CreditedV1 CREDITED = new CreditedV1(RN, AMOUNT);
    private static final ReturnedV1 RETURNED = new ReturnedV1(RN, AMOUNT, "DECLINED", false);

    @Test
    void theOldRegionsTransferOutOrdersItsMoney() {
        assertThat(role(A, A, TRANSFER_OUT, hold())).isEqualTo(new Sending(false));
        assertThat(role(A, A, TRANSFER_OUT, new ReleaseOrderedV1(Instant.EPOCH)))
                .isEqualTo(new Sending(false));
        assertThat(role(A, A, TRANSFER_OUT, remit(RN, B))).isEqualTo(new Sending(false));
    }

    @Test
    void nobodyElseOrdersTheOldRegionsMoney() {
        assertThat(role(A, B, TRANSFER_OUT, hold())).isInstanceOf(Hostile.class);
        assertThat(role(A, A, TRANSFER_IN, hold())).isInstanceOf(Hostile.class);
        assertThat(role(A, C, TRANSFER_OUT, remit(RN, B))).isInstanceOf(Hostile.class);
        assertThat(role(A, A, TRANSFER_OUT, remit(RN, C))).isInstanceOf(Hostile.class);
        assertThat(role(A, A, TRANSFER_OUT, remit(FOREIGN, B))).isInstanceOf(Hostile.class);
    }

    @Test
    void theReceivingRegionsTransferInSaysWhatIsDue() {
        assertThat(role(B, B, TRANSFER_IN, due())).isEqualTo(new Receiving());
        assertThat(role(B, B, TRANSFER_IN, new NotDueV1(NotDueReason.DECLINED))).isEqualTo(new Receiving());
        assertThat(role(B, A, TRANSFER_IN, due())).isInstanceOf(Hostile.class);
        assertThat(role(B, B, TRANSFER_OUT, due())).isInstanceOf(Hostile.class);
        assertThat(role(A, A, TRANSFER_IN, due())).isEqualTo(new Nobody());
    }

    @Test
    void moneyArrivesFromTheSettlementOfTheRegionThatSendsIt() {
        assertThat(role(B, A, SETTLEMENT, arrival(RN, A, AMOUNT))).isEqualTo(new Receiving());
        assertThat(role(B, C, SETTLEMENT, arrival(RN, A, AMOUNT))).isInstanceOf(Hostile.class);
        assertThat(role(B, A, SETTLEMENT, arrival(FOREIGN, A, AMOUNT))).isInstanceOf(Hostile.class);
        assertThat(role(B, A, SETTLEMENT, arrival(RN, A, Fen.ZERO))).isInstanceOf(Hostile.class);
        assertThat(role(A, A, SETTLEMENT, arrival(RN, A, AMOUNT))).isEqualTo(new Nobody());
    }

    @Test
    void theReceivingRegionsSettlementSaysWhatBecameOfIt() {
        assertThat(role(A, B, SETTLEMENT, CREDITED)).isEqualTo(new Sending(false));
        assertThat(role(A, B, SETTLEMENT, RETURNED)).isEqualTo(new Sending(false));
        assertThat(role(A, C, SETTLEMENT, CREDITED)).isInstanceOf(Hostile.class);
        assertThat(role(A, A, SETTLEMENT, RETURNED)).isInstanceOf(Hostile.class);
        assertThat(role(A, B, SETTLEMENT, new CreditedV1(FOREIGN, AMOUNT))).isInstanceOf(Hostile.class);
    }

    @Test
    void theReceivingRegionsOwnCreditedIsForTransferInUnlessTheCaseStaysInOneRegion() {
        assertThat(role(B, B, SETTLEMENT, CREDITED)).isEqualTo(new Sending(true));
    }

    @Test
    void whatWasMatchedByHandToAnotherCaseIsForTransferInThere() {
        var matched = new CreditedV1(FOREIGN, AMOUNT, NUMBER);

        assertThat(role(B, B, SETTLEMENT, matched)).isEqualTo(new Nobody());
        assertThat(role(B, A, SETTLEMENT, matched)).isInstanceOf(Hostile.class);
        assertThat(role(A, B, SETTLEMENT, matched)).isInstanceOf(Hostile.class);
        assertThat(role(A, B, SETTLEMENT, new CreditedV1(RN, AMOUNT, FOREIGN.caseNumber())))
                .isEqualTo(new Sending(false));
    }

    @Test
    void whatItSaysItselfConcernsItNoMore() {
        assertThat(role(A, A, SETTLEMENT, new HeldV1(1, AMOUNT))).isEqualTo(new Nobody());
    }

    @Test
    void aTypeOfAnotherTopicIsHostile() {
        var completed = new TransferCompletedV1(1, AMOUNT);

        assertThat(role(A, B, TRANSFER_IN, completed)).isInstanceOf(Hostile.class);
    }

    private static Role role(RegionCode topic, RegionCode from, ServiceName service, EventData data) {
        return Role.of(topic, Source.of(from, service), NUMBER, data);
    }

    private static HoldRequestedV1 hold() {
        return new HoldRequestedV1(1, PERSON, Scheme.EMPLOYEE);
    }

    private static RemitOrderedV1 remit(RemittanceNumber rn, RegionCode to) {
        return new RemitOrderedV1(rn, AMOUNT, to, 1);
    }

    private static CreditOrderedV1 due() {
        return new CreditOrderedV1(1, AMOUNT, PERSON, Scheme.EMPLOYEE);
    }

    private static BalanceRemittedV1 arrival(RemittanceNumber rn, RegionCode from, Fen amount) {
        return new BalanceRemittedV1(rn, amount, from);
    }
}
