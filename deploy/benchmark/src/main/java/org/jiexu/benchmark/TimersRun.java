package org.jiexu.benchmark;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.wire.vocabulary.CaseNumber;

/** N limits of the old region that are all overdue from one instant on: until each is said, published, and in the index. */
final class TimersRun implements AutoCloseable {
    private static final String SERVICE = "transfer_out";
    private static final String SAID = "select count(*) from event_journal where type = 'deadline.missed.v1'";

    private final Sandbox sandbox;
    private final Progress progress;
    private final int timers;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private long movedAt;
    private volatile long saidAt;
    private volatile long publishedAt;
    private volatile long indexedAt;

    TimersRun(Sandbox sandbox, Progress progress, int timers) {
        this.sandbox = sandbox;
        this.progress = progress;
        this.timers = timers;
    }

    /** Puts them there and lets the instant come; the answer is not waited for. */
    void begin() throws SQLException {
        if (timers == 0) {
            return;
        }
        var now = Instant.parse(sandbox.door()
                .get("operator", "/api/v1/operations/clock")
                .expect(200)
                .text("now"));
        var instant = now.plusSeconds(3600);
        progress.say("putting " + timers + " limits that are overdue from " + instant + " on");
        insert(instant);
        movedAt = System.nanoTime();
        Thread.ofVirtual()
                .start(() -> sandbox.door()
                        .post(
                                "operator",
                                "/api/v1/operations/clock",
                                Map.of("to", instant.plusSeconds(1).toString())));
        var _ = watch.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** Copies of a real row, so that nothing has to be worked out anew. */
    private void insert(Instant instant) throws SQLException {
        var random = new Random(46);
        try (var connection = Costs.connection(sandbox, SERVICE)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("create temporary table burst (number text) on commit drop");
                try (var numbers = connection.prepareStatement("insert into burst values (?)")) {
                    for (int i = 0; i < timers; i++) {
                        numbers.setString(
                                1,
                                CaseNumber.random(SampleRegion.CHANGSHA.code(), 2026, random)
                                        .value());
                        numbers.addBatch();
                        if (i % 1_000 == 999) {
                            numbers.executeBatch();
                        }
                    }
                    numbers.executeBatch();
                }
                statement.execute("""
                    insert into deadline (case_key, kind, region, started_at, started_on, working_days, due_on,
                                          promised_days, promised_on, provisional, explanation, calendar, warnings,
                                          next_step, next_at)
                    select b.number, d.kind, d.region, d.started_at, d.started_on, d.working_days, d.due_on,
                           d.promised_days, d.promised_on, d.provisional, d.explanation, d.calendar, d.warnings,
                           'OVERDUE', '%s'
                      from burst b
                      cross join (select * from deadline where kind = 'ISSUE' order by id desc limit 1) d
                    """.formatted(instant));
                connection.commit();
                connection.setAutoCommit(true);
                statement.execute("vacuum analyze deadline");
            }
        }
    }

    private void look() {
        if (saidAt == 0 && Costs.number(sandbox, SERVICE, SAID) >= timers) {
            saidAt = System.nanoTime();
            progress.say("all " + timers + " are said");
        }
        if (saidAt != 0 && publishedAt == 0 && Costs.number(sandbox, SERVICE, "select count(*) from outbox") == 0) {
            publishedAt = System.nanoTime();
            progress.say("all " + timers + " are published");
        }
        if (publishedAt != 0
                && indexedAt == 0
                && Costs.number(sandbox, "registry", "select count(*) from case_deadline where missed_at is not null")
                        >= timers) {
            indexedAt = System.nanoTime();
            progress.say("all " + timers + " are in the index");
        }
    }

    /** Waits for the end of the burst. */
    String report() throws InterruptedException {
        if (timers == 0) {
            return "";
        }
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (indexedAt == 0 && System.nanoTime() < patience) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return """
            timers due at one instant %d
            said and signed after     %s
            published after           %s
            in the index after        %s
            """.formatted(timers, seconds(saidAt), seconds(publishedAt), seconds(indexedAt));
    }

    private String seconds(long at) {
        return at == 0 ? "not within ten minutes" : "%.1f s".formatted((at - movedAt) / 1e9);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
