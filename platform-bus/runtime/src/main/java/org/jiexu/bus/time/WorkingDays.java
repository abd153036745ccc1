package org.jiexu.bus.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jiexu.bus.time.ExplainedDay.Kind;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/** 工作日 — the working calendar as one region sees it. Immutable. */
public final class WorkingDays {
    /** Longer than any limit of R4, shorter than what would be worked out for nothing. */
    private static final int MOST_WORKING_DAYS = 1000;

    // R4.3: the statutory days with a fixed date, all that is known of a year before its notice.
    private static final Map<MonthDay, String> FIXED_HOLIDAYS = Map.of(
            MonthDay.of(1, 1), "元旦",
            MonthDay.of(5, 1), "劳动节",
            MonthDay.of(5, 2), "劳动节",
            MonthDay.of(10, 1), "国庆节",
            MonthDay.of(10, 2), "国庆节",
            MonthDay.of(10, 3), "国庆节");

    private final SequencedMap<LocalDate, CalendarDayV1> exceptions;
    private final Set<Integer> publishedYears;
    private final String version;

    WorkingDays(SequencedMap<LocalDate, CalendarDayV1> exceptions, Set<Integer> publishedYears) {
        this.exceptions = exceptions;
        this.publishedYears = publishedYears;
        this.version = digest(exceptions, publishedYears);
    }

    public boolean isWorking(LocalDate date) {
        return explain(date, 0).counted();
    }

    /** True while the State Council's notice for that year is not loaded (R4.3). */
    public boolean isProvisional(LocalDate date) {
        return !publishedYears.contains(date.getYear());
    }

    /** The term of so many working days that an event at {@code start} begins. */
    public Term term(Instant start, int workingDays) {
        return term(LocalDate.ofInstant(start, BusinessClock.ZONE), workingDays);
    }

    /** R4.6: a working day on which the clock stood still at any moment is not counted. */
    public Term term(Instant start, int workingDays, List<Pause> pauses) {
        return term(LocalDate.ofInstant(start, BusinessClock.ZONE), workingDays, pauses);
    }

    public Term term(LocalDate startedOn, int workingDays) {
        return term(startedOn, workingDays, List.of());
    }

    Term term(LocalDate startedOn, int workingDays, List<Pause> pauses) {
        if (workingDays < 1 || workingDays > MOST_WORKING_DAYS) {
            throw new IllegalArgumentException("not a number of working days for a term: " + workingDays);
        }
        var days = new ArrayList<ExplainedDay>();
        days.add(startDay(startedOn));
        // Civil Code Art. 201 (R4.2): the starting day is not counted.
        // House rule: nor is anything added for a start on a rest day. The first counted day is the next working day,
        // the shorter of the two readings of R4.2: who keeps it keeps the other too.
        LocalDate day = startedOn;
        int count = 0;
        while (count < workingDays) {
            day = day.plusDays(1);
            ExplainedDay explained = explain(day, count, pauses);
            count = explained.count();
            days.add(explained);
        }
        boolean provisional = days.stream().anyMatch(ExplainedDay::provisional);
        return new Term(startedOn, day, workingDays, provisional, days);
    }

    /** The counted day that lies {@code workingDays} before the due day; the due day itself for 0. */
    LocalDate workingDayBefore(LocalDate due, int workingDays, List<Pause> pauses) {
        LocalDate day = due;
        for (int left = workingDays; left > 0; ) {
            day = day.minusDays(1);
            if (explain(day, 0, pauses).counted()) {
                left--;
            }
        }
        return day;
    }

    /** Working days left, counting today and the due day; after the due day, minus the working days that have begun since. */
    public int workingDaysLeft(LocalDate today, LocalDate due) {
        return today.isAfter(due) ? -workingDaysIn(due.plusDays(1), today) : workingDaysIn(today, due);
    }

    /** Changes with every change of what this region's calendar says. */
    public String version() {
        return version;
    }

    private int workingDaysIn(LocalDate first, LocalDate last) {
        return Math.toIntExact(
                first.datesUntil(last.plusDays(1)).filter(this::isWorking).count());
    }

    private ExplainedDay startDay(LocalDate date) {
        ExplainedDay day = explain(date, 0);
        String name = day.kind() == Kind.SKIPPED_WEEKEND ? "周末" : day.counted() ? null : day.name();
        return new ExplainedDay(date, Kind.START, name, 0, day.provisional());
    }

    private ExplainedDay explain(LocalDate date, int before, List<Pause> pauses) {
        ExplainedDay day = explain(date, before);
        if (!day.counted()) {
            return day;
        }
        for (Pause pause : pauses) {
            if (pause.touches(date)) {
                return new ExplainedDay(date, Kind.SKIPPED_PAUSE, pause.reason(), before, day.provisional());
            }
        }
        return day;
    }

    private ExplainedDay explain(LocalDate date, int before) {
        boolean provisional = isProvisional(date);
        CalendarDayV1 exception = exceptions.get(date);
        if (exception != null && exception.working()) {
            return new ExplainedDay(
                    date,
                    isWeekend(date) ? Kind.COUNTED_MAKE_UP : Kind.COUNTED,
                    isWeekend(date) ? exception.name() : null,
                    before + 1,
                    provisional);
        }
        String holiday = holidayName(date, exception, provisional);
        if (holiday != null) {
            return new ExplainedDay(date, Kind.SKIPPED_HOLIDAY, holiday, before, provisional);
        }
        return isWeekend(date)
                ? new ExplainedDay(date, Kind.SKIPPED_WEEKEND, null, before, provisional)
                : new ExplainedDay(date, Kind.COUNTED, null, before + 1, provisional);
    }

    private static @Nullable String holidayName(
            LocalDate date, @Nullable CalendarDayV1 exception, boolean provisional) {
        if (exception != null) {
            return exception.name();
        }
        return provisional ? FIXED_HOLIDAYS.get(MonthDay.from(date)) : null;
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static String digest(Map<LocalDate, CalendarDayV1> exceptions, Set<Integer> publishedYears) {
        var text = new StringBuilder().append(new TreeSet<>(publishedYears));
        for (CalendarDayV1 day : exceptions.values()) {
            text.append('\n')
                    .append(day.date())
                    .append(day.working() ? '+' : '-')
                    .append(day.name());
        }
        return Sm3.of(Bytes.ofUtf8(text.toString())).hex().substring(0, 16);
    }
}
