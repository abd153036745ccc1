package org.jiexu.bus.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.bus.BusConfiguration;

/** Everything that topics of one partition hold. Tests ask again and again: what was read once is kept. */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Kept> kept = new HashMap<>();

    private static final class Kept {
        private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        private long position;
    }

    public TopicReader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                BusConfiguration.consumerSettings(bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    public synchronized List<ConsumerRecord<String, byte[]>> records(String topic) {
        var partition = new TopicPartition(topic, 0);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        var known = kept.computeIfAbsent(topic, _ -> new Kept());
        if (known.position < end) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, known.position);
            while (consumer.position(partition) < end) {
                known.records.addAll(consumer.poll(Duration.ofMillis(200)).records(partition));
            }
            known.position = consumer.position(partition);
        }
        return List.copyOf(known.records);
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
