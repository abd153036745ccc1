package org.jiexu.auditor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Every record of the platform's topics from offset 0 to where they end now. */
final class ReadTopics {
    private static final String PREFIX = "platform.";
    private static final String QUARANTINE = "platform.quarantine.";

    private ReadTopics() {}

    record Topics(List<Said> said, List<String> unreadable, Map<String, Long> ends) {}

    static Topics of(String bootstrap) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic ->
                            topic.getKey().startsWith(PREFIX) && !topic.getKey().startsWith(QUARANTINE))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var said = new ArrayList<Said>();
            var unreadable = new ArrayList<String>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    take(record, said, unreadable);
                }
            }
            var byName = new HashMap<String, Long>();
            ends.forEach((partition, end) -> byName.put(partition.topic() + "-" + partition.partition(), end));
            return new Topics(said, unreadable, byName);
        }
    }

    private static void take(ConsumerRecord<String, byte[]> record, List<Said> said, List<String> unreadable) {
        try {
            said.add(new Said(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    header(record, "ce_id"),
                    header(record, "ce_source"),
                    header(record, "ce_type"),
                    header(record, "ce_to"),
                    header(record, "ce_subject"),
                    header(record, "ce_time"),
                    Long.parseLong(header(record, "ce_sequence")),
                    header(record, "ce_keyid"),
                    Octets.of(Base64.getDecoder().decode(header(record, "ce_signature"))),
                    Octets.of(Objects.requireNonNull(record.value(), "no data"))));
        } catch (NullPointerException | IllegalArgumentException e) {
            // No event of this platform: somebody must have kept it out.
            unreadable.add(record.topic() + "-" + record.partition() + "@" + record.offset());
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = Objects.requireNonNull(record.headers().lastHeader(name), name);
        return new String(Objects.requireNonNull(header.value(), name), StandardCharsets.UTF_8);
    }
}
