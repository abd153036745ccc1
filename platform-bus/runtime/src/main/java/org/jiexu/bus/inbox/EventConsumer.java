package org.jiexu.bus.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Reads this service's topics. The position is the database's: sought on assignment, from 0 when the topic is another
 * one or shorter than we remember. Kafka's own committed offset is written for lag metrics only.
 */
public final class EventConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    private static final long PAUSE_MILLIS = 250;
    private static final long POLL_MILLIS = 250;
    private static final long IDLE_MILLIS = 200;
    private static final long METRICS_MILLIS = 1000;

    private final KafkaMessageListenerContainer<String, byte[]> container;
    private final BatchIntake intake;
    private final TopicOffsets offsets;
    private final Admin admin;
    private final Positions positions = new Positions();

    EventConsumer(
            String group,
            String instance,
            ConsumerFactory<String, byte[]> factory,
            Subscription subscription,
            BatchIntake intake,
            TopicOffsets offsets,
            Admin admin) {
        this.intake = intake;
        this.offsets = offsets;
        this.admin = admin;
        var properties = subscription.pattern() == null
                ? new ContainerProperties(subscription.topics().toArray(String[]::new))
                : new ContainerProperties(subscription.pattern());
        properties.setGroupId(group);
        properties.setMissingTopicsFatal(false);
        // A static member that comes back after a kill takes its partitions over at once.
        properties
                .getKafkaConsumerProperties()
                .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "." + instance);
        properties.setMessageListener((BatchConsumerAwareMessageListener<String, byte[]>) this::take);
        properties.setConsumerRebalanceListener(new SeekToOurPosition());
        properties.setPollTimeout(POLL_MILLIS);
        properties.setShutdownTimeout(10_000);
        properties.setIdleEventInterval(IDLE_MILLIS);
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(METRICS_MILLIS);
        this.container = new KafkaMessageListenerContainer<>(factory, properties);
        container.setBeanName(group);
        container.setCommonErrorHandler(untilItPasses());
        container.setApplicationEventPublisher(this::whenIdle);
    }

    /** A fault of the moment: the batch comes again until it passes. Nothing is skipped here. */
    private static CommonErrorHandler untilItPasses() {
        return new DefaultErrorHandler(new FixedBackOff(PAUSE_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
    }

    public void start() {
        container.start();
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void take(List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> given) {
        var consumer = Objects.requireNonNull(given, "a consumer-aware container gives its consumer");
        try {
            intake.take(records, positions);
        } catch (TopicOffsets.FenceLost e) {
            LOG.warn("{}: going to where the database stands", e.getMessage());
            seek(positions.touchedBy(records), consumer);
        } catch (Verifier.KeyNotYetKnown e) {
            LOG.info("waiting: {}", e.getMessage());
            throw e;
        }
    }

    /** On the consumer's thread. */
    private void whenIdle(Object event) {
        if (event instanceof ListenerContainerIdleEvent) {
            intake.settle(positions);
        }
    }

    private void seek(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        var ids = topicIds(partitions);
        var ends = consumer.endOffsets(partitions);
        for (var partition : partitions) {
            var id = ids.get(partition.topic());
            if (id == null) {
                throw new IllegalStateException("no topic id for " + partition.topic());
            }
            var known = offsets.of(partition.topic(), partition.partition());
            long end = ends.getOrDefault(partition, 0L);
            if (known.isEmpty()
                    || !known.get().topicId().equals(id)
                    || known.get().next() > end) {
                if (known.isPresent()) {
                    LOG.warn("{} is not the log we knew: reading it from 0", partition);
                }
                offsets.reset(partition.topic(), partition.partition(), id, 0);
                known = offsets.of(partition.topic(), partition.partition());
            }
            positions.assigned(partition, known.orElseThrow());
            consumer.seek(partition, known.orElseThrow().next());
        }
    }

    private Map<String, String> topicIds(Collection<TopicPartition> partitions) {
        try {
            var names =
                    partitions.stream().map(TopicPartition::topic).distinct().toList();
            var ids = new HashMap<String, String>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
            return ids;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not describe its topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private final class SeekToOurPosition implements ConsumerAwareRebalanceListener {
        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                seek(partitions, consumer);
            }
        }

        @Override
        public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            positions.revoked(partitions);
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            positions.revoked(partitions);
        }
    }
}
