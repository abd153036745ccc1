package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.transferout.OldRegion.B;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.until;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetRules;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole cases as the old region sees them, told in order. */
class TransferOutStory {
    private static final String HOLD = "balance.hold-requested.v1";
    private static final String HELD = "balance.held.v1";
    private static final String RELEASE = "balance.release-ordered.v1";
    private static final String REMIT = "balance.remit-ordered.v1";
    private static final String ISSUED = "info-sheet.issued.v1";

    private final OldRegion old = OldRegion.shared();

    @Test
    @Tag("43-art-8")
    @Tag("43-art-13")
    @Tag("R3.1")
    void moneyAndRecordLeaveAndTheRelationshipEnds() {
        var leaving = old.newCase(HANGZHOU).accepted();
        until(_ -> leaving.money().equals(List.of(HOLD)));

        leaving.held(1, "1234.56").untilToB(ISSUED).untilState(State.Name.ISSUED);

        assertThat(leaving.money()).containsExactly(HOLD, HELD, REMIT);
        var remitted = leaving.last(Topics.balance(HANGZHOU), RemitOrderedV1.class);
        assertThat(remitted)
                .isEqualTo(new RemitOrderedV1(new RemittanceNumber(leaving.number, 1), Fen.parse("1234.56"), B, 1));
        var issued = leaving.last(Topics.transfer(B), InfoSheetIssuedV1.class);
        assertThat(issued.amount()).isEqualTo(Fen.parse("1234.56"));
        assertThat(issued.remittance()).isEqualTo(remitted.remittance());
        isSealedAndSound(issued);
        var limit = leaving.deadlines().getFirst();
        assertThat(limit.kind()).isEqualTo(DeadlineKind.ISSUE);
        assertThat(limit.dueOn()).isEqualTo(LocalDate.of(2026, 9, 28));
        assertThat(limit.status()).isEqualTo(DeadlineView.Status.MET);
        until(_ -> old.kit.types(Topics.PROGRESS, leaving.number.value()).equals(List.of("case.progressed.v1")));
        var progress = leaving.last(Topics.PROGRESS, CaseProgressedV1.class);
        assertThat(progress.status()).isEqualTo(PublicStatus.IN_PROGRESS);
        assertThat(progress.holder()).isEqualTo(B);

        leaving.transferIn(new TransferCompletedV1(1, Fen.parse("1234.56"))).untilState(State.Name.COMPLETED);

        until(_ -> old.kit
                .types(Topics.participation(HANGZHOU), leaving.person.value())
                .equals(List.of("relationship.terminated.v1")));
        assertThat(leaving.toB()).containsExactly(ISSUED);
        assertThat(leaving.tasks()).isEmpty();
    }

    @Test
    void refusedHoldIsTriedAgainAndAnEmptyAccountSendsNoMoney() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        leaving.ownSettlement(new HoldRefusedV1(1, new CodedReason("FROZEN", "账户被冻结", "稍后再试")))
                .untilState(State.Name.HOLD_REFUSED);
        assertThat(leaving.tasks()).containsExactly(Task.RETRY_HOLD);

        old.bean(CarryOutWish.class).retryHold(JINING, leaving.number);

        until(_ -> leaving.money().equals(List.of(HOLD, "balance.hold-refused.v1", HOLD)));
        leaving.held(2, "0.00").untilState(State.Name.HELD);
        assertThat(leaving.tasks()).containsExactly(Task.ISSUE_SHEET);

        old.bean(SendSheet.class).issue(JINING, leaving.number);

        leaving.untilToB(ISSUED);
        var issued = leaving.last(Topics.transfer(B), InfoSheetIssuedV1.class);
        assertThat(issued.remittance()).isNull();
        assertThat(new SealedSheet(issued.sheet(), issued.sealKeyId(), issued.seal())
                        .read()
                        .foot()
                        .amountInCapitals())
                .isEqualTo("零元整");
        leaving.transferIn(new TransferCompletedV1(1, Fen.ZERO)).untilState(State.Name.COMPLETED);
        assertThat(leaving.money()).doesNotContain(REMIT);
    }

    @Test
    void withdrawalBeforeTheSheetReleasesTheMoney() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "10.00").untilState(State.Name.HELD);

        leaving.transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT)).untilState(State.Name.WITHDRAWN);

        leaving.untilToB("transfer.withdrawn.v1");
        until(_ -> leaving.money().equals(List.of(HOLD, HELD, RELEASE)));
        assertThat(leaving.deadlines().getFirst().status()).isEqualTo(DeadlineView.Status.CANCELLED);
        assertThat(leaving.tasks()).isEmpty();
    }

    @Test
    void withdrawalBeforeAcceptanceLeavesATombstone() {
        var leaving = old.newCase(JINING)
                .transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT))
                .untilState(State.Name.WITHDRAWN);

        leaving.accepted().untilHeard();

        assertThat(leaving.state()).isEqualTo(State.Name.WITHDRAWN);
        leaving.untilToB("transfer.withdrawn.v1");
        assertThat(leaving.money()).isEmpty();
    }

    private void isSealedAndSound(InfoSheetIssuedV1 issued) {
        var sealed = new SealedSheet(issued.sheet(), issued.sealKeyId(), issued.seal());
        var key = old.bean(SigningKeys.class)
                .of(Source.of(HANGZHOU, ServiceName.TRANSFER_OUT))
                .publicKey();
        assertThat(sealed.isSealedBy(key)).isTrue();
        var sheet = sealed.read();
        assertThat(SheetRules.faults(sheet)).isEmpty();
        assertThat(sheet.months()).isEqualTo(44);
        assertThat(sheet.rows()).extracting(SheetRow::no).containsExactly(1, 2);
        assertThat(sheet.foot().amountInCapitals()).isEqualTo("人民币壹仟贰佰叁拾肆元伍角陆分".substring(3));
    }
}
