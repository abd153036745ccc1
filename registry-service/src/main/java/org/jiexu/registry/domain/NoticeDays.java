package org.jiexu.registry.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.vocabulary.FieldFault;
import org.jiexu.wire.vocabulary.FileColumn;
import org.jiexu.wire.vocabulary.ReadableText;
import org.jspecify.annotations.Nullable;

/**
 * 放假安排通知 — what a notice says of a year's days. It may name a few days of the year before or after; those join that
 * year's arrangement, which must be known.
 */
public record NoticeDays(String region, int year, List<CalendarDayV1> days) {
    /** The region of national rows. */
    public static final String NATIONAL = "*";

    private static final int LONGEST_NAME = 20;
    private static final Pattern FORM = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
    // 全国年节及纪念日放假办法: those with a fixed date are off in every year.
    private static final List<MonthDay> ALWAYS_OFF = List.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    public NoticeDays {
        days = List.copyOf(days);
    }

    /** One line of the file, with cells in the order of the columns, or with its problem. */
    public record Line(
            int number, List<String> cells, @Nullable FieldFault problem) {}

    /** 列. */
    public enum Column implements FileColumn {
        DATE("date", "日期"),
        NAME("name", "名称"),
        KIND("kind", "类别");

        private final String heading;
        private final String chinese;

        Column(String heading, String chinese) {
            this.heading = heading;
            this.chinese = chinese;
        }

        @Override
        public String heading() {
            return heading;
        }

        @Override
        public String chinese() {
            return chinese;
        }
    }

    /** What is wrong with one line; line 0 is the file as a whole. */
    public record Fault(int line, String code, String message) {}

    /** Whole, or every fault. */
    public sealed interface Reading {
        /** Without fault. */
        record Whole(NoticeDays notice) implements Reading {}

        /** Nothing of it counts. */
        record Faulty(List<Fault> faults) implements Reading {}
    }

    public static Reading read(String region, List<Line> lines, Set<Integer> knownYears) {
        var faults = new ArrayList<Fault>();
        var days = new TreeMap<LocalDate, CalendarDayV1>();
        var lineOf = new HashMap<LocalDate, Integer>();
        for (Line line : lines) {
            var day = day(line, region.equals(NATIONAL), faults);
            if (day == null) {
                continue;
            }
            if (days.putIfAbsent(day.date(), day) != null) {
                faults.add(new Fault(line.number(), "SAME_DAY_TWICE", "该日期在文件中出现了两次。"));
            }
            lineOf.putIfAbsent(day.date(), line.number());
        }
        if (days.isEmpty()) {
            faults.add(new Fault(0, "EMPTY", "文件中没有有效的日期。"));
            return new Reading.Faulty(faults);
        }
        int year = mostNamed(days);
        checkYears(region, year, days, lineOf, knownYears, faults);
        return faults.isEmpty()
                ? new Reading.Whole(new NoticeDays(region, year, List.copyOf(days.values())))
                : new Reading.Faulty(List.copyOf(faults));
    }

    private static @Nullable CalendarDayV1 day(Line line, boolean national, List<Fault> faults) {
        var problem = line.problem();
        if (problem != null) {
            faults.add(new Fault(line.number(), problem.code(), problem.message()));
            return null;
        }
        int before = faults.size();
        LocalDate date = date(line.cells().get(0));
        if (date == null) {
            faults.add(new Fault(line.number(), "DATE", "日期应写作 2027-01-01。"));
        }
        String name = line.cells().get(1);
        if (!ReadableText.isReadable(name)) {
            faults.add(new Fault(line.number(), ReadableText.UNREADABLE.code(), ReadableText.UNREADABLE.message()));
        } else if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            faults.add(new Fault(line.number(), "NAME", "名称不得为空，不得超过20个字。"));
        }
        String kind = line.cells().get(2).toUpperCase(Locale.ROOT);
        if (!kind.equals("HOLIDAY") && !kind.equals("WORKDAY")) {
            faults.add(new Fault(line.number(), "KIND", "类别应为 HOLIDAY（放假）或 WORKDAY（调休上班）。"));
        }
        // A region's own row may take a national holiday back; the nation has nothing to take back.
        if (date != null && national && kind.equals("WORKDAY") && !isWeekend(date)) {
            faults.add(new Fault(line.number(), "ALREADY_WORKING", "周一至周五本来就是工作日，无需写明调休上班。"));
        }
        return date == null || faults.size() > before ? null : new CalendarDayV1(date, name, kind.equals("WORKDAY"));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return FORM.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void checkYears(
            String region,
            int year,
            Map<LocalDate, CalendarDayV1> days,
            Map<LocalDate, Integer> lineOf,
            Set<Integer> knownYears,
            List<Fault> faults) {
        for (LocalDate date : days.keySet()) {
            boolean neighbour = Math.abs(date.getYear() - year) == 1 && knownYears.contains(date.getYear());
            if (date.getYear() != year && !neighbour) {
                faults.add(new Fault(
                        lineOf.getOrDefault(date, 0), "OTHER_YEAR", "该日期不在通知的年度%d，其年度的安排也尚未公布。".formatted(year)));
            }
        }
        if (region.equals(NATIONAL)) {
            for (MonthDay always : ALWAYS_OFF) {
                var day = days.get(always.atYear(year));
                if (day == null || day.working()) {
                    faults.add(new Fault(0, "STATUTORY_DAY", "缺少法定节假日" + always.atYear(year) + "。"));
                }
            }
        }
    }

    private static int mostNamed(Map<LocalDate, CalendarDayV1> days) {
        var named = new TreeMap<Integer, Integer>();
        days.keySet().forEach(date -> named.merge(date.getYear(), 1, Integer::sum));
        return named.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** The arrangements that it makes of those that hold: its own year anew, a neighbouring year with its few days. */
    public List<CalendarPublishedV1> arrangements(List<CalendarPublishedV1> known, String notice) {
        var byYear = new TreeMap<Integer, List<CalendarDayV1>>();
        days.forEach(day -> byYear.computeIfAbsent(day.date().getYear(), _ -> new ArrayList<>())
                .add(day));
        var made = new ArrayList<CalendarPublishedV1>();
        byYear.forEach((of, own) -> {
            var before = known.stream()
                    .filter(each -> each.year() == of && each.region().equals(region))
                    .findFirst();
            if (of == year || before.isEmpty()) {
                made.add(new CalendarPublishedV1(of, region, notice, own));
            } else {
                var merged = new TreeMap<LocalDate, CalendarDayV1>();
                before.get().days().forEach(day -> merged.put(day.date(), day));
                own.forEach(day -> merged.put(day.date(), day));
                made.add(new CalendarPublishedV1(of, region, before.get().notice(), List.copyOf(merged.values())));
            }
        });
        return made;
    }
}
