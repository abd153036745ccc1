package org.jiexu.auditor;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I7: due dates follow from start and calendar; what is told of a limit is told once and never early. */
final class Timers implements Check {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Set<String> TOLD_ONCE =
            Set.of("deadline.warned.v1", "deadline.missed.v1", "deadline.escalated.v1");
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    @Override
    public String invariant() {
        return "I7";
    }

    @Override
    public String holds() {
        return "limits are as the calendar says, told once and never early";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var calendars = calendars(facts);
        var limits = facts.all("deadline").toList();
        var perLimit = new HashMap<String, Integer>();
        for (var limit : limits) {
            perLimit.merge(limit.text("case_key") + " " + limit.text("kind"), 1, Integer::sum);
            due(limit, calendars, broken);
        }
        told(facts, perLimit, broken);
        return new Result(limits.size() + " limits", broken);
    }

    private record Calendar(Map<LocalDate, Boolean> working, Set<Integer> published) {
        boolean isWorking(LocalDate day) {
            var said = working.get(day);
            if (said != null) {
                return said;
            }
            boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            return !weekend && (published.contains(day.getYear()) || !FIXED.contains(MonthDay.from(day)));
        }
    }

    /** The nation's days by region {@code *}, with a region's own days above them. */
    private static Map<String, Calendar> calendars(Facts facts) {
        var calendars = new HashMap<String, Calendar>();
        facts.ofType("calendar.published.v1").forEach(said -> {
            var json = said.json();
            var calendar = calendars.computeIfAbsent(
                    json.path("region").asString(""), _ -> new Calendar(new HashMap<>(), new HashSet<>()));
            calendar.published().add(json.path("year").asInt());
            json.path("days")
                    .forEach(day -> calendar.working()
                            .put(
                                    LocalDate.parse(day.path("date").asString("")),
                                    day.path("working").asBoolean()));
        });
        return calendars;
    }

    private static void due(Row limit, Map<String, Calendar> calendars, List<String> broken) {
        // Worked out by a calendar that was replaced since: then its change is on record and may not have come yet.
        var national = calendars.getOrDefault("*", new Calendar(Map.of(), Set.of()));
        var days = new HashMap<>(national.working());
        var own = calendars.get(limit.text("region"));
        if (own != null) {
            days.putAll(own.working());
        }
        var calendar = new Calendar(days, national.published());
        var day = LocalDate.parse(limit.text("started_on"));
        for (long left = limit.number("working_days"); left > 0; ) {
            day = day.plusDays(1);
            if (calendar.isWorking(day)) {
                left--;
            }
        }
        if (!limit.is("due_on", day.toString()) && !hasPauses(limit)) {
            broken.add("limit " + limit.text("kind") + " of " + limit.text("case_key") + " is due on "
                    + limit.text("due_on") + ", the calendar says " + day);
        }
    }

    private static boolean hasPauses(Row limit) {
        var pauses = limit.orNull("pauses");
        return pauses != null && !pauses.equals("[]");
    }

    private static void told(Facts facts, Map<String, Integer> perLimit, List<String> broken) {
        var seen = new HashSet<String>();
        var times = new HashMap<String, Integer>();
        TOLD_ONCE.stream()
                .flatMap(facts::ofType)
                .filter(said -> seen.add(said.id()))
                .forEach(said -> {
                    var json = said.json();
                    var limit = said.subject() + " " + json.path("kind").asString("");
                    var what = said.type() + " " + limit + " "
                            + json.path("workingDaysLeft").asString("");
                    if (times.merge(what, 1, Integer::sum) > perLimit.getOrDefault(limit, 1)) {
                        broken.add(what.strip() + " was told " + times.get(what) + " times");
                    }
                    var end = LocalDate.parse(json.path("dueOn").asString(""))
                            .plusDays(1)
                            .atStartOfDay(ZONE)
                            .toInstant();
                    if (!said.type().equals("deadline.warned.v1")
                            && Instant.parse(said.time()).isBefore(end)) {
                        broken.add(what.strip() + " was told before the day was over");
                    }
                });
    }
}
