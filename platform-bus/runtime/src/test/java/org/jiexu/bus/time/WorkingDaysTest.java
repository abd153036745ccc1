package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jiexu.bus.time.Calendars.CHANGSHA;
import static org.jiexu.bus.time.Calendars.at;
import static org.jiexu.bus.time.Calendars.off;
import static org.jiexu.bus.time.Calendars.worked;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jiexu.bus.time.ExplainedDay.Kind;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
    private final WorkingDays workingDays = Calendars.workingDays();

    @Nested
    class EndOfATerm {

        @ParameterizedTest(name = "{0} + {1} = {2} ({3})")
        @CsvSource(delimiter = '|', textBlock = """
            # start            | days | due        | why
            2026-09-14T09:00   | 10   | 2026-09-28 | make-up Sunday 20 September counted, 中秋节 skipped
            2026-09-14T09:00   |  5   | 2026-09-20 | ends on the make-up Sunday
            2026-09-24T17:59   |  1   | 2026-09-28 | 中秋节 from Friday to Sunday
            2026-09-24T23:59   |  1   | 2026-09-28 | the last minute of a day is that day
            2026-09-25T00:00   |  1   | 2026-09-28 | starts on the holiday
            2026-09-30T10:00   |  1   | 2026-10-08 | over the whole 国庆节
            2026-09-30T10:00   |  3   | 2026-10-10 | ends on the make-up Saturday
            2026-09-30T10:00   |  4   | 2026-10-12 | the Sunday after it is a Sunday
            2026-09-30T10:00   | 10   | 2026-10-20 | ten working days over 国庆节
            2026-10-03T10:00   |  1   | 2026-10-08 | starts inside 国庆节, first working day counted
            2026-10-10T10:00   |  1   | 2026-10-12 | starts on the make-up Saturday, which is not counted
            2026-10-11T10:00   |  1   | 2026-10-12 | starts on a Sunday
            2026-02-13T16:00   |  1   | 2026-02-14 | make-up Saturday before 春节
            2026-02-13T16:00   |  5   | 2026-02-27 | 春节 has nine days off
            2026-02-13T16:00   |  6   | 2026-02-28 | make-up Saturday after 春节
            2026-02-14T16:00   | 10   | 2026-03-06 | starts on a make-up day
            2026-02-20T16:00   |  1   | 2026-02-24 | starts inside 春节
            2025-12-31T16:00   |  1   | 2026-01-04 | 元旦, then a make-up Sunday
            2026-12-31T16:00   |  1   | 2027-01-04 | 2027 provisional: 1 January, weekend
            2026-12-25T16:00   |  5   | 2027-01-04 | Friday; four days to New Year's Eve
            """)
        @Tag("R4.2")
        void followsThePublishedCalendar(String start, int days, LocalDate due, String why) {
            Term term = workingDays.term(at(start), days);

            assertThat(term.dueOn()).as(why).isEqualTo(due);
            assertThat(term.endsAt()).isEqualTo(at(due.plusDays(1) + "T00:00"));
        }

        @Test
        void refusesATermOfNoDays() {
            assertThatThrownBy(() -> workingDays.term(at("2026-09-14T09:00"), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class AYearNotPublished {

        @Test
        void isProvisionalWhenTheTermReachesIntoIt() {
            assertThat(workingDays.term(at("2026-12-25T16:00"), 4).provisional())
                    .isFalse();
            assertThat(workingDays.term(at("2026-12-25T16:00"), 5).provisional())
                    .isTrue();
        }

        @Test
        @Tag("R4.3")
        void skipsOnlyStatutoryDaysOfFixedDate() {
            assertThat(List.of("2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"))
                    .noneMatch(date -> workingDays.isWorking(LocalDate.parse(date)));
            assertThat(workingDays.isWorking(LocalDate.parse("2027-10-04"))).isTrue();
            assertThat(workingDays.isWorking(LocalDate.parse("2027-02-08"))).isTrue();
        }

        @Test
        void isWorkedOutAsPublishedOnceItIs() {
            WorkingDays known = Calendars.publishedAnd(Calendars.national(
                            2027, off("2027-01-01", "元旦"), off("2027-01-04", "元旦"), worked("2027-01-09", "元旦")))
                    .of(CHANGSHA);

            Term term = known.term(at("2026-12-31T16:00"), 5);

            assertThat(term.dueOn()).isEqualTo(LocalDate.parse("2027-01-09"));
            assertThat(term.provisional()).isFalse();
        }
    }

    @Nested
    class RegionalDays {
        private final CalendarPublishedV1 guangxi = new CalendarPublishedV1(
                2026, "450000", "广西壮族自治区人民政府", List.of(off("2026-04-20", "三月三"), off("2026-04-21", "三月三")));
        private final WorkingCalendar calendar = Calendars.publishedAnd(guangxi);

        @Test
        @Tag("R4.3")
        void holdInTheProvinceThatAddsThem() {
            assertThat(calendar.of(new RegionCode("450100")).isWorking(LocalDate.parse("2026-04-20")))
                    .isFalse();
            assertThat(calendar.of(CHANGSHA).isWorking(LocalDate.parse("2026-04-20")))
                    .isTrue();
        }

        @Test
        void changeTheVersionForThatProvinceOnly() {
            assertThat(calendar.of(new RegionCode("450100")).version()).isNotEqualTo(workingDays.version());
            assertThat(calendar.of(CHANGSHA).version()).isEqualTo(workingDays.version());
        }

        @Test
        void doNotMakeAYearPublished() {
            var onlyRegional = WorkingCalendar.of(List.of(guangxi));

            assertThat(onlyRegional.knownThroughYear()).isEmpty();
            assertThat(calendar.knownThroughYear()).hasValue(2026);
        }
    }

    @Nested
    class Explanation {

        @Test
        @Tag("R4.8")
        void namesEveryDay() {
            Term term = workingDays.term(at("2026-09-30T10:00"), 3);

            assertThat(term.days())
                    .containsExactly(
                            new ExplainedDay(LocalDate.parse("2026-09-30"), Kind.START, null, 0, false),
                            skipped("2026-10-01"),
                            skipped("2026-10-02"),
                            skipped("2026-10-03"),
                            skipped("2026-10-04"),
                            skipped("2026-10-05"),
                            skipped("2026-10-06"),
                            skipped("2026-10-07"),
                            new ExplainedDay(LocalDate.parse("2026-10-08"), Kind.COUNTED, null, 1, false),
                            new ExplainedDay(LocalDate.parse("2026-10-09"), Kind.COUNTED, null, 2, false),
                            new ExplainedDay(LocalDate.parse("2026-10-10"), Kind.COUNTED_MAKE_UP, "国庆节", 3, false));
        }

        @Test
        void tellsItInSentences() {
            assertThat(workingDays.term(at("2026-09-17T09:00"), 10).explanation())
                    .containsExactly(
                            "2026年9月17日周四为起始日，不计入。",
                            "9月18日周五计入，第1个工作日。",
                            "9月19日周六 周末，不计入。",
                            "9月20日周日 国庆节调休上班，计入，第2个工作日。",
                            "9月21日至24日计入，第3至6个工作日。",
                            "9月25日至27日 中秋节放假，不计入。",
                            "9月28日至30日计入，第7至9个工作日。",
                            "10月1日至7日 国庆节放假，不计入。",
                            "10月8日周四计入，第10个工作日。",
                            "期限为10个工作日，至2026年10月8日24时届满。");
        }

        @Test
        void saysWhereItIsProvisional() {
            assertThat(workingDays.term(at("2026-12-30T09:00"), 2).explanation())
                    .containsExactly(
                            "2026年12月30日周三为起始日，不计入。",
                            "12月31日周四计入，第1个工作日。",
                            "2027年1月1日周五 元旦放假，不计入。",
                            "1月2日至3日 周末，不计入。",
                            "1月4日周一计入，第2个工作日。",
                            "期限为2个工作日，至2027年1月4日24时届满。",
                            "2027年放假安排尚未公布，暂按周一至周五扣除固定法定节假日计算，公布后重新计算。");
        }

        @Test
        @Tag("R4.2")
        void saysThatTheStartWasARestDay() {
            assertThat(workingDays.term(at("2026-10-03T09:00"), 1).explanation())
                    .first()
                    .isEqualTo("2026年10月3日周六（国庆节）为起始日，不计入，自其后第一个工作日起算。");
            assertThat(workingDays.term(at("2026-10-11T09:00"), 1).explanation())
                    .first()
                    .isEqualTo("2026年10月11日周日（周末）为起始日，不计入，自其后第一个工作日起算。");
        }

        private static ExplainedDay skipped(String date) {
            return new ExplainedDay(LocalDate.parse(date), Kind.SKIPPED_HOLIDAY, "国庆节", 0, false);
        }
    }

    @Nested
    class DaysLeft {

        @ParameterizedTest(name = "on {0} until {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
            2026-09-28 | 2026-09-28 |  1
            2026-09-24 | 2026-09-28 |  2
            2026-09-25 | 2026-09-28 |  1
            2026-09-14 | 2026-09-28 | 11
            2026-09-29 | 2026-09-28 | -1
            2026-10-01 | 2026-09-30 |  0
            2026-10-08 | 2026-09-30 | -1
            """)
        void countTodayAndTheLastDay(LocalDate today, LocalDate due, int left) {
            assertThat(workingDays.workingDaysLeft(today, due)).isEqualTo(left);
        }

        @Test
        void leadBackToTheDayOfAWarning() {
            LocalDate due = LocalDate.parse("2026-10-09");

            assertThat(workingDays.workingDayBefore(due, 0, List.of())).isEqualTo(due);
            assertThat(workingDays.workingDayBefore(due, 2, List.of())).isEqualTo(LocalDate.parse("2026-09-30"));
        }
    }

    /** The same count, as one would do it on paper. */
    @Test
    void agreesWithADayByDayCount() {
        var random = new Random(20260914);
        var marked = new HashMap<LocalDate, CalendarDayV1>();
        Calendars.days().forEach(day -> marked.put(day.date(), day));
        for (int i = 0; i < 5_000; i++) {
            LocalDate start = LocalDate.parse("2025-01-01").plusDays(random.nextInt(690));
            int days = 1 + random.nextInt(20);

            LocalDate day = start;
            for (int counted = 0; counted < days; ) {
                day = day.plusDays(1);
                CalendarDayV1 mark = marked.get(day);
                boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
                boolean newYear = day.equals(LocalDate.parse("2027-01-01"));
                if (mark == null ? weekday && !newYear : mark.working()) {
                    counted++;
                }
            }

            Term term = workingDays.term(start, days);
            assertThat(term.dueOn()).as("%s + %d", start, days).isEqualTo(day);
            assertThat(term.days().stream().filter(ExplainedDay::counted)).hasSize(days);
            assertThat(term.provisional()).isEqualTo(day.getYear() == 2027);
            assertThat(workingDays.workingDaysLeft(start.plusDays(1), day)).isEqualTo(days);
        }
    }
}
