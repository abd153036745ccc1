package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.bus.time.Calendars.CHANGSHA;
import static org.jiexu.bus.time.Calendars.JINING;
import static org.jiexu.bus.time.Calendars.at;
import static org.jiexu.bus.time.Calendars.off;
import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.CORRECT;
import static org.jiexu.wire.contract.DeadlineKind.CREDIT;
import static org.jiexu.wire.contract.DeadlineKind.ISSUE;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.time.DeadlineView.Revision;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadlineSweepTest {
    private static final String CASE = "430100-26-7KQ4M2XD-9";
    private final DeadlineBench bench = new DeadlineBench("2026-09-14T09:00");
    private final DeadlineSweep sweep = bench.sweep();

    @Test
    @Tag("R4.7")
    void saysEachThingOnceAtItsMoment() {
        start(CASE, ISSUE, JINING, "2026-09-14T09:00", 10);

        assertThat(sweep.sweepDue()).isZero();
        bench.moveTo("2026-09-22T23:59:59");
        assertThat(sweep.sweepDue()).isZero();
        bench.moveTo("2026-09-23T00:00");
        assertThat(sweep.sweepDue()).isEqualTo(1);
        assertThat(sweep.sweepDue()).isZero();

        assertThat(bench.said()).containsExactly(CASE + " ISSUE 3 left until 2026-09-28");
        assertThat(bench.jdbc.sql("select source from said").query(String.class).single())
                .isEqualTo("/regions/370800/transfer-out");
    }

    /** 国庆节 2026: off from 1 to 7 October, Saturday the 10th worked. The clock is moved from midnight to midnight. */
    @Test
    void followsAMovedClockDayByDayOverNationalDay() {
        bench.moveTo("2026-09-28T09:00");
        start("issue", ISSUE, JINING, "2026-09-28T09:00", 10);
        start("book", BOOK, CHANGSHA, "2026-09-28T15:00", 5);
        start("credit", CREDIT, CHANGSHA, "2026-09-30T15:00", 5);
        start("holiday", CORRECT, JINING, "2026-10-03T10:00", 1);
        start("done", BOOK, CHANGSHA, "2026-09-28T15:00", 5);
        bench.inTransaction(() -> bench.deadlines.met("done", BOOK, at("2026-09-28T16:00")));

        var said = new ArrayList<String>();
        for (LocalDate day = LocalDate.parse("2026-09-29");
                !day.equals(LocalDate.parse("2026-10-25"));
                day = day.plusDays(1)) {
            int before = bench.said().size();
            bench.moveTo(day + "T00:00");
            sweep.sweepDue();
            for (String words : bench.said().subList(before, bench.said().size())) {
                said.add(day + " " + words);
            }
        }

        assertThat(said).containsExactlyElementsOf("""
            2026-10-08 book BOOK 3 left until 2026-10-10
            2026-10-08 holiday CORRECT 1 left until 2026-10-08
            2026-10-09 holiday CORRECT missed since 2026-10-08
            2026-10-10 book BOOK 1 left until 2026-10-10
            2026-10-10 credit CREDIT 3 left until 2026-10-13
            2026-10-11 book BOOK missed since 2026-10-10
            2026-10-13 credit CREDIT 1 left until 2026-10-13
            2026-10-14 issue ISSUE 3 left until 2026-10-16
            2026-10-14 credit CREDIT missed since 2026-10-13
            2026-10-15 holiday CORRECT escalated to 370000
            2026-10-16 issue ISSUE 1 left until 2026-10-16
            2026-10-17 issue ISSUE missed since 2026-10-16
            2026-10-17 book BOOK escalated to 430000
            2026-10-21 credit CREDIT escalated to 430000
            2026-10-24 issue ISSUE escalated to 370000
            """.lines().toList());
    }

    @Test
    @Tag("R4.7")
    void saysLateAndInOrderWhatPassedWhileItWasDown() {
        start(CASE, ISSUE, JINING, "2026-09-14T09:00", 10);

        bench.moveTo("2026-09-29T08:00");
        bench.sweep().sweepDue();
        bench.sweep().sweepDue();

        assertThat(bench.said())
                .containsExactly(
                        CASE + " ISSUE 3 left until 2026-09-28",
                        CASE + " ISSUE 1 left until 2026-09-28",
                        CASE + " ISSUE missed since 2026-09-28");
        assertThat(view(CASE).missed()).isTrue();
        assertThat(view(CASE).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void keepsThatADutyWasMetLate() {
        start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
        bench.moveTo("2026-09-21T08:00");

        bench.inTransaction(() -> bench.deadlines.met(CASE, BOOK, at("2026-09-21T08:00")));
        sweep.sweepDue();

        assertThat(bench.said()).last().isEqualTo(CASE + " BOOK missed since 2026-09-20");
        assertThat(view(CASE).status()).isEqualTo(Status.MET);
        assertThat(view(CASE).missed()).isTrue();
    }

    @Test
    void saysNothingThatLiesAfterTheEndOfTheDuty() {
        start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
        bench.moveTo("2026-09-25T08:00");

        bench.inTransaction(() -> bench.deadlines.met(CASE, BOOK, at("2026-09-19T08:00")));
        sweep.sweepDue();

        assertThat(bench.said()).containsExactly(CASE + " BOOK 3 left until 2026-09-20");
        assertThat(view(CASE).missed()).isFalse();
    }

    @Test
    @Tag("R4.4")
    void warnsOfThePromiseAndMissesOnlyTheLimit() {
        start(CASE, ISSUE, JINING, "2026-09-14T09:00", 7);
        bench.moveTo("2026-09-29T00:00");

        sweep.sweepDue();

        assertThat(bench.said())
                .containsExactly(
                        CASE + " ISSUE 3 left until 2026-09-22",
                        CASE + " ISSUE 1 left until 2026-09-22",
                        CASE + " ISSUE missed since 2026-09-28");
    }

    @Test
    void tellsHowFarItHasSwept() {
        assertThat(sweep.sweptThrough()).isEmpty();

        sweep.sweepDue();
        assertThat(sweep.sweptThrough()).contains(at("2026-09-14T09:00"));

        start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
        bench.moveTo("2026-09-25T08:00");
        bench.inTransaction(() -> {
            bench.store.lockOpen(CASE, BOOK);
            sweepOnAnotherThread(sweep);
        });
        assertThat(sweep.sweptThrough()).contains(at("2026-09-14T09:00"));

        sweep.sweepDue();
        assertThat(sweep.sweptThrough()).contains(at("2026-09-25T08:00"));
    }

    @Test
    void looksAtTheIndexOfWhatIsDueHoweverManyAreOpen() {
        start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
        bench.jdbc.sql("""
            insert into deadline (case_key, kind, region, started_at, started_on, working_days, due_on, promised_days,
                                  promised_on, provisional, explanation, calendar, warnings, next_step, next_at)
            select 'many-' || n, kind, region, started_at, started_on, working_days, due_on, promised_days,
                   promised_on, provisional, '[]', calendar, warnings, next_step, next_at + n * interval '1 second'
              from deadline, generate_series(1, 100000) n
            """).update();
        bench.jdbc.sql("analyze deadline").update();

        assertThat(plan(DeadlineStore.IS_ANY_DUE)).contains("deadline_due").doesNotContain("Seq Scan");
        assertThat(plan(DeadlineStore.LOCK_DUE)).contains("deadline_due").doesNotContain("Seq Scan");
    }

    private String plan(String sql) {
        return String.join(
                "\n",
                bench.jdbc
                        .sql("explain " + sql)
                        .param("now", at("2026-09-17T00:00").atOffset(ZoneOffset.UTC))
                        .param("regions", new String[] {CHANGSHA.value(), JINING.value()})
                        .param("limit", 1000)
                        .query(String.class)
                        .list());
    }

    @Test
    void leavesOtherRegionsAlone() {
        start(CASE, BOOK, new RegionCode("330100"), "2026-09-14T09:00", 5);
        bench.moveTo("2026-09-25T08:00");

        assertThat(sweep.sweepDue()).isZero();
    }

    @Nested
    class CutOff {
        private final CrashPoints crashPoints = new CrashPoints();

        @Test
        void beforeItsCommitHasSaidNothing() {
            start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
            bench.moveTo("2026-09-21T00:00");
            crashPoints.arm("deadline.before-commit", 1, CutOff::fall);

            assertThatThrownBy(() -> bench.sweep(crashPoints).sweepDue()).isInstanceOf(Cut.class);
            assertThat(bench.said()).isEmpty();

            assertThat(bench.sweep().sweepDue()).isEqualTo(1);
            assertThat(bench.said()).hasSize(3);
        }

        @Test
        void afterItsCommitSaysNothingTwice() {
            start(CASE, BOOK, CHANGSHA, "2026-09-14T09:00", 5);
            bench.moveTo("2026-09-21T00:00");
            crashPoints.arm("deadline.after-commit", 1, CutOff::fall);

            assertThatThrownBy(() -> bench.sweep(crashPoints).sweepDue()).isInstanceOf(Cut.class);
            assertThat(bench.said()).hasSize(3);

            assertThat(bench.sweep().sweepDue()).isZero();
            assertThat(bench.said()).hasSize(3);
        }

        private static void fall() {
            throw new Cut();
        }

        private static final class Cut extends RuntimeException {}
    }

    @Test
    void sharesFiveThousandWithAnotherAndSaysNoneTwice() {
        bench.inTransaction(() -> {
            for (int i = 0; i < 5_000; i++) {
                bench.deadlines.start("case-" + i, BOOK, CHANGSHA, at("2026-09-14T09:00"), 5);
            }
        });
        bench.moveTo("2026-09-17T00:00");

        int moved = sweepOnAnotherThread(bench.sweep(), bench.sweep());

        assertThat(moved).isEqualTo(5_000);
        assertThat(bench.said()).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(bench.sweep().sweepDue()).isZero();
    }

    @Nested
    class WhenTheCalendarIsPublished {
        private static final String LATE = "370800-26-7KQ4M2XD-9";

        @Test
        @Tag("R4.3")
        void limitsThatItTouchesMoveAndSayWhatTheyWere() {
            bench.moveTo("2026-12-28T09:00");
            start(LATE, ISSUE, JINING, "2026-12-28T09:00", 10);
            start(CASE, CORRECT, JINING, "2026-12-28T09:00", 2);
            assertThat(view(LATE).dueOn()).isEqualTo(LocalDate.parse("2027-01-12"));

            bench.publish(notice2027());
            sweep.sweepDue();

            assertThat(view(LATE).dueOn()).isEqualTo(LocalDate.parse("2027-01-13"));
            assertThat(view(LATE).provisional()).isFalse();
            assertThat(view(LATE).revisions())
                    .containsExactly(new Revision(LocalDate.parse("2027-01-12"), true, at("2026-12-28T09:00")));
            assertThat(view(LATE).explanation()).last().isEqualTo("原按暂定日历算至2027年1月12日，因放假安排公布或更正，于12月28日重新计算。");
            assertThat(view(CASE).revisions()).isEmpty();
        }

        @Test
        void nothingIsSaidTwice() {
            bench.moveTo("2026-12-28T09:00");
            start(LATE, ISSUE, JINING, "2026-12-28T09:00", 10);
            bench.moveTo("2027-01-08T00:00");
            sweep.sweepDue();

            bench.publish(notice2027());
            for (String day : List.of("2027-01-09", "2027-01-11", "2027-01-12", "2027-01-13", "2027-01-14")) {
                bench.moveTo(day + "T00:00");
                sweep.sweepDue();
            }

            assertThat(bench.said())
                    .containsExactly(
                            LATE + " ISSUE 3 left until 2027-01-12",
                            LATE + " ISSUE due 2027-01-13 instead of 2027-01-12",
                            LATE + " ISSUE 1 left until 2027-01-13",
                            LATE + " ISSUE missed since 2027-01-13");
        }

        @Test
        @Tag("R4.3")
        void alsoALimitMovesThatWasBeingWrittenMeanwhile() {
            bench.moveTo("2026-12-28T09:00");
            start(CASE, CORRECT, JINING, "2026-12-28T09:00", 2);
            sweep.sweepDue();

            bench.inTransaction(() -> {
                bench.deadlines.start(LATE, ISSUE, JINING, at("2026-12-28T09:00"), 10);
                bench.publish(notice2027());
                sweepOnAnotherThread(sweep);
            });
            sweep.sweepDue();

            assertThat(view(LATE).dueOn()).isEqualTo(LocalDate.parse("2027-01-13"));
        }

        private static WorkingCalendar notice2027() {
            return Calendars.publishedAnd(Calendars.national(2027, off("2027-01-01", "元旦"), off("2027-01-04", "元旦")));
        }
    }

    private static int sweepOnAnotherThread(DeadlineSweep... sweeps) {
        try (var threads = Executors.newFixedThreadPool(sweeps.length)) {
            List<Callable<Integer>> work = Stream.of(sweeps)
                    .<Callable<Integer>>map(each -> each::sweepDue)
                    .toList();
            int moved = 0;
            for (Future<Integer> result : threads.invokeAll(work)) {
                moved += result.get();
            }
            return moved;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private DeadlineView view(String caseKey) {
        return bench.deadlines.of(caseKey).getFirst();
    }

    private void start(String caseKey, DeadlineKind kind, RegionCode region, String from, int workingDays) {
        bench.inTransaction(() -> bench.deadlines.start(caseKey, kind, region, at(from), workingDays));
    }
}
