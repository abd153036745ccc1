package org.jiexu.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.time.BusinessClock;
import tools.jackson.databind.JsonNode;

/** What somebody sees in the lists of cases and limits, page by page to the end. */
final class SeenCases {
    private final RunningRegistry registry;
    private final String token;
    private final String query;

    record SeenCase(
            String sending,
            String receiving,
            String status,
            String step,
            String holder,
            String firstAt,
            LocalDate acceptedOn,
            LocalDate endedOn) {
        boolean isOpen() {
            return !List.of("COMPLETED", "REFUSED", "WITHDRAWN", "DECLINED").contains(status);
        }

        String side() {
            return holder.isEmpty() ? "" : holder.equals(receiving) ? "RECEIVING" : "OLD";
        }

        LocalDate firstOn() {
            return day(Instant.parse(firstAt));
        }
    }

    record SeenLimit(
            String region,
            String kind,
            String step,
            LocalDate dueOn,
            LocalDate promisedOn,
            int workingDaysLeft,
            boolean paused,
            boolean escalated,
            boolean provisional) {}

    SeenCases(RunningRegistry registry, String token, String query) {
        this.registry = registry;
        this.token = token;
        this.query = query;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, BusinessClock.ZONE);
    }

    List<SeenCase> cases() {
        var accepted = days("step = 'ACCEPTED'");
        var ended = days("status in ('COMPLETED', 'REFUSED', 'WITHDRAWN', 'DECLINED')");
        return pages("/api/v1/operations/cases").stream()
                .map(one -> new SeenCase(
                        one.path("sending").asString(),
                        one.path("receiving").asString(),
                        one.path("status").asString(),
                        one.path("step").asString(),
                        one.path("holder").asString(""),
                        one.path("firstAt").asString(),
                        accepted.getOrDefault(one.path("number").asString(), LocalDate.MIN),
                        ended.getOrDefault(one.path("number").asString(), LocalDate.MIN)))
                .toList();
    }

    private Map<String, LocalDate> days(String steps) {
        record Day(String number, LocalDate on) {}
        var days = new HashMap<String, LocalDate>();
        registry.jdbc()
                .sql("select number, min(at) as at from case_step where " + steps + " group by number")
                .query((row, n) -> new Day(
                        row.getString("number"), day(row.getTimestamp("at").toInstant())))
                .list()
                .forEach(found -> days.put(found.number(), found.on()));
        return days;
    }

    List<SeenLimit> limits() {
        return pages("/api/v1/operations/deadlines").stream()
                .map(one -> new SeenLimit(
                        one.path("region").asString(),
                        one.path("kind").asString(),
                        one.path("step").asString(),
                        LocalDate.parse(one.path("dueOn").asString()),
                        LocalDate.parse(one.path("promisedOn")
                                .asString(one.path("dueOn").asString())),
                        one.path("workingDaysLeft").asInt(),
                        one.has("pausedSince"),
                        one.has("escalatedAt"),
                        one.path("provisional").asBoolean()))
                .toList();
    }

    private List<JsonNode> pages(String path) {
        var all = new ArrayList<JsonNode>();
        var after = "";
        do {
            var answer = registry.get(token, path + "?limit=37&after=" + after + query);
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.toString());
            }
            answer.body().path("items").valueStream().forEach(all::add);
            after = answer.body().path("next").asString("");
        } while (!after.isEmpty());
        return all;
    }
}
