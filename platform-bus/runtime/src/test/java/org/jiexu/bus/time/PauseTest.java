package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.bus.time.Calendars.CHANGSHA;
import static org.jiexu.bus.time.Calendars.JINING;
import static org.jiexu.bus.time.Calendars.at;
import static org.jiexu.bus.time.Calendars.off;
import static org.jiexu.wire.contract.DeadlineKind.BOOK;
import static org.jiexu.wire.contract.DeadlineKind.ISSUE;
import static org.jiexu.wire.contract.DeadlineKind.MATCH;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jiexu.bus.time.DeadlineView.Status;
import org.jiexu.wire.contract.DeadlineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** September 2026: from Monday the 14th; Friday the 25th is off for 中秋节, Sunday the 20th is worked. */
@Tag("R4.6")
class PauseTest {
    private static final String CASE = "430100-26-7KQ4M2XD-9";
    private static final Set<DeadlineKind> EVERY_KIND = EnumSet.allOf(DeadlineKind.class);
    private static final String WHY = "请补充参保凭证";

    private final DeadlineBench bench = new DeadlineBench("2026-09-14T09:00");
    private final DeadlineSweep sweep = bench.sweep();

    @Test
    @Tag("R4.8")
    void aWorkingDayOnWhichItWasPausedIsNotCountedAndSaysWhy() {
        start("2026-09-14T09:00", 5);
        pause("1", "2026-09-16T10:00");
        resume("1", "2026-09-17T15:00");

        assertThat(view().term().explanation())
                .containsExactly(
                        "2026年9月14日周一为起始日，不计入。",
                        "9月15日周二计入，第1个工作日。",
                        "9月16日至17日 暂停计时（请补充参保凭证），不计入。",
                        "9月18日周五计入，第2个工作日。",
                        "9月19日周六 周末，不计入。",
                        "9月20日周日 国庆节调休上班，计入，第3个工作日。",
                        "9月21日至22日计入，第4至5个工作日。",
                        "期限为5个工作日，至2026年9月22日24时届满。");
        assertThat(view().pauses())
                .containsExactly(new Pause("1", at("2026-09-16T10:00"), at("2026-09-17T15:00"), WHY));
    }

    @Test
    void nothingIsSaidWhileTheClockStandsStill() {
        start("2026-09-14T09:00", 5);
        pause("1", "2026-09-16T10:00");
        bench.moveTo("2026-11-02T09:00");
        assertThat(sweep.sweepDue()).isZero();
        assertThat(view().onTheWire().pausedSince()).isEqualTo(at("2026-09-16T10:00"));
        assertThat(view().onTheWire().pauseReason()).isEqualTo(WHY);
        assertThat(view().explanation()).last().isEqualTo("自9月16日起暂停计时（请补充参保凭证），届满日期在恢复后顺延。");

        resume("1", "2026-11-02T09:00");
        for (LocalDate day = LocalDate.parse("2026-11-02"); day.getDayOfMonth() < 20; day = day.plusDays(1)) {
            bench.moveTo(day + "T12:00");
            sweep.sweepDue();
        }

        assertThat(view().dueOn()).isEqualTo(LocalDate.parse("2026-11-06"));
        assertThat(view().onTheWire().pausedSince()).isNull();
        assertThat(bench.said())
                .containsExactly(
                        CASE + " BOOK 3 left until 2026-11-06",
                        CASE + " BOOK 1 left until 2026-11-06",
                        CASE + " BOOK missed since 2026-11-06",
                        CASE + " BOOK escalated to 430000");
    }

    @Test
    void aPauseOnTheLastDayMovesItAndWarnsNobodyAgain() {
        start("2026-09-14T09:00", 5);
        bench.moveTo("2026-09-20T00:00");
        sweep.sweepDue();
        pause("1", "2026-09-20T16:00");
        resume("1", "2026-09-20T16:30");
        bench.moveTo("2026-09-22T00:00");
        sweep.sweepDue();

        assertThat(view().dueOn()).isEqualTo(LocalDate.parse("2026-09-21"));
        assertThat(bench.said())
                .containsExactly(
                        CASE + " BOOK 3 left until 2026-09-20",
                        CASE + " BOOK 1 left until 2026-09-20",
                        CASE + " BOOK missed since 2026-09-21");
    }

    @Test
    void overRestDaysItCostsNothing() {
        start("2026-09-21T09:00", 5);
        pause("1", "2026-09-25T10:00");
        resume("1", "2026-09-27T23:00");

        assertThat(view().dueOn()).isEqualTo(LocalDate.parse("2026-09-29"));
    }

    @Test
    void severalAreCountedTogetherAndOfTwoAtOnceBothMustEnd() {
        start("2026-09-14T09:00", 5);
        pause("1", "2026-09-15T10:00");
        pause("2", "2026-09-15T11:00");
        resume("1", "2026-09-15T12:00");
        bench.moveTo("2026-09-21T09:00");
        assertThat(sweep.sweepDue()).isZero();
        resume("2", "2026-09-21T09:00");
        pause("3", "2026-09-23T09:00");
        resume("3", "2026-09-23T09:00");

        // Counted: 16 to 18 and 20 no, the 22nd and 24th, then 28 to 30 September.
        assertThat(view().dueOn()).isEqualTo(LocalDate.parse("2026-09-30"));
    }

    @Test
    void theSameAgainChangesNothing() {
        start("2026-09-14T09:00", 5);
        pause("1", "2026-09-15T10:00");
        pause("1", "2026-09-16T10:00");
        resume("1", "2026-09-16T12:00");
        var once = view();
        resume("1", "2026-09-18T12:00");
        resume("2", "2026-09-18T12:00");
        start("2026-09-14T09:00", 5);

        assertThat(bench.deadlines.of(CASE)).containsExactly(once);
    }

    @Test
    void aLimitThatBeginsMeanwhileStandsStillFromItsBeginning() {
        bench.inTransaction(
                () -> bench.deadlines.pause(CASE, EnumSet.of(BOOK), new Pause("1", at("2026-09-14T09:00"), null, WHY)));
        start("2026-09-15T09:00", 5);
        bench.inTransaction(() -> bench.deadlines.start(CASE, ISSUE, JINING, at("2026-09-15T09:00"), 10));
        assertThat(bench.deadlines.of(CASE))
                .extracting(view -> view.kind() + " " + view.onTheWire().pauseReason())
                .containsExactly("BOOK " + WHY, "ISSUE null");
        resume("1", "2026-09-16T09:00");

        // Not the 16th: 17, 18, 20, 21 and 22 September.
        assertThat(bench.deadlines.of(CASE).getFirst().dueOn()).isEqualTo(LocalDate.parse("2026-09-22"));
        assertThat(bench.deadlines.pauses(CASE))
                .containsExactly(new Pause("1", at("2026-09-14T09:00"), at("2026-09-16T09:00"), WHY));
    }

    @Test
    void aDutyThatIsDoneWhileItWasPausedEndsThePauseInTime() {
        start("2026-09-14T09:00", 5);
        pause("1", "2026-09-15T10:00");
        bench.moveTo("2026-10-20T09:00");
        bench.inTransaction(() -> bench.deadlines.met(CASE, BOOK, at("2026-10-20T09:00")));
        sweep.sweepDue();

        assertThat(view().status()).isEqualTo(Status.MET);
        assertThat(view().missed()).isFalse();
        assertThat(view().pauses())
                .containsExactly(new Pause("1", at("2026-09-15T10:00"), at("2026-10-20T09:00"), WHY));
        assertThat(bench.said()).isEmpty();
    }

    @Test
    @Tag("R4.7")
    void whatHadPassedBeforeIsStillSaidAfterADownTime() {
        start("2026-09-14T09:00", 5);
        bench.moveTo("2026-09-21T08:00");
        pause("1", "2026-09-21T08:00");
        bench.sweep().sweepDue();
        bench.moveTo("2026-10-20T08:00");
        bench.sweep().sweepDue();

        assertThat(bench.said())
                .containsExactly(
                        CASE + " BOOK 3 left until 2026-09-20",
                        CASE + " BOOK 1 left until 2026-09-20",
                        CASE + " BOOK missed since 2026-09-20");
        resume("1", "2026-10-20T08:00");
        bench.moveTo("2026-10-27T23:59");
        assertThat(bench.sweep().sweepDue()).isZero();
        bench.moveTo("2026-10-28T00:00");
        bench.sweep().sweepDue();
        assertThat(bench.said()).last().isEqualTo(CASE + " BOOK escalated to 430000");
    }

    @Test
    @Tag("R4.3")
    void aNoticeThatComesInBetweenIsCountedToo() {
        bench.moveTo("2026-12-28T09:00");
        bench.inTransaction(() -> bench.deadlines.start(CASE, ISSUE, JINING, at("2026-12-28T09:00"), 10));
        pause("1", "2026-12-29T09:00");
        bench.publish(
                Calendars.publishedAnd(Calendars.national(2027, off("2027-01-01", "元旦"), off("2027-01-04", "元旦"))));
        sweep.sweepDue();
        resume("1", "2026-12-30T09:00");

        // Ten working days without 29 and 30 December, 1 and 4 January.
        assertThat(view().dueOn()).isEqualTo(LocalDate.parse("2027-01-15"));
        assertThat(view().provisional()).isFalse();
    }

    /** What anybody would do with a wall calendar, day by day. */
    private static final class Reference {
        private final String name;
        private final int days;
        private final Instant startedAt;
        private final List<Pause> pauses = new ArrayList<>();
        private final TreeMap<String, LocalDate> said = new TreeMap<>();
        private int counted;
        private int after;

        Reference(String name, int days, Instant startedAt) {
            this.name = name;
            this.days = days;
            this.startedAt = startedAt;
        }

        void liveThrough(LocalDate day, boolean working) {
            if (!day.isAfter(LocalDate.ofInstant(startedAt, BusinessClock.ZONE))) {
                return;
            }
            Instant begin = Term.beginOf(day);
            boolean still = pauses.stream()
                    .anyMatch(pause ->
                            pause.from().isBefore(begin) && endOf(pause).isAfter(begin));
            if (counted == days && !still) {
                said.putIfAbsent("overdue", day);
            }
            if (after == 5 && !still) {
                said.putIfAbsent("escalated", day);
            }
            boolean touched = pauses.stream()
                    .anyMatch(pause -> pause.from().isBefore(Term.endOf(day))
                            && endOf(pause).isAfter(begin));
            for (int left : new int[] {3, 1}) {
                if (working && !still && left <= days && days - counted == left) {
                    said.putIfAbsent("warned " + left, day);
                }
            }
            if (working && !touched) {
                after += counted == days ? 1 : 0;
                counted += counted < days ? 1 : 0;
            }
        }

        private static Instant endOf(Pause pause) {
            return pause.until() == null ? Instant.MAX : pause.until();
        }
    }

    @Test
    @Tag("R4.7")
    void everythingIsSaidOnTheDayThatCountingByHandGives() {
        var random = new Random(46);
        var calendar = Calendars.published().of(CHANGSHA);
        var cases = new ArrayList<Reference>();
        record Change(Instant at, Reference of, int pause, boolean begins) {}
        var changes = new ArrayList<Change>();
        for (int i = 0; i < 100; i++) {
            var started = at("2026-09-14T09:00").plus(Duration.ofHours(random.nextInt(24 * 14)));
            var one = new Reference("case-%03d".formatted(i), 1 + random.nextInt(12), started);
            cases.add(one);
            Instant moment = started;
            for (int p = random.nextInt(4); p > 0; p--) {
                Instant from = moment.plus(Duration.ofMinutes(1 + random.nextInt(60 * 24 * 8)));
                Instant until =
                        from.plus(Duration.ofMinutes(random.nextInt(3) == 0 ? 1 : random.nextInt(60 * 24 * 6) + 1));
                changes.add(new Change(from, one, p, true));
                changes.add(new Change(until, one, p, false));
                one.pauses.add(new Pause(String.valueOf(p), from, until, WHY));
                moment = until;
            }
        }
        cases.forEach(one ->
                bench.inTransaction(() -> bench.deadlines.start(one.name, MATCH, CHANGSHA, one.startedAt, one.days)));
        changes.sort(Comparator.comparing(Change::at));

        var told = new TreeMap<String, TreeMap<String, LocalDate>>();
        var next = changes.iterator();
        Change change = next.hasNext() ? next.next() : null;
        for (LocalDate day = LocalDate.parse("2026-09-15"); day.getMonthValue() < 12; day = day.plusDays(1)) {
            while (change != null && change.at().isBefore(Term.beginOf(day))) {
                var now = change;
                bench.inTransaction(() -> {
                    String id = String.valueOf(now.pause());
                    if (now.begins()) {
                        bench.deadlines.pause(now.of().name, EVERY_KIND, new Pause(id, now.at(), null, WHY));
                    } else {
                        bench.deadlines.resume(now.of().name, id, now.at());
                    }
                });
                change = next.hasNext() ? next.next() : null;
            }
            int before = bench.said().size();
            bench.moveTo(day + "T00:00");
            bench.sweep().sweepDue();
            for (String words : bench.said().subList(before, bench.said().size())) {
                LocalDate last = told.computeIfAbsent(words.substring(0, 8), _ -> new TreeMap<>())
                        .put(
                                words.contains(" 3 left")
                                        ? "warned 3"
                                        : words.contains(" 1 left")
                                                ? "warned 1"
                                                : words.contains("missed") ? "overdue" : "escalated",
                                day);
                assertThat(last).as(words + " was said before").isNull();
            }
            LocalDate today = day;
            cases.forEach(one -> one.liveThrough(today, calendar.isWorking(today)));
        }

        for (Reference one : cases) {
            assertThat(told.getOrDefault(one.name, new TreeMap<>()))
                    .as("%s: %d from %s, %s", one.name, one.days, one.startedAt, one.pauses)
                    .isEqualTo(one.said);
        }
    }

    private void start(String from, int days) {
        bench.inTransaction(() -> bench.deadlines.start(CASE, BOOK, CHANGSHA, at(from), days));
    }

    private void pause(String id, String from) {
        bench.inTransaction(() -> bench.deadlines.pause(CASE, EVERY_KIND, new Pause(id, at(from), null, WHY)));
    }

    private void resume(String id, String until) {
        bench.inTransaction(() -> bench.deadlines.resume(CASE, id, at(until)));
    }

    private DeadlineView view() {
        return bench.deadlines.of(CASE).getLast();
    }
}
