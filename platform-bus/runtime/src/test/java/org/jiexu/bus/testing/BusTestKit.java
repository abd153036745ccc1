package org.jiexu.bus.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.CalendarDayV1;
import org.jiexu.wire.contract.CalendarPublishedV1;
import org.jiexu.wire.contract.ClockMovedV1;
import org.jiexu.wire.contract.EndpointV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/**
 * The platform around one service under test: Kafka with its topics, a directory signed by a registry of the test's own,
 * and every other service's voice. One kit at a time per JVM: the topics' names are the platform's.
 */
public final class BusTestKit implements AutoCloseable {
    /** The sandbox's first moment: 2026-09-14 09:00 in Shanghai. */
    public static final Instant START = Instant.parse("2026-09-14T01:00:00Z");

    public static final RegionCode CHANGSHA = new RegionCode("430100");
    public static final RegionCode JINING = new RegionCode("370800");
    public static final RegionCode HANGZHOU = new RegionCode("330100");
    private static final Map<String, String> NAMES =
            Map.of("430100", "长沙市", "370800", "济宁市", "330100", "杭州市", "130100", "石家庄市", "430200", "株洲市");

    private final TestInfrastructure infrastructure = TestInfrastructure.shared();
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader reader;
    private final Map<Source, Sm2KeyPair> keys = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Path trustFile;
    private Instant now = START;

    /** Topics, keys, regions, the calendar of 2026 around its National Day, and the clock at {@link #START}. */
    public BusTestKit(RegionCode... regions) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", infrastructure.bootstrapServers(), "acks", "all", "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
        reader = new TopicReader(infrastructure.bootstrapServers());
        infrastructure.createTopic(Topics.DIRECTORY, 1, true);
        infrastructure.createTopic(Topics.PROGRESS, 1, false);
        infrastructure.createTopic(Topics.DEADLINE, 1, false);
        try {
            trustFile = Files.createTempFile("registry", ".pub");
            Files.writeString(
                    trustFile, key(Source.REGISTRY).publicKey().encoded().base64());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publishKey(Source.REGISTRY);
        join(regions);
        publish("calendar/*/2026", new CalendarPublishedV1(2026, "*", "test", nationalDay2026()));
        moveClock(START);
    }

    /** Regions that take part from now on: their topics, their lines in the directory, every service's voice. */
    public void join(RegionCode... regions) {
        infrastructure.createTopics(
                Stream.of(regions).flatMap(BusTestKit::topicsOf).toList());
        for (RegionCode region : regions) {
            listRegion(region, List.of());
            for (ServiceName service : ServiceName.values()) {
                if (service != ServiceName.REGISTRY) {
                    publishKey(Source.of(region, service));
                }
            }
        }
    }

    private static Stream<String> topicsOf(RegionCode region) {
        var province = new RegionCode(region.province());
        return Stream.concat(
                Topics.ofRegion(region).stream(), Stream.of(Topics.clearing(province), Topics.quarantine(province)));
    }

    /** Settings for the service under test; add your own behind them. */
    public Map<String, Object> settings(ServiceName service, Collection<RegionCode> hosted) {
        var database = infrastructure.newDatabase(service.path().replace('-', '_'));
        var settings = new LinkedHashMap<String, Object>();
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.kafka.bootstrap-servers", infrastructure.bootstrapServers());
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("server.shutdown", "immediate");
        settings.put("jiexu.service", service.name());
        settings.put(
                "jiexu.regions",
                String.join(",", hosted.stream().map(RegionCode::value).toList()));
        settings.put("jiexu.base-url", "http://127.0.0.1:1");
        settings.put("jiexu.registry-url", "http://127.0.0.1:1");
        settings.put("jiexu.issuer", "http://127.0.0.1:1");
        settings.put("jiexu.client-id", "test");
        settings.put("jiexu.client-secret", "test");
        settings.put("jiexu.clock.mode", "sandbox");
        settings.put("jiexu.trust.registry-key-file", trustFile.toString());
        return settings;
    }

    public void listRegion(RegionCode region, List<EndpointV1> endpoints) {
        var name = NAMES.getOrDefault(region.value(), "统筹区" + region);
        publish(
                "region/" + region,
                new RegionListedV1(
                        region, name, region.province(), "省", "prefecture-city", true, List.of(), endpoints));
    }

    /** A region that the directory knows and that has no topics (R3.7). */
    public void listOffPlatform(RegionCode region) {
        var name = NAMES.getOrDefault(region.value(), "统筹区" + region);
        publish(
                "region/" + region,
                new RegionListedV1(
                        region, name, region.province(), "省", "prefecture-city", false, List.of(), List.of()));
    }

    public void policy(String name, String scope, String value) {
        var from = LocalDate.of(2020, 1, 1);
        publish("policy/" + scope + "/" + name + "/" + from, new PolicyDatedV1(name, scope, value, from, null, "test"));
    }

    /** Publishes a key for that source, which {@link #say} then signs with. The service under test registers its own. */
    public void publishKey(Source owner) {
        var pair = key(owner);
        publishKey(owner, pair);
    }

    /** As a registry would after a registration of the service under test. */
    public void publishKey(Source owner, Sm2KeyPair pair) {
        keys.put(owner, pair);
        publishKey(new KeyRegisteredV1(
                pair.publicKey().keyId(), owner, pair.publicKey().encoded(), START.minus(Duration.ofDays(1)), null));
    }

    public void publishKey(KeyRegisteredV1 registered) {
        publish("key/" + registered.keyId(), registered);
    }

    public Sm2KeyPair key(Source owner) {
        return keys.computeIfAbsent(owner, _ -> Sm2KeyPair.generate());
    }

    public void moveClock(Instant to) {
        now = to;
        publish("clock", new ClockMovedV1(to, Instant.now()));
    }

    private void publish(String thing, EventData data) {
        say(Source.REGISTRY, Topics.DIRECTORY, Topics.EVERYBODY, thing, data);
    }

    /** Says something as that source, properly signed, and waits until the broker has it. */
    public Envelope say(Source source, String topic, String to, String subject, EventData data) {
        var envelope = sign(source, topic, to, subject, data);
        send(EnvelopeHeaders.toRecord(topic, envelope));
        return envelope;
    }

    /** The signed event without sending it: to be altered, doubled, held back. */
    public Envelope sign(Source source, String topic, String to, String subject, EventData data) {
        long sequence = sequences.merge(source + " " + subject + " " + topic, 1L, Long::sum);
        return new Envelope(
                        UuidV7.next().toString(),
                        source.toString(),
                        EventType.of(data).wireName(),
                        to,
                        subject,
                        now.toString(),
                        sequence,
                        null,
                        null,
                        "",
                        Bytes.of(new byte[0]),
                        WireJson.write(data))
                .signedBy(key(source));
    }

    public void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without waiting until the broker has it. */
    public void sendSoon(String topic, Envelope envelope) {
        var _ = producer.send(EnvelopeHeaders.toRecord(topic, envelope));
    }

    public void send(String topic, Envelope envelope) {
        send(EnvelopeHeaders.toRecord(topic, envelope));
    }

    /** Everything that a topic holds now. */
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        return reader.records(topic);
    }

    /** The events of one subject on a topic, in order. */
    public List<Envelope> events(String topic, String subject) {
        return records(topic).stream()
                .map(EnvelopeHeaders::read)
                .filter(envelope -> envelope.subject().equals(subject))
                .toList();
    }

    /** Type names of the events of one subject, e.g. for {@code containsExactly}. */
    public List<String> types(String topic, String subject) {
        return events(topic, subject).stream().map(Envelope::type).toList();
    }

    public String bootstrapServers() {
        return infrastructure.bootstrapServers();
    }

    public Path trustFile() {
        return trustFile;
    }

    /** Every topic of the platform with its number of records. */
    public Map<String, Integer> sizes(Collection<String> topics) {
        var sizes = new TreeMap<String, Integer>();
        topics.forEach(topic -> sizes.put(topic, records(topic).size()));
        return sizes;
    }

    private static List<CalendarDayV1> nationalDay2026() {
        var days = new ArrayList<CalendarDayV1>();
        for (int day = 25; day <= 27; day++) {
            days.add(new CalendarDayV1(LocalDate.of(2026, 9, day), "中秋节", false));
        }
        for (int day = 1; day <= 7; day++) {
            days.add(new CalendarDayV1(LocalDate.of(2026, 10, day), "国庆节", false));
        }
        days.add(new CalendarDayV1(LocalDate.of(2026, 9, 20), "国庆节", true));
        days.add(new CalendarDayV1(LocalDate.of(2026, 10, 10), "国庆节", true));
        return days;
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
