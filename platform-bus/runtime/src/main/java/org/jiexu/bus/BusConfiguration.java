package org.jiexu.bus;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.DirectoryConfiguration;
import org.jiexu.bus.directory.DirectoryFollower;
import org.jiexu.bus.inbox.EventConsumer;
import org.jiexu.bus.inbox.InboxConfiguration;
import org.jiexu.bus.journal.Journal;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.journal.QuarantinePublisher;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.operations.OperationsConfiguration;
import org.jiexu.bus.service.BusHealth;
import org.jiexu.bus.service.BusLifecycle;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.service.Registration;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.TimeConfiguration;
import org.jiexu.bus.web.TraceContext;
import org.jiexu.bus.web.WebConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything of the bus that a service with a database needs: imported by each service's application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JiexuProperties.class)
@Import({
    DirectoryConfiguration.class,
    InboxConfiguration.class,
    WebConfiguration.class,
    TimeConfiguration.class,
    OperationsConfiguration.class,
    MemberConfiguration.class
})
public class BusConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(BusConfiguration.class);

    @Bean
    ServiceIdentity serviceIdentity(JiexuProperties properties) {
        var service = properties.service();
        if (service == null) {
            throw new IllegalStateException("jiexu.service is not set");
        }
        return ServiceIdentity.of(service, properties.hostedRegions());
    }

    @Bean
    CrashPoints crashPoints(JiexuProperties properties) {
        return CrashPoints.ofSetting(properties.crash());
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    SigningKeys signingKeys(JdbcClient jdbc, ServiceIdentity identity, BusinessClock clock) {
        return new SigningKeys(jdbc, identity, clock);
    }

    @Bean
    Journal journal(JdbcTemplate jdbc, SigningKeys keys, BusinessClock clock, JiexuProperties properties) {
        return new Journal(
                jdbc,
                keys,
                clock,
                BusConfiguration::traceParent,
                properties.outbox().shards());
    }

    private static @Nullable String traceParent() {
        var current = TraceContext.current();
        return current == null ? null : current.traceparent();
    }

    @Bean(destroyMethod = "")
    Relay relay(
            ServiceIdentity identity,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Producer<String, byte[]> producer,
            CrashPoints crashPoints) {
        return new Relay(identity.service().path(), jdbc, transaction, producer, crashPoints);
    }

    @Bean
    QuarantinePublisher quarantinePublisher(
            ServiceIdentity identity,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Producer<String, byte[]> producer) {
        return new QuarantinePublisher(identity.service().path(), jdbc, transaction, producer);
    }

    @Bean
    Outbox outbox(Journal journal, Relay relay) {
        return new Outbox(journal, relay);
    }

    /** After topics were lost: what this journal holds from that position on is said again, byte for byte. */
    @Bean
    @ConditionalOnProperty("jiexu.outbox.republish-from")
    ApplicationRunner republish(Journal journal, Relay relay, @Value("${jiexu.outbox.republish-from}") long position) {
        return _ -> {
            LOG.info("{} events from position {} will be said again", journal.republishFrom(position), position);
            relay.wake();
        };
    }

    @Bean
    BusLifecycle busLifecycle(
            ServiceIdentity identity,
            DirectoryFollower follower,
            Directory directory,
            SigningKeys keys,
            Relay relay,
            EventConsumer consumer,
            QuarantinePublisher quarantine,
            ObjectProvider<Registration> registration) {
        // The registry registers nowhere.
        return new BusLifecycle(
                identity,
                follower,
                directory,
                keys,
                relay,
                consumer,
                quarantine,
                registration.getIfAvailable(() -> new Registration(() -> {})));
    }

    /** Healthy while messages are taken and sent; a peer's outage does not make this service unhealthy. */
    @Bean
    BusHealth busHealth(BusLifecycle lifecycle, EventConsumer consumer, MeterRegistry meters) {
        return new BusHealth(lifecycle, consumer, meters);
    }

    /**
     * Migrations run on a connection of their own: what a table of millions of rows costs them has nothing to do with the
     * time after which a half-open connection of the pool is given up.
     */
    @Bean
    FlywayConfigurationCustomizer migrationsWithoutTimeout(DataSource dataSource) {
        return flyway -> {
            var own = DataSourceBuilder.derivedFrom(dataSource)
                    .type(SimpleDriverDataSource.class)
                    .build();
            var properties = new Properties();
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("logServerErrorDetail", "false");
            own.setConnectionProperties(properties);
            flyway.dataSource(own);
        };
    }

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> eventProducer(@Value("${spring.kafka.bootstrap-servers}") String brokers) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The relay flushes: waiting for company would only cost time.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    ConsumerFactory<String, byte[]> eventConsumerFactory(@Value("${spring.kafka.bootstrap-servers}") String brokers) {
        return new DefaultKafkaConsumerFactory<>(
                consumerSettings(brokers), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Shared with the directory's follower and the gateway. */
    public static Map<String, Object> consumerSettings(String brokers) {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "jiexu-" + UUID.randomUUID());
        return settings;
    }
}
