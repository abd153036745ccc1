package org.jiexu.bus.time;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.ClockListener;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Deadlines and their sweep; one recurring task per service, on the real clock. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:org/jiexu/bus/time/scheduler.properties")
public class TimeConfiguration {
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Bean
    DeadlineStore deadlineStore(JdbcTemplate jdbc) {
        return new DeadlineStore(jdbc);
    }

    @Bean
    PauseStore pauseStore(JdbcTemplate jdbc) {
        return new PauseStore(jdbc);
    }

    @Bean
    Deadlines deadlines(
            DeadlineStore store,
            PauseStore pauses,
            BusinessClock clock,
            Directory directory,
            Policies policies,
            MeterRegistry meters) {
        return new Deadlines(
                store,
                pauses,
                clock,
                directory::workingDays,
                region -> policies.numbers(Policies.WARN_WORKING_DAYS, region),
                region -> policies.number(Policies.DEADLINE_ESCALATION, region),
                new ProvisionalAlarm(meters));
    }

    @Bean
    DeadlineSweep deadlineSweep(
            DeadlineStore store,
            PlatformTransactionManager transactionManager,
            BusinessClock clock,
            ServiceIdentity identity,
            Directory directory,
            Outbox outbox,
            CrashPoints crashPoints) {
        var transactions = new TransactionTemplate(transactionManager);
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var revision =
                new DeadlineRevision(store, transactions, clock, identity, directory::workingDays, outbox::append);
        return new DeadlineSweep(
                store, revision, transactions, clock, identity, directory::workingDays, outbox::append, crashPoints);
    }

    @Bean
    RecurringTask<Void> deadlineSweepTask(DeadlineSweep sweep) {
        return Tasks.recurring("deadline-sweep", FixedDelay.of(EVERY)).execute((_, _) -> sweep.sweepDue());
    }

    @Bean
    ClockController clockController(BusinessClock clock, DeadlineSweep sweep) {
        return new ClockController(clock, sweep);
    }

    @Bean
    ClockListener sweepWhenTheClockMoves(DeadlineSweep sweep) {
        return sweep::sweepNow;
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> sweepWhenReady(DeadlineSweep sweep) {
        return _ -> sweep.sweepNow();
    }
}
