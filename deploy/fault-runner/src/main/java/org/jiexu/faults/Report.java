package org.jiexu.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** What all runs into one directory have shown: a line of JSON for each, and the tables that docs/RELIABILITY.md shows. */
final class Report {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path results;

    Report(Path directory) {
        this.results = directory.resolve("results.jsonl");
    }

    void add(Result result) throws IOException {
        Files.writeString(
                results, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Result> all() throws IOException {
        if (!Files.exists(results)) {
            return List.of();
        }
        // The newest of each: a seed that was run again counts as it is now.
        var newest = new LinkedHashMap<String, Result>();
        for (var line : Files.readAllLines(results)) {
            var result = JSON.readValue(line, Result.class);
            newest.remove(result.name());
            newest.put(result.name(), result);
        }
        return List.copyOf(newest.values());
    }

    String markdown() throws IOException {
        var byFault = new TreeMap<Fault, List<Result>>();
        for (var result : all()) {
            byFault.computeIfAbsent(Fault.parse(result.fault()), _ -> new ArrayList<>())
                    .add(result);
        }
        var text = new StringBuilder("""
            | fault | what | seeds | clean | people | asked again | drained: median · slowest |
            |---|---|---|---|---|---|---|
            """);
        byFault.forEach((fault, results) -> text.append("| %s | %s | %s | %d of %d | %d | %d | %s |%n"
                .formatted(
                        fault,
                        fault.words(),
                        seeds(results),
                        results.stream().filter(Result::isClean).count(),
                        results.size(),
                        results.stream().mapToInt(Result::asked).sum(),
                        results.stream().mapToInt(Result::retried).sum(),
                        spread(results.stream()
                                .map(Result::drainMillis)
                                .filter(millis -> millis >= 0)
                                .toList()))));
        recovery(byFault.values(), text);
        broken(byFault.values(), text);
        return text.toString();
    }

    private static void recovery(Iterable<List<Result>> all, StringBuilder text) {
        var byWhat = new TreeMap<String, List<Long>>();
        all.forEach(results -> results.forEach(result -> result.recoveryMillis()
                .forEach((what, millis) ->
                        byWhat.computeIfAbsent(what, _ -> new ArrayList<>()).addAll(millis))));
        text.append("""

            | killed | times | first completion of a case asked for afterwards: median · slowest |
            |---|---|---|
            """);
        byWhat.forEach(
                (what, millis) -> text.append("| %s | %d | %s |%n".formatted(what, millis.size(), spread(millis))));
    }

    private static void broken(Iterable<List<Result>> all, StringBuilder text) {
        all.forEach(results -> results.stream()
                .filter(result -> !result.isClean())
                .forEach(result -> {
                    text.append("%n%s is not clean (`deploy/faults --fault %s --seed %d`):%n"
                            .formatted(result.name(), result.fault(), result.seed()));
                    result.broken().stream()
                            .limit(10)
                            .forEach(what -> text.append("- ").append(what).append('\n'));
                }));
    }

    /** As ranges: {@code 1–20, 23}. */
    private static String seeds(List<Result> results) {
        var sorted = new TreeSet<Long>();
        results.forEach(result -> sorted.add(result.seed()));
        var ranges = new ArrayList<String>();
        long first = -1;
        long last = -2;
        for (long seed : sorted) {
            if (seed != last + 1) {
                if (first >= 0) {
                    ranges.add(range(first, last));
                }
                first = seed;
            }
            last = seed;
        }
        ranges.add(range(first, last));
        return String.join(", ", ranges);
    }

    private static String range(long first, long last) {
        return first == last ? Long.toString(first) : first + "–" + last;
    }

    private static String spread(List<Long> millis) {
        if (millis.isEmpty()) {
            return "—";
        }
        var sorted = millis.stream().sorted().toList();
        return "%.1f s · %.1f s".formatted(sorted.get(sorted.size() / 2) / 1000.0, sorted.getLast() / 1000.0);
    }
}
