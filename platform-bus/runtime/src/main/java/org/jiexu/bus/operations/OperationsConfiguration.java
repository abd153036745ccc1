package org.jiexu.bus.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.inbox.ParkedOffer;
import org.jiexu.bus.inbox.QuarantineReplay;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What every service shows its operators. */
@Configuration(proxyBeanMethods = false)
public class OperationsConfiguration {
    @Bean
    Channel channel(
            JdbcClient jdbc,
            Admin admin,
            Producer<String, byte[]> producer,
            BusinessClock clock,
            ObjectProvider<CircuitBreakerRegistry> breakers) {
        return new Channel(jdbc, admin, producer, clock, breakers.getIfAvailable(), InstantSource.system());
    }

    @Bean
    ChannelMetrics channelMetrics(
            Channel channel,
            MeterRegistry meters,
            Producer<String, byte[]> producer,
            Relay relay,
            ServiceIdentity identity) {
        Gauge.builder("jiexu.outbox.refused", relay, Relay::refusedLines)
                .description("Topics and keys that stand still because the broker refuses the size of a record")
                .register(meters);
        return new ChannelMetrics(channel, meters, producer, identity);
    }

    @Bean
    ServiceOperationsController serviceOperationsController(
            ServiceIdentity identity, Channel channel, JdbcClient jdbc, QuarantineReplay replay) {
        return new ServiceOperationsController(
                identity, channel, new QuarantineStore(jdbc), new ClosingStore(jdbc), replay);
    }

    @Bean
    ClosingsController closingsController(
            ServiceIdentity identity, JdbcClient jdbc, TransactionTemplate transaction, ParkedOffer offer) {
        var closings = new ClosingStore(jdbc);
        return new ClosingsController(
                identity, closings, new CloseMessage(closings, new QuarantineStore(jdbc), transaction), offer);
    }

    @Bean
    JournalController journalController(ServiceIdentity identity, JdbcClient jdbc, Directory directory) {
        return new JournalController(identity, new JournalStore(jdbc), directory);
    }
}
