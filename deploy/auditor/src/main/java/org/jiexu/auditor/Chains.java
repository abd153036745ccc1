package org.jiexu.auditor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** I10: looks at persons and changes of paid months stand in chains that nobody has rewritten, and the months are theirs. */
final class Chains implements Check {
    private static final String BEFORE = "before the rule";
    private static final String NO_MONTHS = ";";

    @Override
    public String invariant() {
        return "I10";
    }

    @Override
    public String holds() {
        return "looks and paid months are as they were written down";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        boolean inSandbox = facts.all("sandbox_clock").findAny().isPresent();
        int entries = 0;
        for (var database : facts.databases()) {
            looks(database, broken);
            if (database.has("months_entry")) {
                entries += database.rows("months_entry").size();
                months(database, inSandbox, broken);
                booked(database, facts, broken);
            }
        }
        return new Result(facts.all("unmasking").count() + " looks, " + entries + " entries of months", broken);
    }

    private static void looks(Database database, List<String> broken) {
        var byRegion = new TreeMap<String, List<Row>>();
        for (var look : database.rows("unmasking")) {
            if (look.orNull("no") != null) {
                byRegion.computeIfAbsent(look.text("region"), _ -> new ArrayList<>())
                        .add(look);
            }
        }
        var heads = new HashMap<String, Row>();
        database.rows("unmasking_head").forEach(head -> {
            heads.put(head.text("region"), head);
            byRegion.computeIfAbsent(head.text("region"), _ -> new ArrayList<>());
        });
        byRegion.forEach((region, chain) -> {
            chain.sort(Comparator.comparing(look -> look.number("no")));
            long no = 0;
            var before = "";
            for (var look : chain) {
                no++;
                var name = "look " + look.text("no") + " of " + region;
                if (look.number("no") != no) {
                    broken.add("look " + no + " of " + region + " is gone");
                    no = look.number("no");
                } else if (!look.text("digest")
                        .equals(sm3(
                                before,
                                look.text("number"),
                                look.text("subject"),
                                look.text("role"),
                                look.text("reason"),
                                look.text("micros")))) {
                    broken.add(name + " was changed");
                }
                before = look.text("digest");
            }
            var head = heads.get(region);
            if (head == null || head.number("no") != no || !head.text("digest").equals(before)) {
                broken.add("the last looks of " + region + " are gone");
            }
        });
    }

    private static void months(Database database, boolean inSandbox, List<String> broken) {
        var last = new HashMap<String, String>();
        var chains = database.rows("months_entry").stream()
                .collect(Collectors.groupingBy(Chains::relationship, TreeMap::new, Collectors.toList()));
        chains.forEach((relationship, chain) -> {
            chain.sort(Comparator.comparing(entry -> entry.number("no")));
            long no = 0;
            var before = "";
            for (var entry : chain) {
                if (entry.number("no") != no || !entry.text("digest").equals(digest(before, entry))) {
                    broken.add("entry " + entry.text("no") + " of the months of " + relationship
                            + " was changed, or one before it is gone");
                }
                if (!isByTwo(entry, inSandbox)) {
                    broken.add("months of " + relationship + " are by one hand");
                }
                no = entry.number("no") + 1;
                before = entry.text("digest");
                last.put(relationship, entry.text("content"));
            }
        });
        var now = now(database);
        var all = new TreeSet<>(last.keySet());
        all.addAll(now.keySet());
        all.forEach(relationship -> {
            if (!now.getOrDefault(relationship, NO_MONTHS).equals(last.getOrDefault(relationship, NO_MONTHS))) {
                broken.add("the months of " + relationship + " are not those that were written down");
            }
        });
    }

    private static boolean isByTwo(Row entry, boolean inSandbox) {
        return switch (entry.text("cause")) {
            case BEFORE -> true;
            case "sandbox" -> inSandbox;
            default -> !entry.text("prepared_by").equals(entry.text("approved_by"));
        };
    }

    /** What was there before the rule begins a chain and has no digest. */
    private static String digest(String before, Row entry) {
        return entry.is("cause", BEFORE)
                ? ""
                : sm3(
                        before,
                        entry.text("cause"),
                        entry.text("prepared_by"),
                        entry.text("approved_by"),
                        entry.text("content"));
    }

    /** Every relationship's months as an entry would write them down. */
    private static Map<String, String> now(Database database) {
        var paid = texts(
                database.rows("paid_period").stream().sorted(Comparator.comparing(row -> row.text("first"))),
                row -> row.text("first") + ".." + row.text("last") + "@" + row.text("agency"));
        var inherited = texts(
                database.rows("inherited_row").stream()
                        .filter(row -> row.is("origin", "import"))
                        .sorted(Comparator.comparing(row -> row.number("no"))),
                row -> row.text("first") + ".." + row.text("last") + "=" + row.text("months") + "@"
                        + row.text("agency_region"));
        var all = new HashSet<>(paid.keySet());
        all.addAll(inherited.keySet());
        return all.stream()
                .collect(Collectors.toMap(
                        one -> one, one -> paid.getOrDefault(one, "") + ";" + inherited.getOrDefault(one, "")));
    }

    private static Map<String, String> texts(Stream<Row> rows, Function<Row, String> text) {
        return rows.collect(
                Collectors.groupingBy(Chains::relationship, Collectors.mapping(text, Collectors.joining(","))));
    }

    /** Rows of a sheet are those of the signed event that has booked them. */
    private static void booked(Database database, Facts facts, List<String> broken) {
        var said = facts.ofType("history.booked.v1")
                .collect(Collectors.groupingBy(
                        one -> one.json().path("caseNumber").asString(""),
                        Collectors.flatMapping(
                                one -> one.json()
                                        .path("rows")
                                        .valueStream()
                                        .map(row -> String.join(
                                                " ",
                                                row.path("from").asString(""),
                                                row.path("to").asString(""),
                                                row.path("months").asString(""),
                                                row.path("agencyRegion").asString(""))),
                                Collectors.toSet())));
        for (var row : database.rows("inherited_row")) {
            if (row.is("origin", "import")) {
                continue;
            }
            var text = String.join(
                    " ", row.text("first"), row.text("last"), row.text("months"), row.text("agency_region"));
            var rows = said.get(row.text("origin"));
            if (rows == null || !rows.contains(text)) {
                broken.add("a row of " + relationship(row) + " is not what case " + row.text("origin") + " has booked");
            }
        }
    }

    private static String relationship(Row row) {
        return row.text("person") + " in " + row.text("region") + ", scheme " + row.text("scheme");
    }

    private static String sm3(String... parts) {
        var text = Stream.of(parts).map(part -> part + "\n").collect(Collectors.joining());
        return HexFormat.of().formatHex(Said.sm3(text.getBytes(StandardCharsets.UTF_8)));
    }
}
