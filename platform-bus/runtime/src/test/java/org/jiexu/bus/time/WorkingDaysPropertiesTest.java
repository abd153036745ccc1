package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.bus.time.Calendars.CHANGSHA;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jiexu.bus.time.ExplainedDay.Kind;
import org.jiexu.bus.time.Moments.Moment;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of every term in every calendar: with notices or without, regional days, make-up days on any weekend. */
@Tag("R4.2")
@Tag("R4.3")
class WorkingDaysPropertiesTest {
    private static final int DRAWS = 4_000;
    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");

    /** One draw: a calendar, a start, two numbers of working days. */
    private record Draw(WorkingDays calendar, LocalDate start, int days, int more) {
        Term term() {
            return calendar.term(start, days);
        }
    }

    private interface Property {
        void holds(Draw draw);
    }

    private static void forAll(Property property) {
        var random = new Random(43);
        WorkingDays calendar = calendar(random);
        for (int i = 0; i < DRAWS; i++) {
            if (i % 40 == 0) {
                calendar = calendar(random);
            }
            var draw = new Draw(
                    calendar, FIRST.plusDays(random.nextInt(1_000)), 1 + random.nextInt(30), 1 + random.nextInt(30));
            try {
                property.holds(draw);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "draw %d, %s + %d (+ %d)".formatted(i, draw.start(), draw.days(), draw.more()), e);
            }
        }
    }

    /** Notices of some years; some days of the region's own and of its province. */
    private static WorkingDays calendar(Random random) {
        var published = new ArrayList<CalendarPublishedV1>();
        for (int year = 2025; year <= 2027; year++) {
            if (random.nextInt(4) > 0) {
                published.add(notice(random, year, WorkingCalendar.NATIONAL, 30));
            }
            if (random.nextInt(3) == 0) {
                published.add(notice(random, year, CHANGSHA.province(), 3));
            }
            if (random.nextInt(3) == 0) {
                published.add(notice(random, year, CHANGSHA.value(), 3));
            }
        }
        return WorkingCalendar.of(published).of(CHANGSHA);
    }

    private static CalendarPublishedV1 notice(Random random, int year, String region, int most) {
        var dates = new TreeSet<LocalDate>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            // In clusters, as holidays are.
            var from = LocalDate.of(year, 1, 1).plusDays(random.nextInt(350));
            for (int j = random.nextInt(8); j >= 0; j--) {
                dates.add(from.plusDays(j));
            }
        }
        var days = dates.stream()
                .map(date -> new CalendarDayV1(date, "节", random.nextInt(4) == 0))
                .toList();
        return new CalendarPublishedV1(year, region, "通知", days);
    }

    @Test
    void aTermCountsExactlySoManyWorkingDaysAndEndsOnTheLast() {
        forAll(draw -> {
            var term = draw.term();
            var counted = term.days().stream().filter(ExplainedDay::counted).toList();

            assertThat(counted).hasSize(draw.days());
            assertThat(counted.getLast().date()).isEqualTo(term.dueOn());
            assertThat(draw.calendar().isWorking(term.dueOn())).isTrue();
            assertThat(counted).allMatch(day -> draw.calendar().isWorking(day.date()));
        });
    }

    @Test
    @Tag("R4.8")
    void anExplanationLeavesOutNoDayAndCountsByOne() {
        forAll(draw -> {
            var days = draw.term().days();

            assertThat(days.getFirst().kind()).isEqualTo(Kind.START);
            assertThat(days.stream().map(ExplainedDay::date))
                    .containsExactlyElementsOf(draw.start()
                            .datesUntil(draw.term().dueOn().plusDays(1))
                            .toList());
            for (int i = 1; i < days.size(); i++) {
                int before = days.get(i - 1).count();
                assertThat(days.get(i).count()).isEqualTo(days.get(i).counted() ? before + 1 : before);
            }
            assertThat(days.getLast().count()).isEqualTo(draw.days());
        });
    }

    @Test
    void aDayIsSkippedOrMadeUpOnlyForItsReason() {
        forAll(draw -> {
            for (var day : draw.term().days()) {
                boolean weekend = day.date().getDayOfWeek() == DayOfWeek.SATURDAY
                        || day.date().getDayOfWeek() == DayOfWeek.SUNDAY;
                switch (day.kind()) {
                    case START -> assertThat(day.date()).isEqualTo(draw.start());
                    case COUNTED -> assertThat(weekend).isFalse();
                    case COUNTED_MAKE_UP, SKIPPED_WEEKEND -> assertThat(weekend).isTrue();
                    case SKIPPED_HOLIDAY -> assertThat(day.name()).isNotNull();
                    case SKIPPED_PAUSE -> throw new AssertionError("nothing was paused");
                }
            }
        });
    }

    @Test
    void whoStartsLaterIsNeverDueEarlier() {
        forAll(draw -> {
            var later = draw.calendar().term(draw.start().plusDays(draw.more()), draw.days());

            assertThat(later.dueOn()).isAfterOrEqualTo(draw.term().dueOn());
        });
    }

    @Test
    void moreDaysAreDueLaterAndTermsAddUp() {
        forAll(draw -> {
            var both = draw.calendar().term(draw.start(), draw.days() + draw.more());

            assertThat(both.dueOn()).isAfter(draw.term().dueOn());
            assertThat(draw.calendar().term(draw.term().dueOn(), draw.more()).dueOn())
                    .isEqualTo(both.dueOn());
        });
    }

    @Test
    void daysLeftAndDaysBackAreTheSameCount() {
        forAll(draw -> {
            var due = draw.term().dueOn();
            var calendar = draw.calendar();
            var back = calendar.workingDayBefore(due, draw.days() - 1, List.of());

            assertThat(calendar.workingDaysLeft(draw.start().plusDays(1), due)).isEqualTo(draw.days());
            assertThat(calendar.workingDaysLeft(back, due)).isEqualTo(draw.days());
            assertThat(calendar.isWorking(back)).isTrue();
            assertThat(back).isAfter(draw.start());
        });
    }

    @Test
    void onlyTheDayInBeijingCounts() {
        forAll(draw -> {
            var midnight = Term.beginOf(draw.start());
            var lastMoment = Term.endOf(draw.start()).minus(Duration.ofMillis(1));

            assertThat(draw.calendar().term(midnight, draw.days())).isEqualTo(draw.term());
            assertThat(draw.calendar().term(lastMoment, draw.days())).isEqualTo(draw.term());
            assertThat(draw.term().endsAt())
                    .isEqualTo(Term.beginOf(draw.term().dueOn().plusDays(1)));
        });
    }

    @Test
    void aTermIsProvisionalExactlyWhenItTouchesAYearWithoutNotice() {
        forAll(draw -> assertThat(draw.term().provisional())
                .isEqualTo(draw.start()
                        .datesUntil(draw.term().dueOn().plusDays(1))
                        .anyMatch(draw.calendar()::isProvisional)));
    }

    /** R4.7: warnings by the promise, overdue by the national limit, each at the beginning of a day. */
    @Test
    @Tag("R4.7")
    void momentsStandInTheirOrder() {
        forAll(draw -> {
            var national = draw.calendar().term(draw.start(), draw.days() + draw.more());
            var moments =
                    Moments.of(draw.term().dueOn(), national.dueOn(), List.of(1, 3, 3), 5, draw.calendar(), List.of());

            assertThat(moments.inOrder().stream().map(Moment::step))
                    .containsExactly(new Step.Warn(3), new Step.Warn(1), new Step.Overdue(), new Step.Escalate());
            assertThat(moments.inOrder().stream().map(Moment::at)).isSorted().doesNotHaveDuplicates();
            assertThat(moments.inOrder().get(2).at()).isEqualTo(national.endsAt());
            assertThat(moments.inOrder().getLast().at())
                    .isEqualTo(draw.calendar().term(national.dueOn(), 5).endsAt());
            assertThat(moments.inOrder().get(1).at())
                    .as("one is left on the last day itself")
                    .isEqualTo(Term.beginOf(draw.term().dueOn()));
        });
    }
}
