package org.jiexu.bus.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where this consumer believes to stand; the truth is {@link TopicOffsets}. Used by the consumer's thread alone. */
final class Positions {
    private final Map<TopicPartition, TopicOffsets.Standing> standing = new HashMap<>();

    void assigned(TopicPartition partition, TopicOffsets.Standing at) {
        standing.put(partition, at);
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(standing::remove);
    }

    long next(TopicPartition partition) {
        return known(partition).next();
    }

    String topicId(TopicPartition partition) {
        return known(partition).topicId();
    }

    void advance(List<BatchIntake.Item> items) {
        for (var item : items) {
            var partition = BatchIntake.partition(item.record());
            standing.put(
                    partition,
                    new TopicOffsets.Standing(topicId(partition), item.record().offset() + 1));
        }
    }

    private TopicOffsets.Standing known(TopicPartition partition) {
        var at = standing.get(partition);
        if (at == null) {
            throw new IllegalStateException(partition + " is not assigned");
        }
        return at;
    }
}
