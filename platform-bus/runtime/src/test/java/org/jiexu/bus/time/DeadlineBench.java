package org.jiexu.bus.time;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock.Mode;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.DeadlineEscalatedV1;
import org.jiexu.wire.contract.DeadlineMissedV1;
import org.jiexu.wire.contract.DeadlineRevisedV1;
import org.jiexu.wire.contract.DeadlineWarnedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.vocabulary.ServiceName;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service's deadlines on a real database with a clock in the test's hand. What is said goes to a table. */
final class DeadlineBench {
    private static final PGSimpleDataSource DATABASE = migrated();

    final BusinessClock clock;
    final TransactionTemplate transactions;
    final JdbcClient jdbc;
    final DeadlineStore store;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Deadlines deadlines;
    List<Integer> warnings = List.of(3, 1);
    int escalation = 5;
    private final Instant system = Instant.parse("2030-01-01T00:00:00Z");
    private WorkingCalendar calendar = Calendars.published();

    DeadlineBench(String now) {
        clock = new BusinessClock(Mode.SANDBOX, () -> system);
        moveTo(now);
        var template = new JdbcTemplate(DATABASE);
        template.execute("truncate deadline, case_pause, said restart identity");
        transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
        jdbc = JdbcClient.create(template);
        store = new DeadlineStore(template);
        deadlines = new Deadlines(
                store,
                new PauseStore(template),
                clock,
                region -> calendar.of(region),
                _ -> warnings,
                _ -> escalation,
                new ProvisionalAlarm(meters));
    }

    /** One database for all benches, emptied for each: they come one after another. */
    private static PGSimpleDataSource migrated() {
        var database = TestInfrastructure.shared().newDatabase("deadline");
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/bus")
                .load()
                .migrate();
        new JdbcTemplate(dataSource)
                .execute("create table said (id bigint generated always as identity, subject text, source text, what"
                        + " text)");
        return dataSource;
    }

    void moveTo(String now) {
        clock.set(Calendars.at(now), system);
    }

    void publish(WorkingCalendar published) {
        calendar = published;
    }

    void inTransaction(Runnable work) {
        transactions.executeWithoutResult(_ -> work.run());
    }

    <T> T inTransaction(Supplier<T> work) {
        return requireNonNull(transactions.execute(_ -> work.get()));
    }

    DeadlineSweep sweep() {
        return sweep(new CrashPoints());
    }

    /** A sweep as a newly started process has it. */
    DeadlineSweep sweep(CrashPoints crashPoints) {
        var identity = ServiceIdentity.of(ServiceName.TRANSFER_OUT, List.of(Calendars.CHANGSHA, Calendars.JINING));
        var revision =
                new DeadlineRevision(store, transactions, clock, identity, region -> calendar.of(region), this::say);
        return new DeadlineSweep(
                store, revision, transactions, clock, identity, region -> calendar.of(region), this::say, crashPoints);
    }

    /** Everything said so far, in order. */
    List<String> said() {
        return jdbc.sql("select subject || ' ' || what from said order by id")
                .query((row, _) -> requireNonNull(row.getString(1)))
                .list();
    }

    private void say(Event event) {
        jdbc.sql("insert into said (subject, source, what) values (:subject, :source, :what)")
                .param("subject", event.subject())
                .param("source", event.source().toString())
                .param("what", inWords(event.data()))
                .update();
    }

    private static String inWords(EventData data) {
        return switch (data) {
            case DeadlineWarnedV1 warned ->
                "%s %d left until %s".formatted(warned.kind(), warned.workingDaysLeft(), warned.dueOn());
            case DeadlineMissedV1 missed -> "%s missed since %s".formatted(missed.kind(), missed.dueOn());
            case DeadlineEscalatedV1 escalated ->
                "%s escalated to %s".formatted(escalated.kind(), escalated.province());
            case DeadlineRevisedV1 revised ->
                "%s due %s instead of %s"
                        .formatted(revised.limit().kind(), revised.limit().dueOn(), revised.before());
            default -> throw new AssertionError("not said by the sweep: " + data);
        };
    }
}
