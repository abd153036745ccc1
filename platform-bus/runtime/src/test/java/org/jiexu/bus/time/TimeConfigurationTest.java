package org.jiexu.bus.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jiexu.bus.time.Calendars.CHANGSHA;
import static org.jiexu.bus.time.Calendars.at;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.journal.Journal;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock.Mode;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.ServiceName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The recurring task as a service has it: nobody calls the sweep here. */
class TimeConfigurationTest {

    @Configuration(proxyBeanMethods = false)
    @Import(TimeConfiguration.class)
    static class Service {
        @Bean
        BusinessClock businessClock() {
            return new BusinessClock(Mode.SYSTEM, () -> at("2026-09-29T00:00"));
        }

        @Bean
        ServiceIdentity serviceIdentity() {
            return ServiceIdentity.of(ServiceName.TRANSFER_IN, List.of(CHANGSHA));
        }

        @Bean
        Directory directory() {
            return new Directory();
        }

        @Bean
        Policies policies(Directory directory, BusinessClock clock) {
            return new Policies(directory, clock);
        }

        @Bean
        CrashPoints crashPoints() {
            return new CrashPoints();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }

        @Bean
        Outbox outbox(
                JdbcTemplate jdbc, TransactionTemplate transaction, ServiceIdentity identity, Clock businessClock) {
            var client = JdbcClient.create(jdbc);
            var keys = new SigningKeys(client, identity, businessClock);
            keys.generateMissing();
            var relay = new Relay("transfer-in", client, transaction, new MockProducer<>(), new CrashPoints());
            return new Outbox(new Journal(jdbc, keys, businessClock, () -> null, 1), relay);
        }
    }

    @Test
    void sweepsEverySecondByItself() {
        var database = TestInfrastructure.shared().newDatabase("time");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        DbSchedulerAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.user(),
                        "spring.datasource.password=" + database.password(),
                        "spring.flyway.locations=classpath:db/bus")
                .withUserConfiguration(Service.class)
                .run(context -> {
                    var deadlines = context.getBean(Deadlines.class);
                    var sweep = context.getBean(DeadlineSweep.class);
                    var jdbc = context.getBean(JdbcClient.class);

                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> sweep.sweptThrough().isPresent());
                    context.getBean(TransactionTemplate.class)
                            .executeWithoutResult(_ -> deadlines.start(
                                    "430100-26-7KQ4M2XD-9", DeadlineKind.BOOK, CHANGSHA, at("2026-09-14T09:00"), 5));

                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(jdbc.sql("select type from event_journal order by sequence")
                                            .query((row, _) -> row.getString(1))
                                            .list())
                                    .containsExactly(
                                            "deadline.warned.v1",
                                            "deadline.warned.v1",
                                            "deadline.missed.v1",
                                            "deadline.escalated.v1"));
                    assertThat(context.getBean(DbSchedulerProperties.class).getPollingInterval())
                            .isEqualTo(Duration.ofSeconds(1));
                });
    }
}
