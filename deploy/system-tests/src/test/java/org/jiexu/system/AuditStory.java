package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jiexu.auditor.Asked;
import org.jiexu.auditor.Audit;
import org.jiexu.auditor.Database;
import org.jiexu.auditor.Facts;
import org.jiexu.auditor.Octets;
import org.jiexu.auditor.Outputs;
import org.jiexu.auditor.Row;
import org.jiexu.auditor.Said;
import org.jiexu.auditor.Verdict;
import org.jiexu.sandbox.sample.SampleRegion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The auditor finds nothing wrong with a platform that has worked, and finds and names every planted lie. */
@OnSharedPlatform
class AuditStory {
    private static final List<Asked> HISTORY = new ArrayList<>();
    private static Facts facts;

    private static synchronized Facts facts() throws Exception {
        if (facts == null) {
            var sandbox = Platform.shared();
            for (var person : Cases.movers(sandbox, 3, SampleRegion.JINING, SampleRegion.CHANGSHA)) {
                var transfer = Cases.apply(sandbox, person, SampleRegion.JINING, SampleRegion.CHANGSHA);
                Cases.completes(transfer);
                LiesByHand.look(sandbox, transfer.number());
                HISTORY.add(new Asked(Cases.key(person, SampleRegion.CHANGSHA), "ok", transfer.number()));
            }
            Cases.isQuiet(sandbox);
            var evidence = new Evidence(sandbox);
            facts = Audit.facts(
                    evidence.bootstrap(),
                    "jdbc:postgresql://127.0.0.1:" + sandbox.addresses().postgres() + "/",
                    "postgres",
                    "",
                    HISTORY);
        }
        return facts;
    }

    @Test
    void findsNothingWrongWithWhatHappened() throws Exception {
        assertThat(Verdict.on(facts()).broken()).isEmpty();
    }

    static Stream<Arguments> lies() {
        return Stream.concat(LiesByHand.all(), general());
    }

    private static Stream<Arguments> general() {
        return Stream.of(
                lie(
                        "a dropped event",
                        "I4",
                        "never reached",
                        facts -> said(facts, all -> without(all, last(all, "info-sheet.issued.v1")))),
                lie(
                        "an event that nobody said",
                        "I4",
                        "stands in no journal",
                        facts -> said(facts, all -> with(all, invented(last(all, "transfer.completed.v1"))))),
                lie(
                        "a case that has vanished",
                        "I2",
                        "was accepted and is not there",
                        facts -> rows(facts, "transfer_case", AuditStory::withoutTheLast)),
                lie("a gap in a sequence", "I4", "is missing", AuditStory::withAGap),
                lie(
                        "an event that a reader passed over",
                        "I4",
                        "was passed over",
                        facts -> rows(facts, "inbox", AuditStory::withoutTheLast)),
                lie(
                        "a flipped byte",
                        "I5",
                        "is not signed by its key",
                        facts -> said(
                                facts, all -> replaced(all, last(all, "balance.remitted.v1"), AuditStory::flipped))),
                lie(
                        "one 分 shifted on an account",
                        "I1",
                        "its postings say",
                        facts -> rows(facts, "account", rows -> changed(rows, "balance", 1))),
                lie(
                        "one 分 shifted in a posting",
                        "I1",
                        "sums to 1",
                        facts -> rows(facts, "posting_line", rows -> changed(rows, "amount", 1))),
                lie(
                        "a doubled credit",
                        "I3",
                        "was credited 2 times",
                        facts -> rows(facts, "posting", AuditStory::withADoubledCredit)),
                lie(
                        "a credit of a region without a part",
                        "I3",
                        "was credited with the money of 110000",
                        facts -> rows(facts, "posting", AuditStory::withAStrangersCredit)),
                lie(
                        "a correction without its advance",
                        "I3",
                        "without having advanced it",
                        facts -> rows(facts, "posting", AuditStory::withACorrectionOfNothing)),
                lie(
                        "a blocked arrival",
                        "I3",
                        "was sent and never arrived",
                        facts -> rows(facts, "posting", AuditStory::withoutAnArrival)),
                lie(
                        "two ends",
                        "I2",
                        "and WITHDRAWN where it comes from",
                        facts -> rows(facts, "outgoing_case", rows -> set(rows, "state", "WITHDRAWN"))),
                lie("an answer that was not kept", "I8", "which is not there", AuditStory::withAForgottenCase),
                lie("two applications for one key", "I9", "was answered with", AuditStory::withAnotherAnswer),
                lie(
                        "a limit that is not the calendar's",
                        "I7",
                        "the calendar says",
                        facts -> rows(facts, "deadline", rows -> set(rows, "due_on", "2026-10-02"))),
                lie(
                        "a timer that fired twice",
                        "I7",
                        "was told 2 times",
                        facts -> said(
                                facts,
                                all -> with(
                                        all,
                                        timer("T1", "2026-12-01T00:00:00Z"),
                                        timer("T2", "2026-12-01T00:00:01Z")))),
                lie(
                        "a timer that fired early",
                        "I7",
                        "before the day was over",
                        facts -> said(facts, all -> with(all, timer("T1", "2026-09-20T00:00:00Z")))),
                lie(
                        "a debt in two quarters",
                        "I12",
                        "stands in 2026Q3 and in 2026Q4",
                        AuditStory::withADebtInTwoQuarters),
                lie(
                        "a debt that was never credited",
                        "I12",
                        "was never credited",
                        facts -> said(facts, all -> with(all, debt("D1")))),
                lie("a parked message", "L", "is parked", AuditStory::withAParkedMessage),
                lie("a name in a log", "I11", "names somebody", AuditStory::withANameInALog),
                lie(
                        "a planted record that a reader has swallowed",
                        "L",
                        "has not put aside what was planted at platform.progress-0@0",
                        facts -> asked(
                                facts,
                                new Asked("", "alone", null),
                                new Asked("platform.progress-0@0", "poison", null))),
                lie(
                        "a dead letter that nobody planted",
                        "L",
                        "has put aside planted-0@7: BAD_SIGNATURE",
                        facts -> asked(withADeadLetter(facts), new Asked("", "alone", null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void namesEachLie(String name, String invariant, String words, UnaryOperator<Facts> plant) throws Exception {
        var broken = Verdict.on(plant.apply(facts())).broken();

        assertThat(broken).as(name).anyMatch(what -> what.startsWith(invariant + ": ") && what.contains(words));
    }

    static Arguments lie(String name, String invariant, String words, UnaryOperator<Facts> plant) {
        return Arguments.of(name, invariant, words, plant);
    }

    private static Facts asked(Facts facts, Asked... more) {
        var history = Stream.concat(facts.history().stream(), Stream.of(more)).toList();
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), facts.databases(), history);
    }

    private static Facts withADeadLetter(Facts facts) {
        var row = new Row(Map.of("topic", "planted", "partition", "0", "log_offset", "7", "reason", "BAD_SIGNATURE"));
        var databases = new ArrayList<>(facts.databases());
        databases.add(new Database("planted", Map.of("quarantined", List.of(row))));
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), databases, facts.history());
    }

    private static Facts withANameInALog(Facts facts) {
        try {
            var log = Files.createTempFile(Path.of("target"), "planted", ".log");
            Files.writeString(log, "INFO taken in: 甲样安, 190200199001010011\n");
            return facts.with(new Outputs(Set.of("甲样安"), List.of(log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Facts said(Facts facts, UnaryOperator<List<Said>> change) {
        return new Facts(
                change.apply(facts.said()), facts.unreadable(), facts.ends(), facts.databases(), facts.history());
    }

    /** Changes the table in the first database that has rows in it. */
    static Facts rows(Facts facts, String table, UnaryOperator<List<Row>> change) {
        var databases = new ArrayList<Database>();
        boolean changed = false;
        for (var database : facts.databases()) {
            var before = database.tables().getOrDefault(table, List.of());
            if (changed || before.isEmpty()) {
                databases.add(database);
            } else {
                var tables = new HashMap<>(database.tables());
                tables.put(table, change.apply(before));
                databases.add(new Database(database.name(), tables));
                changed = true;
            }
        }
        assertThat(changed).as("there are rows in " + table).isTrue();
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), databases, facts.history());
    }

    private static Said last(List<Said> all, String type) {
        return all.stream()
                .filter(one -> one.type().equals(type))
                .reduce((_, b) -> b)
                .orElseThrow();
    }

    private static List<Said> without(List<Said> all, Said one) {
        return all.stream().filter(other -> !other.id().equals(one.id())).toList();
    }

    private static List<Said> with(List<Said> all, Said... more) {
        return Stream.concat(all.stream(), Stream.of(more)).toList();
    }

    private static List<Said> replaced(List<Said> all, Said one, UnaryOperator<Said> change) {
        return all.stream()
                .map(other -> other.id().equals(one.id()) ? change.apply(other) : other)
                .toList();
    }

    private static Said flipped(Said said) {
        byte[] data = said.data().toArray();
        data[data.length / 2] ^= 1;
        return saying(said, said.id(), Octets.of(data), said.time());
    }

    private static Said invented(Said said) {
        return saying(said, "00000000-0000-7000-8000-000000000000", said.data(), said.time());
    }

    private static Said saying(Said said, String id, Octets data, String time) {
        return new Said(
                said.topic(),
                said.partition(),
                said.offset(),
                id,
                said.source(),
                said.type(),
                said.to(),
                said.subject(),
                time,
                said.sequence(),
                said.keyId(),
                said.signature(),
                data);
    }

    private static Said timer(String id, String time) {
        return new Said(
                "platform.deadline",
                0,
                Long.MAX_VALUE,
                id,
                "/regions/370800/transfer-out",
                "deadline.missed.v1",
                "*",
                "planted",
                time,
                1,
                "",
                Octets.of(new byte[0]),
                Octets.of("{\"kind\":\"ISSUE\",\"region\":\"370800\",\"dueOn\":\"2026-09-28\"}"
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static Said debt(String id) {
        return new Said(
                "platform.clearing.430000",
                0,
                Long.MAX_VALUE,
                id,
                "/regions/430100/settlement",
                "debt.recorded.v1",
                "430000",
                id,
                "2026-09-20T00:00:00Z",
                1,
                "",
                Octets.of(new byte[0]),
                Octets.of(("{\"debt\":\"" + id + "\",\"amount\":\"1.00\",\"bookedAt\":\"2026-09-20T00:00:00Z\"}")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static Facts withAGap(Facts facts) {
        return rows(facts, "event_journal", rows -> {
            var last = rows.stream()
                    .filter(row -> "1".equals(row.columns().get("sequence")))
                    .filter(row -> rows.stream().anyMatch(other -> isNext(row, other)))
                    .findFirst()
                    .orElseThrow();
            return rows.stream().filter(row -> !row.equals(last)).toList();
        });
    }

    private static boolean isNext(Row row, Row other) {
        return "2".equals(other.columns().get("sequence"))
                && Stream.of("source", "subject", "topic")
                        .allMatch(column -> String.valueOf(row.columns().get(column))
                                .equals(other.columns().get(column)));
    }

    static List<Row> withoutTheLast(List<Row> rows) {
        return rows.subList(0, rows.size() - 1);
    }

    private static List<Row> changed(List<Row> rows, String column, long by) {
        var changed = new ArrayList<>(rows);
        var first = new HashMap<>(rows.getFirst().columns());
        first.put(column, Long.toString(Long.parseLong(String.valueOf(first.get(column))) + by));
        changed.set(0, new Row(first));
        return changed;
    }

    static List<Row> set(List<Row> rows, String column, String value) {
        return rows.stream()
                .map(row -> {
                    var columns = new HashMap<>(row.columns());
                    columns.put(column, value);
                    return new Row(columns);
                })
                .toList();
    }

    private static List<Row> withADoubledCredit(List<Row> rows) {
        var credit = rows.stream()
                .filter(row -> String.valueOf(row.columns().get("business_key")).startsWith("credit:"))
                .findFirst()
                .orElseThrow();
        var again = new HashMap<>(credit.columns());
        var key = String.valueOf(again.get("business_key"));
        again.put("business_key", key.substring(0, key.lastIndexOf('-')) + "-9");
        return Stream.concat(rows.stream(), Stream.of(new Row(again))).toList();
    }

    private static List<Row> withAStrangersCredit(List<Row> rows) {
        return renamed(rows, "credit:", key -> key.substring(0, key.indexOf('<')) + "<110000");
    }

    /** A region's own remittance, taken for a correction that it has heard of. */
    private static List<Row> withACorrectionOfNothing(List<Row> rows) {
        return renamed(rows, "remit:", key -> key.replace("remit:", "correct:"));
    }

    private static List<Row> withoutAnArrival(List<Row> rows) {
        return renamed(rows, "arrive:", key -> "lost:" + key);
    }

    /** The first posting whose key begins so has another one. */
    private static List<Row> renamed(List<Row> rows, String verb, UnaryOperator<String> change) {
        var changed = new ArrayList<>(rows);
        for (int i = 0; i < changed.size(); i++) {
            var columns = new HashMap<>(changed.get(i).columns());
            var key = String.valueOf(columns.get("business_key"));
            if (key.startsWith(verb)) {
                columns.put("business_key", change.apply(key));
                changed.set(i, new Row(columns));
                return changed;
            }
        }
        throw new AssertionError("no posting begins with " + verb);
    }

    private static Facts withAForgottenCase(Facts facts) {
        var history = new ArrayList<>(facts.history());
        history.add(new Asked("forgotten", "ok", "430100-26-22222222-2"));
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), facts.databases(), history);
    }

    private static Facts withAnotherAnswer(Facts facts) {
        var history = new ArrayList<>(facts.history());
        history.add(new Asked(history.getFirst().key(), "ok", history.getLast().number()));
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), facts.databases(), history);
    }

    private static Facts withADebtInTwoQuarters(Facts facts) {
        return planted(
                facts,
                "clearing_debt",
                List.of(
                        new Row(Map.of("debt", "D1", "quarter", "2026Q3")),
                        new Row(Map.of("debt", "D1", "quarter", "2026Q4"))));
    }

    private static Facts withAParkedMessage(Facts facts) {
        return planted(
                facts,
                "parked_input",
                List.of(new Row(Map.of("type", "info-sheet.issued.v1", "subject", "planted", "reason", "too early"))));
    }

    private static Facts planted(Facts facts, String table, List<Row> rows) {
        var databases = new ArrayList<>(facts.databases());
        databases.add(new Database("planted", Map.of(table, rows)));
        return new Facts(facts.said(), facts.unreadable(), facts.ends(), databases, facts.history());
    }
}
