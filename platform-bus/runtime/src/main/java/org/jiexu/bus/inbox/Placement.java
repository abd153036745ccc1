package org.jiexu.bus.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.bus.inbox.TopicOffsets.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the consumer where the database stands: from 0 where the topic is another one or shorter than we remember. What
 * cannot be placed now stays without a standing, and is tried again with the next records or the next quiet moment.
 */
final class Placement {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
    private static final long PATIENCE_SECONDS = 10;

    private final TopicOffsets offsets;
    private final Admin admin;
    private final Positions positions;
    private final Map<TopicPartition, String> logs = new ConcurrentHashMap<>();
    private final Set<TopicPartition> doubted = ConcurrentHashMap.newKeySet();

    Placement(TopicOffsets offsets, Admin admin, Positions positions) {
        this.offsets = offsets;
        this.admin = admin;
        this.positions = positions;
    }

    /** Throws when one of them cannot be placed now; the others are. */
    void place(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        var ids = topicIds(
                partitions.stream().map(TopicPartition::topic).distinct().toList());
        for (var partition : partitions) {
            var id = ids.get(partition.topic());
            if (id != null) {
                place(partition, id, consumer);
            }
        }
        if (!ids.keySet()
                .containsAll(partitions.stream().map(TopicPartition::topic).toList())) {
            throw new NotPlaced("the broker does not describe every topic that was given to us");
        }
    }

    private void place(TopicPartition partition, String id, Consumer<?, ?> consumer) {
        // The row before the end: a log only grows, so what another has taken since then is never seen as beyond its
        // end.
        var known = offsets.of(partition.topic(), partition.partition());
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (known.isEmpty()) {
            offsets.begin(partition.topic(), partition.partition(), id);
        } else if (!known.get().topicId().equals(id) || known.get().next() > end) {
            LOG.warn("{} is not the log we knew: reading it from 0", partition);
            // Another may have come first: then its row holds.
            offsets.reset(partition.topic(), partition.partition(), known.get(), new Standing(id, 0));
        } else {
            put(partition, known.get(), consumer);
            return;
        }
        put(partition, offsets.of(partition.topic(), partition.partition()).orElseThrow(), consumer);
    }

    /** Another has moved these: its row holds, and nothing is written. Without a row they are placed anew. */
    void follow(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        for (var partition : partitions) {
            offsets.of(partition.topic(), partition.partition())
                    .ifPresentOrElse(row -> put(partition, row, consumer), () -> positions.revoked(List.of(partition)));
        }
    }

    private void put(TopicPartition partition, Standing at, Consumer<?, ?> consumer) {
        consumer.seek(partition, at.next());
        positions.assigned(partition, at);
        logs.put(partition, at.topicId());
    }

    void revoked(Collection<TopicPartition> partitions) {
        positions.revoked(partitions);
        partitions.forEach(logs::remove);
        partitions.forEach(doubted::remove);
    }

    /** From any thread: throws when the broker does not answer; partitions whose topic was made anew are placed again. */
    void compareLogs() {
        askBroker();
        var ids = topicIds(
                logs.keySet().stream().map(TopicPartition::topic).distinct().toList());
        logs.forEach((partition, known) -> {
            var id = ids.get(partition.topic());
            if (id != null && !id.equals(known)) {
                doubted.add(partition);
            }
        });
    }

    /** Also while nothing is placed: then there is no topic to ask for. */
    private void askBroker() {
        try {
            admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotPlaced("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotPlaced("interrupted", e);
        }
    }

    /** On the consumer's thread: what was doubted has no standing any more. */
    void dropDoubted() {
        for (var partition : List.copyOf(doubted)) {
            doubted.remove(partition);
            logs.remove(partition);
            positions.revoked(List.of(partition));
        }
    }

    /** Of those topics that exist; throws when the broker does not answer. */
    private Map<String, String> topicIds(List<String> topics) {
        var ids = new HashMap<String, String>();
        var described = admin.describeTopics(topics).topicNameValues();
        for (var topic : described.entrySet()) {
            try {
                ids.put(
                        topic.getKey(),
                        topic.getValue()
                                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .topicId()
                                .toString());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof org.apache.kafka.common.errors.UnknownTopicOrPartitionException)) {
                    throw new NotPlaced("the broker does not describe its topics", e);
                }
            } catch (TimeoutException e) {
                throw new NotPlaced("the broker does not describe its topics", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NotPlaced("interrupted", e);
            }
        }
        return ids;
    }

    /** A fault of the moment. */
    static final class NotPlaced extends RuntimeException {
        NotPlaced(String message) {
            super(message);
        }

        NotPlaced(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
