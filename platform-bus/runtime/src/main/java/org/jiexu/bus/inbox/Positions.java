package org.jiexu.bus.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where this consumer believes to stand; the truth is {@link TopicOffsets}. Used by the consumer's thread alone. */
final class Positions {
    private final Map<TopicPartition, TopicOffsets.Standing> standing = new HashMap<>();

    /** Behind records that left no trace, further than the database knows: it is told with the next that does. */
    private final Map<TopicPartition, Long> passed = new LinkedHashMap<>();

    void assigned(TopicPartition partition, TopicOffsets.Standing at) {
        standing.put(partition, at);
        passed.remove(partition);
    }

    boolean isPlaced(TopicPartition partition) {
        return standing.containsKey(partition);
    }

    /** The consumer stands there with nothing in hand: behind markers of transactions, which are no records. */
    void reached(TopicPartition partition, long position) {
        if (position > next(partition)) {
            passed.put(partition, position);
        }
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(standing::remove);
        partitions.forEach(passed::remove);
    }

    long next(TopicPartition partition) {
        return passed.getOrDefault(partition, known(partition).next());
    }

    String topicId(TopicPartition partition) {
        return known(partition).topicId();
    }

    void pass(List<BatchIntake.Item> items) {
        passed.putAll(behind(items));
    }

    boolean hasPassed() {
        return !passed.isEmpty();
    }

    /** What the database is to be told when these are done. */
    List<Move> moves(List<BatchIntake.Item> items) {
        var to = new LinkedHashMap<>(passed);
        to.putAll(behind(items));
        return to.entrySet().stream()
                .map(move -> new Move(move.getKey(), known(move.getKey()).next(), move.getValue()))
                .toList();
    }

    /** Partitions of the records, and those that the database would be told of together with them. */
    Set<TopicPartition> touchedBy(List<ConsumerRecord<String, byte[]>> records) {
        var touched = new LinkedHashSet<>(passed.keySet());
        records.forEach(record -> touched.add(BatchIntake.partition(record)));
        return touched;
    }

    record Move(TopicPartition partition, long from, long to) {}

    /** The database has been told. */
    void advance(List<Move> moves) {
        for (var move : moves) {
            standing.put(move.partition(), new TopicOffsets.Standing(topicId(move.partition()), move.to()));
            passed.remove(move.partition());
        }
    }

    private static Map<TopicPartition, Long> behind(List<BatchIntake.Item> items) {
        var behind = new LinkedHashMap<TopicPartition, Long>();
        items.forEach(item ->
                behind.put(BatchIntake.partition(item.record()), item.record().offset() + 1));
        return behind;
    }

    private TopicOffsets.Standing known(TopicPartition partition) {
        var at = standing.get(partition);
        if (at == null) {
            throw new IllegalStateException(partition + " is not assigned");
        }
        return at;
    }
}
