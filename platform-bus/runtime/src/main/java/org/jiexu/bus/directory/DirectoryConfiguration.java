package org.jiexu.bus.directory;

import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The directory's copy and the clock; in the database where there is one, in memory at the gateway. */
@Configuration(proxyBeanMethods = false)
public class DirectoryConfiguration {
    @Bean
    BusinessClock businessClock(JiexuProperties properties) {
        return new BusinessClock(
                properties.isSandbox() ? BusinessClock.Mode.SANDBOX : BusinessClock.Mode.SYSTEM,
                InstantSource.system());
    }

    @Bean(destroyMethod = "close")
    Admin kafkaAdminClient(@Value("${spring.kafka.bootstrap-servers}") String brokers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000));
    }

    @Bean
    Directory directory() {
        return new Directory();
    }

    @Bean
    Policies policies(Directory directory, BusinessClock clock) {
        return new Policies(directory, clock);
    }

    @Bean(destroyMethod = "close")
    DirectoryFollower directoryFollower(
            Directory directory,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<TransactionTemplate> transaction,
            @Value("${spring.kafka.bootstrap-servers}") String brokers,
            Admin admin,
            JiexuProperties properties,
            BusinessClock clock,
            ObjectProvider<ClockListener> listeners) {
        return new DirectoryFollower(
                directory,
                store(jdbc.getIfAvailable(), transaction.getIfAvailable()),
                () -> new KafkaConsumer<>(
                        BusConfiguration.consumerSettings(brokers),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()),
                admin,
                new TrustAnchor(properties.trust().registryKeyFile()),
                clock,
                () -> listeners.forEach(ClockListener::clockMoved));
    }

    private static DirectoryStore store(@Nullable JdbcClient jdbc, @Nullable TransactionTemplate transaction) {
        return jdbc == null || transaction == null
                ? new DirectoryStore.InMemory()
                : new PostgresDirectoryStore(jdbc, transaction);
    }
}
