package org.jiexu.transferout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.transferout.OldRegion.B;
import static org.jiexu.transferout.OldRegion.HANGZHOU;
import static org.jiexu.transferout.OldRegion.JINING;
import static org.jiexu.transferout.OldRegion.until;

import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.ParticipationResumedV1;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages that meet, come twice, come too early, or come from somebody who may not say them. */
class RaceStory {
    private static final String ISSUED = "info-sheet.issued.v1";
    private static final String DECLINED = "transfer.declined.v1";

    private final OldRegion old = OldRegion.shared();

    @Test
    void aWithdrawalWhileRowsAreFetchedLeavesNoSheet() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "50.00").untilState(State.Name.HELD);
        old.crashPoints()
                .arm(
                        "transfer-out.rows-fetched",
                        1,
                        () -> leaving.transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT))
                                .untilState(State.Name.WITHDRAWN));

        assertThatThrownBy(() -> old.bean(SendSheet.class).issue(JINING, leaving.number))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("CASE_HAS_ENDED"));
        old.crashPoints().disarm();

        leaving.untilToB("transfer.withdrawn.v1");
    }

    @Test
    @Tag("R2.6")
    void aWithdrawalAfterTheSheetIsAnsweredByTheSheet() {
        var leaving = issued();

        leaving.transferIn(new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT)).untilHeard();

        assertThat(leaving.state()).isEqualTo(State.Name.ISSUED);
        assertThat(leaving.toB()).containsExactly(ISSUED);
    }

    @Test
    void repetitionAndReplayChangeNothing() {
        var leaving = issued();
        var before = leaving.stored();
        var toB = leaving.toB();

        // The same bytes again, as a replay would bring them; then the same content with a new id.
        List.copyOf(leaving.said).forEach(said -> old.kit.send(said.topic(), said.envelope()));
        leaving.accepted().held(1, "77.10").untilHeard();

        assertThat(leaving.stored()).isEqualTo(before);
        assertThat(leaving.toB()).isEqualTo(toB);
        assertThat(leaving.money())
                .filteredOn("balance.remit-ordered.v1"::equals)
                .hasSize(1);
        assertThat(leaving.deadlines()).hasSize(1);
    }

    @Test
    void aHoldHeardBeforeTheAcceptanceWaitsForIt() {
        var leaving = old.newCase(JINING).held(1, "12.00").untilHeard();
        assertThat(leaving.state()).isEqualTo(State.Name.NO_CASE);

        leaving.accepted().untilState(State.Name.HELD);

        assertThat(leaving.stored().state()).isEqualTo(new State.Held(Fen.parse("12.00")));
    }

    @Test
    @Tag("R1.6")
    void aSecondCaseOfTheSameRelationshipIsDeclinedNamingTheFirst() {
        var first = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        var second = old.newCase(JINING);

        second.transferIn(new TransferAcceptedV1(
                        first.person, JINING, Scheme.EMPLOYEE, B, Scheme.EMPLOYEE, OldRegion.ACCEPTED_AT))
                .untilState(State.Name.DECLINED);

        second.untilToB(DECLINED);
        var declined = second.last(Topics.transfer(B), TransferDeclinedV1.class);
        assertThat(declined.moneySent()).isFalse();
        assertThat(declined.reasons()).extracting(CodedReason::code).containsExactly("OPEN_TRANSFER");
        assertThat(declined.reasons().getFirst().message()).contains(first.number.value());
        assertThat(second.money()).isEmpty();
        assertThat(first.state()).isEqualTo(State.Name.HOLDING);
    }

    @Test
    @Tag("R3.4")
    void aResumptionBeforeTheSheetDeclinesAndAfterItIsATask() {
        var early = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        var late = issued();

        resumed(early);
        resumed(late);

        early.untilState(State.Name.DECLINED).untilToB(DECLINED);
        until(_ -> late.tasks().equals(List.of(Task.LOOK_AT_RESUMPTION)));
        assertThat(late.state()).isEqualTo(State.Name.ISSUED);
    }

    @Test
    @Tag("R3.4")
    @Tag("R3.5")
    void aDeathIsNamedAsOneAndNotAsAReturn() {
        var early = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        var late = issued();

        resumed(early, ResumptionReason.DIED);
        resumed(late, ResumptionReason.DIED);

        early.untilState(State.Name.DECLINED).untilToB(DECLINED);
        assertThat(early.last(Topics.transfer(B), TransferDeclinedV1.class).reasons())
                .containsExactly(DeclineReasons.DIED);
        until(_ -> late.tasks().equals(List.of(Task.LOOK_AT_DEATH)));
        old.bean(CarryOutWish.class).resumptionSeen(HANGZHOU, late.number);
        assertThat(late.tasks()).isEmpty();
    }

    @Test
    void aStrangerCannotMoveTheCase() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);

        // The receiving region's settlement is no voice about our balance; 杭州 is none about this case.
        leaving.otherSettlement(new HeldV1(1, Fen.parse("9999.00")))
                .say(
                        Source.of(HANGZHOU, ServiceName.TRANSFER_IN),
                        Topics.transfer(JINING),
                        new WithdrawalRequestedV1(OldRegion.ACCEPTED_AT))
                .untilHeard();

        assertThat(leaving.state()).isEqualTo(State.Name.HOLDING);
        assertThat(leaving.toB()).isEmpty();
    }

    @Test
    void sheetsWaitForTheRegistryAndGoOnByThemselves() {
        old.registry.setDown(true);
        try {
            var leaving = old.newCase(HANGZHOU).accepted().untilState(State.Name.HOLDING);
            leaving.held(1, "5.00").untilState(State.Name.HELD);
            assertThatThrownBy(() -> old.bean(SendSheet.class).issue(HANGZHOU, leaving.number))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("REGISTRY_UNAVAILABLE"));
            assertThat(leaving.tasks()).containsExactly(Task.ISSUE_SHEET);

            old.registry.setDown(false);

            leaving.untilState(State.Name.ISSUED).untilToB(ISSUED);
        } finally {
            old.registry.setDown(false);
        }
    }

    @Test
    void aSheetCutOffBeforeItsCommitIsIssuedOnceAfterwards() {
        var leaving = old.newCase(JINING).accepted().untilState(State.Name.HOLDING);
        leaving.held(1, "60.00").untilState(State.Name.HELD);
        old.crashPoints().arm("transfer-out.before-issue-commit", 1, () -> {
            throw new IllegalStateException("cut off");
        });

        assertThatThrownBy(() -> old.bean(SendSheet.class).issue(JINING, leaving.number))
                .hasMessage("cut off");
        old.crashPoints().disarm();
        assertThat(leaving.state()).isEqualTo(State.Name.HELD);
        old.bean(SendSheet.class).issue(JINING, leaving.number);
        old.bean(SendSheet.class).issue(JINING, leaving.number);

        leaving.untilToB(ISSUED);
        until(_ -> leaving.money().contains("balance.remit-ordered.v1"));
        assertThat(leaving.money())
                .filteredOn("balance.remit-ordered.v1"::equals)
                .hasSize(1);
    }

    private OldRegion.Leaving issued() {
        var leaving = old.newCase(HANGZHOU).accepted().untilState(State.Name.HOLDING);
        return leaving.held(1, "77.10").untilState(State.Name.ISSUED).untilToB(ISSUED);
    }

    private void resumed(OldRegion.Leaving leaving) {
        resumed(leaving, null);
    }

    private void resumed(OldRegion.Leaving leaving, @Nullable ResumptionReason why) {
        old.kit.say(
                Source.REGISTRY,
                Topics.participation(leaving.sending),
                leaving.sending.value(),
                leaving.person.value(),
                new ParticipationResumedV1(
                        leaving.person, leaving.sending, Scheme.EMPLOYEE, OldRegion.ACCEPTED_AT, why));
    }
}
