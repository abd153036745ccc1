package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.story.ClockMove;
import org.jiexu.sandbox.story.TransferCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten cases over 国庆节 2026, off from 1 to 7 October with Saturday the 10th worked: the clock is moved from midnight to
 * midnight, and everything is said on its day, once, although services are stopped in between.
 */
class HolidayStory {
    private static final List<String> SPEAKERS = List.of("transfer_in", "transfer_out", "settlement");
    private static final String DAY_OF_APPLICATION = "2026-09-28T01:00:00Z";

    /** A: 石家庄 has not issued its sheet; B: 石家庄 has not booked the sheet; C: done by itself. */
    private static final String EXPECTED = """
        2026-10-08 BOOK warned 3: B1 B2 B3 B4
        2026-10-10 BOOK warned 1: B1 B2 B3
        2026-10-11 BOOK missed: B1 B2 B3
        2026-10-14 ISSUE warned 3: A1 A2 A3
        2026-10-16 ISSUE warned 1: A1 A2
        2026-10-17 BOOK escalated: B1 B2 B3
        2026-10-17 ISSUE missed: A1 A2
        2026-10-20 ISSUE warned 3: A4
        2026-10-21 MATCH warned 3: B1 B2 B3
        2026-10-21 PROMISE warned 3: A1 A2 B1 B2 B3
        2026-10-22 ISSUE warned 1: A4
        2026-10-23 ISSUE missed: A4
        2026-10-23 MATCH warned 1: B1 B2 B3
        2026-10-23 PROMISE warned 1: A1 A2 B1 B2 B3
        2026-10-24 ISSUE escalated: A1 A2
        2026-10-24 MATCH missed: B1 B2 B3
        2026-10-24 PROMISE missed: A1 A2 B1 B2 B3
        2026-10-27 PROMISE warned 3: A4
        2026-10-29 PROMISE warned 1: A4
        2026-10-30 ISSUE escalated: A4
        2026-10-30 PROMISE missed: A4
        2026-10-31 MATCH escalated: B1 B2 B3
        2026-10-31 PROMISE escalated: A1 A2 B1 B2 B3
        2026-11-06 PROMISE escalated: A4
        """;

    private final Map<String, TransferCase> cases = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final List<String> said = new ArrayList<>();

    @Test
    @Tag("R4.2")
    @Tag("R4.6")
    @Tag("R4.7")
    void everythingIsSaidOnItsDayOnceWhateverIsStoppedInBetween() {
        try (var sandbox = Platform.startAlone("holiday")) {
            var evidence = new Evidence(sandbox);
            move(sandbox, DAY_OF_APPLICATION);
            apply(sandbox, "A", 4, SampleRegion.SHIJIAZHUANG, SampleRegion.CHANGSHA);
            apply(sandbox, "B", 4, SampleRegion.JINING, SampleRegion.SHIJIAZHUANG);
            apply(sandbox, "C", 2, SampleRegion.JINING, SampleRegion.CHANGSHA);
            List.of("A1", "A2", "A3", "A4").forEach(name -> of(name).awaitOut("HELD"));
            List.of("B1", "B2", "B3", "B4").forEach(name -> of(name).await("RECEIVED"));
            List.of("C1", "C2").forEach(name -> Cases.completes(of(name)));
            Cases.isQuiet(sandbox);

            for (var day = LocalDate.of(2026, 9, 29); day.isBefore(LocalDate.of(2026, 11, 9)); day = day.plusDays(1)) {
                begin(sandbox, day);
                listen(evidence, day);
                during(sandbox, day);
            }

            assertThat(said).containsExactlyElementsOf(EXPECTED.lines().toList());
            assertThat(nothingMore(sandbox, evidence)).isEmpty();
            // A and B of the transfer services; MATCH belongs to no case of the index that its owner tells of.
            await().atMost(Cases.PATIENCE)
                    .untilAsserted(() -> assertThat(evidence.query(
                                    "registry",
                                    "select count(*) from case_deadline where escalated_at is not null"
                                            + " and kind in ('ISSUE', 'BOOK', 'PROMISE')"))
                            .containsExactly("12"));
        }
    }

    private void apply(Sandbox sandbox, String letter, int count, SampleRegion from, SampleRegion to) {
        int n = 0;
        for (var person : Cases.movers(sandbox, count, from, to)) {
            var transfer = Cases.apply(sandbox, person, from, to);
            cases.put(letter + ++n, transfer);
            names.put(transfer.number(), letter + n);
        }
    }

    /** At midnight; the 14th begins while the old regions' service is down: its moments are said when it starts. */
    private static void begin(Sandbox sandbox, LocalDate day) {
        String midnight = day.minusDays(1) + "T16:00:00Z";
        if (!day.equals(LocalDate.of(2026, 10, 14))) {
            move(sandbox, midnight);
            return;
        }
        sandbox.services().stop("transfer-out");
        var moved = CompletableFuture.runAsync(() -> move(sandbox, midnight));
        await().atMost(Cases.PATIENCE)
                .until(() -> sandbox.door()
                                .get("operator", "/api/v1/operations/clock")
                                .text("now")
                                .compareTo(midnight)
                        >= 0);
        sandbox.services().start("transfer-out");
        moved.join();
    }

    /** What people do that day, and a service that is stopped and started again. */
    private void during(Sandbox sandbox, LocalDate day) {
        switch (day.toString()) {
            case "2026-10-08" ->
                sandbox.door()
                        .post("clerk-130100", desk("A4") + "/pause", Map.of("reason", "请补充转出申请"))
                        .expect(200);
            case "2026-10-09" -> {
                of("B4").confirm(1).expect(200);
                Cases.completes(of("B4"));
            }
            case "2026-10-12" ->
                sandbox.door()
                        .post("clerk-130100", desk("A4") + "/resumption", null)
                        .expect(200);
            case "2026-10-14" -> {
                of("A3").issue().expect(200);
                Cases.completes(of("A3"));
            }
            case "2026-10-20" -> {
                sandbox.services().stop("transfer-in");
                sandbox.services().start("transfer-in");
            }
            // On the other days nobody does anything: what is said was written before the clock answered.
            default -> {
                return;
            }
        }
        Cases.isQuiet(sandbox);
    }

    private String desk(String name) {
        return "/api/v1/agency/130100/transfers-out/" + of(name).number();
    }

    private TransferCase of(String name) {
        return Objects.requireNonNull(cases.get(name), name);
    }

    private static void move(Sandbox sandbox, String to) {
        ClockMove.by(sandbox.door(), Map.of("to", to)).expect(200);
    }

    /** What has been said since the last look, by kind and what, with the cases that it was said of. */
    private void listen(Evidence evidence, LocalDate day) {
        var today = new TreeMap<String, TreeSet<String>>();
        for (String line : all(evidence)) {
            var parts = line.split(" ", 4);
            String what = parts[1] + " " + parts[2] + ": ";
            if (seen.put(line, line) == null) {
                String name = names.getOrDefault(parts[0].substring(0, parts[0].indexOf('/')), "?");
                assertThat(today.computeIfAbsent(what.replace('_', ' '), _ -> new TreeSet<>())
                                .add(name))
                        .as(line)
                        .isTrue();
            }
        }
        today.forEach((what, whose) -> said.add(day + " " + what + String.join(" ", whose)));
    }

    private List<String> nothingMore(Sandbox sandbox, Evidence evidence) {
        Cases.isQuiet(sandbox);
        var more = new ArrayList<>(all(evidence));
        more.removeAll(seen.keySet());
        return more;
    }

    private static List<String> all(Evidence evidence) {
        var lines = new ArrayList<String>();
        for (String speaker : SPEAKERS) {
            lines.addAll(evidence.query(speaker, """
                select subject || '/' || position || ' ' || (said ->> 'kind') || ' '
                       || replace(replace(type, 'deadline.', ''), '.v1', '')
                       || coalesce('_' || (said ->> 'workingDaysLeft'), '')
                  from (select *, convert_from(data, 'UTF8')::jsonb as said from event_journal) j
                 where topic = 'platform.deadline' order by position
                """));
        }
        return lines;
    }
}
