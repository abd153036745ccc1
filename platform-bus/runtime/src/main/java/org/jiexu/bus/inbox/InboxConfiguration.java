package org.jiexu.bus.inbox;

import org.apache.kafka.clients.admin.Admin;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.service.ServiceIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the way of a message from the broker to the service's handler. */
@Configuration(proxyBeanMethods = false)
public class InboxConfiguration {
    @Bean
    Verifier verifier(Directory directory, ObjectProvider<EventHandler> handler) {
        return new Verifier(directory, type -> handler.getObject().hears(type));
    }

    @Bean
    Parking parking(JdbcClient jdbc, ObjectProvider<EventHandler> handler) {
        return new Parking(jdbc, handler);
    }

    @Bean
    ParkedOffer parkedOffer(Parking parking, TransactionTemplate transaction) {
        return new ParkedOffer(parking, transaction);
    }

    @Bean
    QuarantineReplay quarantineReplay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Verifier verifier,
            Parking parking,
            EventHandler handler) {
        return new QuarantineReplay(jdbc, transaction, verifier, parking, handler);
    }

    @Bean(destroyMethod = "")
    EventConsumer eventConsumer(
            ServiceIdentity identity,
            JiexuProperties properties,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ConsumerFactory<String, byte[]> factory,
            Parking parking,
            Verifier verifier,
            EventHandler handler,
            Outbox outbox,
            Admin admin,
            CrashPoints crashPoints) {
        var offsets = new TopicOffsets(jdbc);
        var intake = new BatchIntake(
                transaction,
                offsets,
                new Inbox(jdbc),
                parking,
                new Quarantine(jdbc),
                verifier,
                handler,
                outbox,
                crashPoints);
        var group = identity.service().path() + "." + Deployment.id(jdbc);
        return new EventConsumer(
                properties.instanceOrHost(),
                (name, trouble) -> new Member(
                        group,
                        name,
                        factory,
                        handler.subscription(),
                        intake,
                        positions -> new Placement(offsets, admin, positions),
                        trouble));
    }
}
