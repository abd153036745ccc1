package org.jiexu.transferin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.CREDIT;
import static org.jiexu.wire.contract.DeadlineKind.PROMISE;
import static org.jiexu.wire.contract.DeadlineKind.REVIEW;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.Outcome.AlreadyDone;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransferInTest {
    private static final Instant ACCEPTED_AT = Instant.parse("2026-09-14T01:00:00Z");
    private static final Instant ISSUED_AT = Instant.parse("2026-09-18T02:00:00Z");
    private static final Instant CONFIRMED_AT = Instant.parse("2026-09-21T03:00:00Z");
    private static final LocalDate YEAR_END = LocalDate.of(2027, 1, 1);
    private static final Fen HUNDRED = Fen.parse("100.00");
    private static final RemittanceNumber FIRST = new RemittanceNumber(Cases.number(0), 1);

    @Nested
    @Tag("43-art-7")
    class Acceptance {
        @Test
        @Tag("R2.4")
        void startsThePromiseAndTellsTheOldRegion() {
            var outcome = TransferIn.on(new State.Submitted(), new Input.FoundAcceptable(ACCEPTED_AT));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.Accepted(),
                            List.of(
                                    new Fact.Happened(Step.ACCEPTED, ""),
                                    new Fact.LimitStarted(PROMISE, ACCEPTED_AT),
                                    new Fact.TransferAccepted(ACCEPTED_AT))));
        }
    }

    @Nested
    @Tag("43-art-9")
    class FiveWorkingDays {
        @Test
        void runFromTheMomentTheSheetWasIssued() {
            var outcome = TransferIn.on(new State.Accepted(), sheet(1, "a"));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.Received(1, "a", HUNDRED),
                            List.of(
                                    new Fact.Happened(Step.SHEET_RECEIVED, "v1"),
                                    new Fact.LimitStarted(BOOK, ISSUED_AT),
                                    new Fact.WorkOpened(Work.CHECK_SHEET))));
        }

        @Test
        @Tag("R4.6")
        void stopWhenTheSheetIsReturned() {
            var reasons = List.of(new CodedReason("MONTHS", "缴费月数有误", "请核对后重新开具"));

            var outcome = TransferIn.on(new State.Received(1, "a", HUNDRED), new Input.Return(1, reasons, false));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.Returned(1, "a", HUNDRED),
                            List.of(
                                    new Fact.Happened(Step.SHEET_RETURNED, "v1"),
                                    new Fact.LimitEnded(BOOK),
                                    new Fact.LimitMet(REVIEW),
                                    new Fact.WorkDone(Work.CHECK_SHEET),
                                    new Fact.SheetReturned(1, reasons, false))));
        }

        @Test
        @Tag("R4.6")
        void runAnewForTheCorrectedSheet() {
            var outcome = TransferIn.on(new State.Returned(1, "a", HUNDRED), sheet(2, "b"));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.Received(2, "b", HUNDRED),
                            List.of(
                                    new Fact.Happened(Step.SHEET_RECEIVED, "v2"),
                                    new Fact.LimitStarted(BOOK, ISSUED_AT),
                                    new Fact.WorkOpened(Work.CHECK_SHEET))));
        }

        @Test
        void areMetByBooking() {
            var outcome = TransferIn.on(new State.Received(1, "a", HUNDRED), new Input.Confirm(1, CONFIRMED_AT, null));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.Booked(1, "a", HUNDRED),
                            List.of(
                                    new Fact.Happened(Step.BOOKED, ""),
                                    new Fact.LimitMet(BOOK),
                                    new Fact.LimitMet(REVIEW),
                                    new Fact.LimitStarted(CREDIT, CONFIRMED_AT),
                                    new Fact.WorkDone(Work.CHECK_SHEET),
                                    new Fact.CreditOrdered(1, HUNDRED),
                                    new Fact.HistoryBooked(1))));
        }
    }

    @Nested
    @Tag("R1.3")
    class CoverageYear {
        @Test
        void isWaitedForWithTheRecordBookedAndThePromiseEnded() {
            var outcome =
                    TransferIn.on(new State.Received(1, "a", Fen.ZERO), new Input.Confirm(1, CONFIRMED_AT, YEAR_END));

            assertThat(outcome)
                    .isEqualTo(new Moved(
                            new State.YearRunning(1, "a", YEAR_END),
                            List.of(
                                    new Fact.Happened(Step.BOOKED, ""),
                                    new Fact.Happened(Step.YEAR_RUNNING, ""),
                                    new Fact.LimitMet(BOOK),
                                    new Fact.LimitMet(REVIEW),
                                    new Fact.LimitEnded(PROMISE),
                                    new Fact.WorkDone(Work.CHECK_SHEET),
                                    new Fact.HistoryBooked(1))));
        }

        @Test
        void completesTheCaseOnTheDayAfterItsLast() {
            var running = new State.YearRunning(1, "a", YEAR_END);

            assertThat(TransferIn.on(running, new Input.YearEnded(YEAR_END.minusDays(1))))
                    .isEqualTo(new AlreadyDone(List.of()));
            assertThat(TransferIn.on(running, new Input.YearEnded(YEAR_END)))
                    .isEqualTo(new Moved(
                            new State.Completed(1, "a", Fen.ZERO),
                            List.of(new Fact.Happened(Step.COMPLETED, ""), new Fact.TransferCompleted(1, Fen.ZERO))));
        }
    }

    @Test
    @Tag("R3.6")
    void completesWithTheCredit() {
        var outcome = TransferIn.on(new State.Booked(1, "a", HUNDRED), new Input.Credited(FIRST, HUNDRED));

        assertThat(outcome)
                .isEqualTo(new Moved(
                        new State.Completed(1, "a", HUNDRED),
                        List.of(
                                new Fact.Happened(Step.COMPLETED, ""),
                                new Fact.LimitMet(CREDIT),
                                new Fact.LimitMet(PROMISE),
                                new Fact.WorkDone(Work.SUSPENDED_MONEY),
                                new Fact.TransferCompleted(1, HUNDRED))));
    }

    @Test
    void tellsTheApplicantThatTheSheetWasFaster() {
        var outcome = TransferIn.on(new State.Withdrawing(), sheet(1, "a"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Moved.class,
                        moved -> assertThat(moved.facts()).contains(new Fact.Happened(Step.WITHDRAWAL_TOO_LATE, "")));
    }

    @Test
    void showsSuspendedMoneyToPeopleOnceTheSheetIsBooked() {
        var outcome =
                TransferIn.on(new State.Booked(1, "a", HUNDRED), new Input.Suspended(FIRST, SuspenseReason.AMOUNT));

        assertThat(outcome)
                .isEqualTo(new AlreadyDone(List.of(
                        new Fact.Happened(Step.MONEY_SUSPENDED, FIRST + " AMOUNT"),
                        new Fact.WorkOpened(Work.SUSPENDED_MONEY))));
    }

    @Test
    void closesTheWorkWhenTheOldRegionDeclinesWhileASheetWaits() {
        var outcome = TransferIn.on(new State.Received(1, "a", HUNDRED), new Input.DeclinedThere(false));

        assertThat(outcome)
                .isEqualTo(new Moved(
                        new State.Declined(),
                        List.of(
                                new Fact.LimitEnded(BOOK),
                                new Fact.LimitEnded(REVIEW),
                                new Fact.WorkDone(Work.CHECK_SHEET),
                                new Fact.Happened(Step.DECLINED, ""),
                                new Fact.LimitEnded(PROMISE))));
    }

    @Test
    @Tag("R10.1")
    void saysNothingMoreThanOneWordToThePublic() {
        var words = Stream.of(
                        new State.Submitted(),
                        new State.Incomplete(),
                        new State.Waiting(),
                        new State.Refused(),
                        new State.Accepted(),
                        new State.Withdrawing(),
                        new State.Received(1, "a", HUNDRED),
                        new State.Returned(1, "a", HUNDRED),
                        new State.YearRunning(1, "a", YEAR_END),
                        new State.Booked(1, "a", HUNDRED),
                        new State.Completed(1, "a", HUNDRED),
                        new State.Withdrawn(),
                        new State.Declined())
                .map(state -> State.status((State.Case) state));

        assertThat(words)
                .containsExactly(
                        PublicStatus.SUBMITTED,
                        PublicStatus.INCOMPLETE,
                        PublicStatus.SUBMITTED,
                        PublicStatus.REFUSED,
                        PublicStatus.ACCEPTED,
                        PublicStatus.IN_PROGRESS,
                        PublicStatus.IN_PROGRESS,
                        PublicStatus.IN_PROGRESS,
                        PublicStatus.IN_PROGRESS,
                        PublicStatus.MONEY_IN_TRANSIT,
                        PublicStatus.COMPLETED,
                        PublicStatus.WITHDRAWN,
                        PublicStatus.DECLINED);
    }

    private static Input.Issued sheet(int version, String digest) {
        return new Input.Issued(version, digest, HUNDRED, ISSUED_AT);
    }
}
