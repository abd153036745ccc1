package org.jiexu.transferout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiexu.transferout.domain.Outcome.AlreadyDone;
import org.jiexu.transferout.domain.Outcome.Moved;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransferOutTest {
    private static final Fen AMOUNT = Fen.parse("1234.56");
    private static final CodedReason FROZEN = new CodedReason("FROZEN", "账户被冻结", "联系经办机构");

    @Test
    @Tag("43-art-8")
    void sheetAndRemittanceLeaveTogether() {
        var outcome = TransferOut.on(new State.Held(AMOUNT), new Input.Issue());

        assertThat(outcome)
                .isEqualTo(new Moved(
                        new State.Issued(1, AMOUNT, 1, false),
                        List.of(new Fact.SheetIssued(1, AMOUNT, 1), new Fact.RemitOrdered(1, AMOUNT, 1))));
    }

    @Test
    void sheetOfAnEmptyAccountOrdersNoMoney() {
        var outcome = TransferOut.on(new State.Held(Fen.ZERO), new Input.Issue());

        assertThat(outcome)
                .isEqualTo(new Moved(
                        new State.Issued(1, Fen.ZERO, 0, false), List.of(new Fact.SheetIssued(1, Fen.ZERO, 0))));
    }

    @Test
    @Tag("43-art-13")
    void completionEndsTheOldRelationship() {
        var outcome = TransferOut.on(new State.Issued(1, AMOUNT, 1, false), new Input.CaseCompleted(1, AMOUNT));

        assertThat(outcome)
                .isEqualTo(
                        new Moved(new State.Completed(Fen.ZERO, 1, false), List.of(new Fact.RelationshipTerminated())));
    }

    @Test
    void correctionAfterMoneyCameBackKeepsThatInMind() {
        var returned = new State.Returned(1, AMOUNT, 1, true, List.of(FROZEN));

        var outcome = TransferOut.on(returned, new Input.Correct());

        assertThat(outcome)
                .isEqualTo(
                        new Moved(new State.Issued(2, AMOUNT, 1, true), List.of(new Fact.SheetIssued(2, AMOUNT, 1))));
    }

    @Test
    void declineNamesTheOpenCase() {
        var open = CaseNumbers.valid("430100-26-7KQ4M2XD");

        var outcome = TransferOut.on(new State.NoCase(), new Input.Accepted(open));

        var reasons = List.of(DeclineReasons.openTransfer(open));
        assertThat(outcome)
                .isEqualTo(new Moved(new State.Declined(reasons), List.of(new Fact.CaseDeclined(reasons, false))));
        assertThat(reasons.getFirst().message()).contains(open.value());
    }

    @Nested
    class WithdrawalAgainstIssue {
        @Test
        void withdrawalFirstLeavesNoSheet() {
            var withdrawn = TransferOut.on(new State.Held(AMOUNT), new Input.WithdrawalRequested());

            assertThat(withdrawn)
                    .isEqualTo(new Moved(
                            new State.Withdrawn(), List.of(new Fact.ReleaseOrdered(), new Fact.CaseWithdrawn())));
            assertThat(TransferOut.on(new State.Withdrawn(), new Input.Issue()))
                    .isEqualTo(new Outcome.Conflict(Obstacle.CASE_HAS_ENDED));
        }

        @Test
        void sheetFirstLeavesTheWishUnanswered() {
            var outcome = TransferOut.on(new State.Issued(1, AMOUNT, 1, false), new Input.WithdrawalRequested());

            assertThat(outcome).isEqualTo(new AlreadyDone());
        }
    }

    @Nested
    class Tasks {
        @Test
        void comeFromTheState() {
            assertThat(Task.of(new State.HoldRefused(1, FROZEN))).containsExactly(Task.RETRY_HOLD);
            assertThat(Task.of(new State.Held(AMOUNT))).containsExactly(Task.ISSUE_SHEET);
            assertThat(Task.of(new State.Issued(1, AMOUNT, 1, true))).containsExactly(Task.REMIT_AGAIN);
            assertThat(Task.of(new State.Issued(1, AMOUNT, 1, false))).isEmpty();
            assertThat(Task.of(new State.Completed())).isEmpty();
        }
    }
}
