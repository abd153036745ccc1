package org.jiexu.auditor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** I4: what stands in a journal stands in its topic and was taken in by every reader; no sequence has a gap. */
final class NothingLost implements Check {
    private static final String COMPACTED = "platform.directory";

    /** So a history calls an event whose speaker's database was restored from before it. */
    private static final String FORGOTTEN = "forgotten";

    @Override
    public String invariant() {
        return "I4";
    }

    @Override
    public String holds() {
        return "no event is lost, none is made up";
    }

    @Override
    public Result look(Facts facts) {
        var broken = new ArrayList<String>();
        var byId = new HashMap<String, Said>();
        facts.said().forEach(said -> byId.putIfAbsent(said.id(), said));
        var journalled = new HashMap<String, Row>();
        facts.all("event_journal").forEach(row -> journalled.put(row.text("id"), row));
        var waiting = waiting(facts);
        journalled.forEach((id, row) -> {
            if (!byId.containsKey(id) && !waiting.contains(id) && !row.is("topic", COMPACTED)) {
                broken.add(row.text("type") + " " + row.text("subject") + " of " + row.text("source")
                        + " never reached " + row.text("topic"));
            }
        });
        gaps(journalled.values(), broken);
        var outside = quarantined(facts);
        var forgotten = facts.history().stream()
                .filter(asked -> asked.outcome().equals(FORGOTTEN))
                .map(Asked::key)
                .collect(Collectors.toSet());
        for (var said : facts.said()) {
            if (!journalled.containsKey(said.id())
                    && !outside.contains(said.place())
                    && !forgotten.contains(said.id())) {
                broken.add(said + " stands in no journal and nobody has quarantined it");
            }
        }
        facts.databases().forEach(database -> takenIn(facts, database, broken));
        return new Result(
                journalled.size() + " journalled events, " + facts.said().size() + " records", broken);
    }

    /** Journalled, and rightly still on its way. */
    private static Set<String> waiting(Facts facts) {
        var waiting = new HashSet<String>();
        for (var database : facts.databases()) {
            var positions = new HashSet<String>();
            database.rows("outbox").forEach(row -> positions.add(row.text("position")));
            database.rows("event_journal").stream()
                    .filter(row -> positions.contains(row.text("position")))
                    .forEach(row -> waiting.add(row.text("id")));
        }
        return waiting;
    }

    private static void gaps(Iterable<Row> journal, List<String> broken) {
        var lines = new HashMap<String, Set<Long>>();
        for (var row : journal) {
            lines.computeIfAbsent(
                            row.text("source") + " " + row.text("subject") + " " + row.text("topic"),
                            _ -> new HashSet<>())
                    .add(row.number("sequence"));
        }
        lines.forEach((line, sequences) -> {
            for (long n = 1; n <= sequences.size(); n++) {
                if (!sequences.contains(n)) {
                    broken.add("sequence " + n + " of " + line + " is missing");
                    return;
                }
            }
        });
    }

    private static Set<String> quarantined(Facts facts) {
        var places = new HashSet<String>();
        facts.all("quarantined")
                .forEach(row ->
                        places.add(row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset")));
        return places;
    }

    /** Each reader who acts on the type has an inbox row, or a quarantined one, for every record before its position. */
    private static void takenIn(Facts facts, Database database, List<String> broken) {
        Map<String, Long> positions = new HashMap<>();
        database.rows("topic_offset")
                .forEach(row -> positions.put(row.text("topic") + "-" + row.text("partition"), row.number("next")));
        var inbox = new HashSet<String>();
        database.rows("inbox").forEach(row -> inbox.add(row.text("id")));
        var outside = new HashSet<String>();
        database.rows("quarantined")
                .forEach(row ->
                        outside.add(row.text("topic") + "-" + row.text("partition") + "@" + row.text("log_offset")));
        for (var said : facts.said()) {
            var next = positions.get(said.topic() + "-" + said.partition());
            if (next != null
                    && said.offset() < next
                    && Readers.hears(database.name(), said)
                    && !inbox.contains(said.id())
                    && !outside.contains(said.place())) {
                broken.add(said + " was passed over by " + database.name());
            }
        }
    }
}
