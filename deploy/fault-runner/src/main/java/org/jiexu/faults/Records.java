package org.jiexu.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The platform's topics, read and written beside the services. */
final class Records {
    private static final String PREFIX = "platform.";
    private static final String QUARANTINE = "platform.quarantine.";
    private static final String DIRECTORY = "platform.directory";
    /** A broker that has just been killed, or a machine full of starting programs, answers late. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LARGEST_REQUEST = 16 << 20;

    private final String bootstrap;

    Records(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The number of the Kafka node that leads the others; 0 when none does. */
    int leader() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return admin.describeMetadataQuorum()
                    .quorumInfo()
                    .get(5, TimeUnit.SECONDS)
                    .leaderId();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Where each partition that services read ends now; quarantine topics are for people. */
    Map<TopicPartition, Long> ends() {
        try (var consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer), PATIENCE);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        return consumer.listTopics(PATIENCE).entrySet().stream()
                .filter(topic ->
                        topic.getKey().startsWith(PREFIX) && !topic.getKey().startsWith(QUARANTINE))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    /** In log order per partition, from where it stood then; the directory's are left out. */
    List<ConsumerRecord<String, byte[]>> since(Map<TopicPartition, Long> then) {
        return read(then).stream()
                .filter(record -> !record.topic().equals(DIRECTORY))
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> everything() {
        return read(Map.of());
    }

    private List<ConsumerRecord<String, byte[]>> read(Map<TopicPartition, Long> from) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer);
            var ends = consumer.endOffsets(partitions, Duration.ofSeconds(5));
            consumer.assign(partitions);
            partitions.forEach(one -> consumer.seek(one, from.getOrDefault(one, 0L)));
            var all = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    /** Byte for byte, in the order given. */
    void sendAgain(List<ConsumerRecord<String, byte[]>> records) {
        send(records.stream()
                .map(record ->
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()))
                .toList());
    }

    /** Where each of them stands now; null for what the broker has refused. */
    List<String> send(List<ProducerRecord<String, byte[]>> records) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        // The broker shall refuse what is too large, not this client.
        settings.put("max.request.size", LARGEST_REQUEST);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            return sent.stream().map(Records::place).toList();
        }
    }

    private static String place(Future<RecordMetadata> sent) {
        try {
            var where = sent.get();
            return where.topic() + "-" + where.partition() + "@" + where.offset();
        } catch (ExecutionException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
