package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.jiexu.bus.time.Calendars.CHANGSHA;
import static org.jiexu.bus.time.Calendars.JINING;
import static org.jiexu.bus.time.Calendars.at;
import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.CORRECT;
import static org.jiexu.wire.contract.DeadlineKind.ISSUE;
import static org.jiexu.wire.contract.DeadlineKind.PROMISE;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.wire.contract.DeadlineStatusV1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final String CASE = "430100-26-7KQ4M2XD-9";
    private final DeadlineBench bench = new DeadlineBench("2026-09-14T09:00");
    private final Deadlines deadlines = bench.deadlines;

    @Test
    @Tag("43-art-8")
    @Tag("R4.1")
    @Tag("R4.8")
    void startWithTheirExplanation() {
        Term term = bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));

        assertThat(term.dueOn()).isEqualTo(LocalDate.parse("2026-09-28"));
        assertThat(deadlines.of(CASE))
                .containsExactly(new DeadlineView(
                        ISSUE,
                        JINING,
                        at("2026-09-14T09:00"),
                        LocalDate.parse("2026-09-14"),
                        LocalDate.parse("2026-09-28"),
                        LocalDate.parse("2026-09-28"),
                        10,
                        false,
                        Status.OPEN,
                        false,
                        null,
                        null,
                        null,
                        term.days(),
                        List.of(),
                        List.of()));
        assertThat(deadlines.of(CASE).getFirst().term()).isEqualTo(term);
        assertThat(nextStep()).isEqualTo("WARN:3");
    }

    @Test
    @Tag("43-art-9")
    void areMet() {
        bench.inTransaction(() -> deadlines.start(CASE, BOOK, CHANGSHA, at("2026-09-14T09:00"), 5));

        bench.inTransaction(() -> deadlines.met(CASE, BOOK, at("2026-09-16T10:00")));

        DeadlineView view = deadlines.of(CASE).getFirst();
        assertThat(view.status()).isEqualTo(Status.MET);
        assertThat(view.missed()).isFalse();
        assertThat(view.onTheWire())
                .isEqualTo(new DeadlineStatusV1(
                        BOOK,
                        CHANGSHA,
                        LocalDate.parse("2026-09-20"),
                        false,
                        at("2026-09-16T10:00"),
                        LocalDate.parse("2026-09-14"),
                        5,
                        LocalDate.parse("2026-09-20"),
                        null,
                        null,
                        null));
        assertThat(nextStep()).isEqualTo("nothing");
    }

    @Test
    void stopWhenTheDutyEnds() {
        bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));

        bench.inTransaction(() -> deadlines.cancel(CASE, ISSUE));

        assertThat(deadlines.of(CASE))
                .extracting(DeadlineView::status, DeadlineView::metAt)
                .containsExactly(tuple(Status.CANCELLED, null));
        assertThat(nextStep()).isEqualTo("nothing");
    }

    @Test
    void changeNothingWhenStartedTheSameAgain() {
        bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));
        bench.moveTo("2026-09-24T00:00");
        bench.sweep().sweepDue();

        bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));

        assertThat(deadlines.of(CASE)).hasSize(1);
        assertThat(nextStep()).isEqualTo("WARN:1");
    }

    @Test
    void areReplacedByAnotherStart() {
        bench.inTransaction(() -> deadlines.start(CASE, BOOK, CHANGSHA, at("2026-09-14T09:00"), 5));

        bench.inTransaction(() -> deadlines.start(CASE, BOOK, CHANGSHA, at("2026-09-17T09:00"), 5));

        assertThat(deadlines.of(CASE))
                .extracting(view -> view.status() + " " + view.dueOn())
                .containsExactly("CANCELLED 2026-09-20", "OPEN 2026-09-23");
    }

    @Test
    @Tag("43-art-10")
    @Tag("R4.4")
    void promiseLessThanTheLawAsks() {
        Term term = bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 7));

        assertThat(term.dueOn()).isEqualTo(LocalDate.parse("2026-09-28"));
        assertThat(deadlines.of(CASE).getFirst().promisedOn()).isEqualTo(LocalDate.parse("2026-09-22"));
    }

    @Test
    @Tag("43-art-15")
    @Tag("R4.4")
    void neverAllowMoreThanTheLaw() {
        Term term = bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 20));

        assertThat(term.workingDays()).isEqualTo(10);
    }

    @Test
    void ofPolicyLastAsLongAsTheRegionSays() {
        bench.inTransaction(() -> deadlines.start(CASE, PROMISE, CHANGSHA, at("2026-09-14T09:00"), 15));
        bench.inTransaction(() -> deadlines.start(CASE, CORRECT, JINING, at("2026-09-14T09:00"), 8));

        assertThat(deadlines.of(CASE))
                .extracting(DeadlineView::dueOn)
                .containsExactly(LocalDate.parse("2026-10-10"), LocalDate.parse("2026-09-23"));
    }

    @Test
    void leaveOutWarningsBeforeTheirStart() {
        bench.inTransaction(() -> deadlines.start(CASE, CORRECT, JINING, at("2026-09-14T09:00"), 2));

        assertThat(nextStep()).isEqualTo("WARN:1");
    }

    @Test
    void canDoWithoutWarnings() {
        bench.warnings = List.of();

        bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));

        assertThat(nextStep()).isEqualTo("OVERDUE");
    }

    @Test
    void raiseAnAlarmWhereTheCalendarEnds() {
        bench.inTransaction(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10));
        assertThat(bench.meters.counter("jiexu.deadlines.provisional").count()).isZero();

        bench.inTransaction(() -> deadlines.start("370800-26-7KQ4M2XD-9", ISSUE, JINING, at("2026-12-28T09:00"), 10));

        assertThat(bench.meters.counter("jiexu.deadlines.provisional").count()).isEqualTo(1);
        assertThat(deadlines.of("370800-26-7KQ4M2XD-9").getFirst().provisional())
                .isTrue();
    }

    @Test
    void changeOnlyInsideTheTransactionOfAMove() {
        assertThatThrownBy(() -> deadlines.start(CASE, ISSUE, JINING, at("2026-09-14T09:00"), 10))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> deadlines.met(CASE, ISSUE, at("2026-09-14T09:00")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> deadlines.cancel(CASE, ISSUE)).isInstanceOf(IllegalStateException.class);
    }

    private String nextStep() {
        return bench.jdbc
                .sql("select coalesce(next_step, 'nothing') from deadline order by id desc limit 1")
                .query(String.class)
                .single();
    }
}
