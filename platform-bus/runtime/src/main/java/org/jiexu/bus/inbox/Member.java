package org.jiexu.bus.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.bus.service.Places;
import org.jiexu.bus.service.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/** One membership in the consumer group, with its positions. Once it has ended, {@link EventConsumer} begins another. */
final class Member {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);
    private static final long PAUSE_MILLIS = 250;
    private static final long POLL_MILLIS = 250;
    private static final long IDLE_MILLIS = 200;
    private static final long METRICS_MILLIS = 1000;
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(10);
    private static final Duration POSITION_PATIENCE = Duration.ofMillis(100);

    private final KafkaMessageListenerContainer<String, byte[]> container;
    private final BatchIntake intake;
    private final Positions positions = new Positions();
    private final Placement placement;
    private final Trouble trouble;
    private volatile boolean fenced;

    /** The first record of the batch in hand: a batch that failed comes again as the same objects. */
    private @Nullable ConsumerRecord<String, byte[]> underWay;

    /** Placed since the batch in hand was fetched: what it holds of these is fetched again from where we stand. */
    private final Set<TopicPartition> placedSince = new HashSet<>();

    private long placedAt;

    Member(
            String group,
            String name,
            ConsumerFactory<String, byte[]> factory,
            Subscription subscription,
            BatchIntake intake,
            PlacementFactory placements,
            Trouble trouble) {
        this.intake = intake;
        this.trouble = trouble;
        this.placement = placements.of(positions);
        var properties = subscription.pattern() == null
                ? new ContainerProperties(subscription.topics().toArray(String[]::new))
                : new ContainerProperties(subscription.pattern());
        properties.setGroupId(group);
        properties.setMissingTopicsFatal(false);
        // A static member that comes back after a kill takes its partitions over at once.
        properties
                .getKafkaConsumerProperties()
                .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "." + name);
        properties.setMessageListener((BatchConsumerAwareMessageListener<String, byte[]>) this::take);
        properties.setConsumerRebalanceListener(new OurPosition());
        properties.setPollTimeout(POLL_MILLIS);
        properties.setShutdownTimeout(10_000);
        properties.setIdleEventInterval(IDLE_MILLIS);
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(METRICS_MILLIS);
        properties.setAuthExceptionRetryInterval(REFUSED_PAUSE);
        this.container = new KafkaMessageListenerContainer<>(factory, properties);
        container.setBeanName(group);
        container.setCommonErrorHandler(untilItPasses());
        container.setApplicationEventPublisher(this::hear);
    }

    interface PlacementFactory {
        Placement of(Positions positions);
    }

    /** A fault of the moment: the batch comes again until it passes. Nothing is skipped here, whatever the fault. */
    private static CommonErrorHandler untilItPasses() {
        var handler = new DefaultErrorHandler(new FixedBackOff(PAUSE_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
        handler.setClassifications(Map.of(), true);
        return handler;
    }

    void start() {
        container.start();
    }

    boolean isRunning() {
        return container.isRunning();
    }

    /** Another member has come with our name. */
    boolean isFenced() {
        return fenced;
    }

    /** Asks the broker from any thread; throws when it does not answer. */
    void compareLogs() {
        placement.compareLogs();
    }

    void stop() {
        container.stop();
    }

    private void take(List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> given) {
        var consumer = Objects.requireNonNull(given, "a consumer-aware container gives its consumer");
        try {
            var fit = fit(records, consumer);
            if (!fit.isEmpty()) {
                intake.take(fit, positions);
            }
            if (missing(consumer).isEmpty()) {
                trouble.over();
            }
        } catch (TopicOffsets.FenceLost e) {
            LOG.warn("{}: going to where the database stands", e.getMessage());
            follow(positions.touchedBy(records), consumer);
        } catch (Verifier.KeyNotYetKnown e) {
            trouble.found("waiting: " + e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            trouble.found("records cannot be taken: " + Places.inShort(e), e);
            throw e;
        }
    }

    /** What of the batch continues where we stand; the rest is not ours any more, or is fetched again from there. */
    private List<ConsumerRecord<String, byte[]>> fit(
            List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        if (!Objects.equals(underWay, records.getFirst())) {
            underWay = records.getFirst();
            placedSince.clear();
            records.forEach(record -> doubt(BatchIntake.partition(record), record.offset()));
        }
        place(consumer);
        var mine = consumer.assignment();
        return records.stream()
                .filter(record -> {
                    var partition = BatchIntake.partition(record);
                    return mine.contains(partition)
                            && positions.isPlaced(partition)
                            && !placedSince.contains(partition);
                })
                .toList();
    }

    /** Newly fetched from before our position: the log is not what it was. */
    private void doubt(TopicPartition partition, long offset) {
        if (positions.isPlaced(partition) && offset < positions.next(partition)) {
            LOG.warn("{} has gone back to {}: looking at its log again", partition, offset);
            placement.revoked(List.of(partition));
        }
    }

    private List<TopicPartition> missing(Consumer<?, ?> consumer) {
        return consumer.assignment().stream()
                .filter(partition -> !positions.isPlaced(partition))
                .toList();
    }

    /** Never throws: a failed look leaves the partition without a standing, and the next call looks again. */
    private void place(Consumer<?, ?> consumer) {
        placement.dropDoubted();
        var missing = missing(consumer);
        boolean failedJustNow = trouble.now().isPresent() && System.nanoTime() - placedAt < PAUSE_MILLIS * 1_000_000;
        if (missing.isEmpty() || failedJustNow) {
            return;
        }
        placedSince.addAll(missing);
        try {
            placement.place(missing, consumer);
        } catch (RuntimeException e) {
            trouble.found("its place in the topics is not known: " + Places.inShort(e), e);
        }
        placedAt = System.nanoTime();
    }

    private void follow(Collection<TopicPartition> touched, Consumer<?, ?> consumer) {
        var mine = consumer.assignment();
        var ours = touched.stream().filter(mine::contains).toList();
        placedSince.addAll(ours);
        placement.follow(ours, consumer);
    }

    /** What the container tells; of quiet moments on the consumer's thread. */
    private void hear(Object event) {
        switch (event) {
            case ListenerContainerIdleEvent quiet -> inAQuietMoment(quiet.getConsumer());
            case ConsumerStoppedEvent stopped -> fenced = stopped.getReason() == ConsumerStoppedEvent.Reason.FENCED;
            case ConsumerRetryAuthEvent refused ->
                trouble.found("the broker refuses this service: " + refused.getReason());
            default -> {}
        }
    }

    private void inAQuietMoment(Consumer<?, ?> consumer) {
        try {
            place(consumer);
            for (var partition : consumer.assignment()) {
                if (positions.isPlaced(partition)) {
                    long position = consumer.position(partition, POSITION_PATIENCE);
                    doubt(partition, position);
                    if (positions.isPlaced(partition)) {
                        positions.reached(partition, position);
                    }
                }
            }
            intake.settle(positions);
            if (missing(consumer).isEmpty()) {
                trouble.over();
            }
        } catch (TopicOffsets.FenceLost e) {
            follow(positions.touchedBy(List.of()), consumer);
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            LOG.debug("the client does not know its position yet", e);
        } catch (RuntimeException e) {
            // Comes again with the next records or the next quiet moment.
            trouble.found("the database is not told how far records were passed over: " + Places.inShort(e), e);
        }
    }

    private final class OurPosition implements ConsumerAwareRebalanceListener {
        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            // An exception here would leave them to the client at Kafka's position: it never asks again.
            placement.revoked(partitions);
            place(consumer);
        }

        @Override
        public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            placement.revoked(partitions);
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            placement.revoked(partitions);
        }
    }
}
