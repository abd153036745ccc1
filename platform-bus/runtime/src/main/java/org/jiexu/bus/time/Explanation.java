package org.jiexu.bus.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** 期限说明 — a term in sentences for people: consecutive days with one reason are told together (R4.8). */
final class Explanation {
    private Explanation() {}

    /** Consecutive days taken for the same thing. */
    private record Run(ExplainedDay first, ExplainedDay last) {

        boolean goesOnWith(ExplainedDay day) {
            return first.kind() == day.kind() && Objects.equals(first.name(), day.name());
        }

        boolean isOneDay() {
            return first.equals(last);
        }
    }

    static List<String> of(Term term) {
        var sentences = new ArrayList<String>();
        int year = 0;
        for (Run run : runs(term.days())) {
            boolean newYear = run.first().date().getYear() != year;
            sentences.add((newYear ? run.first().date().getYear() + "年" : "") + sentence(run));
            year = run.last().date().getYear();
        }
        sentences.add("期限为%d个工作日，至%d年%s24时届满。"
                .formatted(term.workingDays(), term.dueOn().getYear(), monthDay(term.dueOn())));
        var provisionalYears = new TreeSet<Integer>();
        term.days().stream()
                .filter(ExplainedDay::provisional)
                .forEach(day -> provisionalYears.add(day.date().getYear()));
        provisionalYears.forEach(
                unpublished -> sentences.add("%d年放假安排尚未公布，暂按周一至周五扣除固定法定节假日计算，公布后重新计算。".formatted(unpublished)));
        return List.copyOf(sentences);
    }

    static List<String> of(DeadlineView limit) {
        var sentences = new ArrayList<>(of(limit.term()));
        for (var revision : limit.revisions()) {
            sentences.add("原按%s算至%d年%s，因放假安排公布或更正，于%s重新计算。"
                    .formatted(
                            revision.provisional() ? "暂定日历" : "此前公布的安排",
                            revision.dueOn().getYear(),
                            monthDay(revision.dueOn()),
                            monthDay(LocalDate.ofInstant(revision.until(), BusinessClock.ZONE))));
        }
        var pause = limit.status() == DeadlineView.Status.OPEN ? limit.pause() : null;
        if (pause != null) {
            sentences.add("自%s起暂停计时（%s），届满日期在恢复后顺延。"
                    .formatted(monthDay(LocalDate.ofInstant(pause.from(), BusinessClock.ZONE)), pause.reason()));
        }
        return List.copyOf(sentences);
    }

    private static List<Run> runs(List<ExplainedDay> days) {
        var runs = new ArrayList<Run>();
        for (ExplainedDay day : days) {
            if (!runs.isEmpty() && runs.getLast().goesOnWith(day)) {
                runs.set(runs.size() - 1, new Run(runs.getLast().first(), day));
            } else {
                runs.add(new Run(day, day));
            }
        }
        return runs;
    }

    private static String sentence(Run run) {
        return switch (run.first().kind()) {
            case START -> start(run.first());
            case COUNTED -> "%s计入，%s。".formatted(dates(run), counted(run));
            case COUNTED_MAKE_UP ->
                "%s %s调休上班，计入，%s。".formatted(dates(run), run.first().name(), counted(run));
            case SKIPPED_WEEKEND -> "%s 周末，不计入。".formatted(dates(run));
            case SKIPPED_HOLIDAY ->
                "%s %s放假，不计入。".formatted(dates(run), run.first().name());
            case SKIPPED_PAUSE ->
                "%s 暂停计时（%s），不计入。".formatted(dates(run), run.first().name());
        };
    }

    private static String start(ExplainedDay day) {
        String rest = day.name();
        return rest == null
                ? "%s为起始日，不计入。".formatted(dateWithWeekday(day.date()))
                : "%s（%s）为起始日，不计入，自其后第一个工作日起算。".formatted(dateWithWeekday(day.date()), rest);
    }

    private static String counted(Run run) {
        return run.isOneDay()
                ? "第%d个工作日".formatted(run.first().count())
                : "第%d至%d个工作日".formatted(run.first().count(), run.last().count());
    }

    private static String dates(Run run) {
        LocalDate first = run.first().date();
        LocalDate last = run.last().date();
        if (run.isOneDay()) {
            return dateWithWeekday(first);
        }
        if (first.getYear() != last.getYear()) {
            return monthDay(first) + "至" + last.getYear() + "年" + monthDay(last);
        }
        return monthDay(first) + "至"
                + (first.getMonth() == last.getMonth() ? last.getDayOfMonth() + "日" : monthDay(last));
    }

    private static String dateWithWeekday(LocalDate date) {
        return monthDay(date) + weekday(date.getDayOfWeek());
    }

    private static String monthDay(LocalDate date) {
        return date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
    }

    private static String weekday(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> "周一";
            case TUESDAY -> "周二";
            case WEDNESDAY -> "周三";
            case THURSDAY -> "周四";
            case FRIDAY -> "周五";
            case SATURDAY -> "周六";
            case SUNDAY -> "周日";
        };
    }
}
