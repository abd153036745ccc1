package org.jiexu.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jiexu.bus.journal.UuidV7;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.bus.testing.TopicReader;
import org.jiexu.infrastructure.TestInfrastructure;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real registry on real PostgreSQL and Kafka, one for all tests of this module, and the voices around it. */
final class RunningRegistry {
    static final Instant START = Instant.parse("2026-09-14T01:00:00Z");
    static final RegionCode CHANGSHA = new RegionCode("430100");
    static final RegionCode JINING = new RegionCode("370800");
    static final RegionCode HANGZHOU = new RegionCode("330100");
    static final RegionCode ZHUZHOU = new RegionCode("430200");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunningRegistry ONE = new RunningRegistry();

    final TestIssuer issuer = new TestIssuer();
    private final TestInfrastructure infrastructure = TestInfrastructure.shared();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<Source, Sm2KeyPair> keys = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader reader;
    private final Random random = new Random(43);
    private final Path trustFile;
    private ConfigurableApplicationContext context;
    private final AtomicInteger batches = new AtomicInteger();
    private int persons = 7000;

    /** An answer of the door. */
    record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").asString("");
        }
    }

    static RunningRegistry shared() {
        return ONE;
    }

    private RunningRegistry() {
        try {
            trustFile = Files.createTempDirectory("trust").resolve("registry.pub");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var database = infrastructure.newDatabase("registry");
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.kafka.bootstrap-servers", infrastructure.bootstrapServers());
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("server.shutdown", "immediate");
        settings.put("jiexu.base-url", "http://127.0.0.1:1");
        settings.put("jiexu.registry-url", "http://127.0.0.1:1");
        // Services that stories have made up do not answer.
        settings.put("jiexu.registry.clock-patience", "500ms");
        settings.put("jiexu.issuer", issuer.url());
        settings.put("jiexu.client-id", "registry");
        settings.put("jiexu.client-secret", "registry");
        settings.put("jiexu.clock.mode", "sandbox");
        settings.put("jiexu.clock.start", START.toString());
        settings.put("jiexu.trust.registry-key-file", trustFile.toString());
        settings.put("jiexu.registry.on-platform", "370800,430100,330100,430200");
        policy(0, "ground.ARREARS", "330100", "true", "2026-01-01", "示例：杭州市经办规程第三条");
        policy(1, "ground.ARREARS", "430100", "true", "2028-01-01", "示例：长沙市经办规程第五条");
        policy(2, "resident.sameYear", "430200", "accept", "2026-01-01", "示例：株洲市居民医保办法第八条");
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", infrastructure.bootstrapServers(), "acks", "all", "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
        reader = new TopicReader(infrastructure.bootstrapServers());
        context = start();
        for (var region : List.of(CHANGSHA, JINING, HANGZHOU)) {
            for (var service : List.of(ServiceName.TRANSFER_IN, ServiceName.TRANSFER_OUT, ServiceName.SETTLEMENT)) {
                register(Source.of(region, service), Sm2KeyPair.generate(), "http://127.0.0.1:1/" + service.path());
            }
        }
    }

    private void policy(int n, String name, String scope, String value, String validFrom, String basis) {
        var prefix = "jiexu.registry.policies[" + n + "].";
        settings.put(prefix + "name", name);
        settings.put(prefix + "scope", scope);
        settings.put(prefix + "value", value);
        settings.put(prefix + "valid-from", validFrom);
        settings.put(prefix + "basis", basis);
    }

    private ConfigurableApplicationContext start() {
        return JiexuService.builder(RegistryApplication.class, "registry")
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    void restart() {
        context.close();
        context = start();
    }

    Path trustFile() {
        return trustFile;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    // The door --------------------------------------------------------------------------------------------------------

    Answer post(String token, String path, String json) {
        return send(token, request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A file, as an agency's system sends it. */
    Answer csv(String token, String path, String file) {
        return send(
                token,
                request(path)
                        .setHeader("Content-Type", "text/csv;charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString(file)));
    }

    /** A POST that creates. */
    Answer create(String token, String path, String idempotencyKey, String json) {
        return send(
                token,
                request(path)
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer get(String token, String path) {
        return send(token, request(path).GET());
    }

    /** A file, as it is sent. */
    String text(String token, String path) {
        try {
            return http.send(
                            request(path)
                                    .header("Authorization", "Bearer " + token)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of an answer that does not end. */
    Iterator<String> stream(String token, String path) {
        try {
            return http.send(
                            request(path)
                                    .header("Authorization", "Bearer " + token)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json");
    }

    private Answer send(String token, HttpRequest.Builder request) {
        try {
            var response = http.send(
                    request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
            var body = response.body().isBlank() ? "{}" : response.body();
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer register(Source owner, Sm2KeyPair pair, String baseUrl) {
        // A further key is valid from its registration on, and what is said here is said at the start.
        keys.putIfAbsent(owner, pair);
        return post(issuer.service(), "/internal/registrations", """
            {"service": "%s", "baseUrl": "%s", "regions": ["%s"], "keys": [
               {"keyId": "%s", "owner": "%s", "publicKey": "%s", "validFrom": "%s"}]}
            """.formatted(
                        owner.service().name(),
                        baseUrl,
                        owner.region(),
                        pair.publicKey().keyId(),
                        owner,
                        pair.publicKey().encoded().base64(),
                        START.minus(Duration.ofHours(1))));
    }

    Sm2KeyPair key(Source owner) {
        return keys.computeIfAbsent(owner, _ -> Sm2KeyPair.generate());
    }

    // Persons ---------------------------------------------------------------------------------------------------------

    CaseNumber number(RegionCode receiving) {
        return CaseNumber.random(receiving, 2026, random);
    }

    /** A number that no county gives out, with a proper check digit. */
    Certificate certificate() {
        var seventeen = "43990019900307" + "%03d".formatted(persons++ % 1000);
        return new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));
    }

    /** Imports one person's participation; the person's id. */
    String importPerson(Certificate certificate, String name, RegionCode region, String participation) {
        var answer = post(issuer.service(), "/api/v1/agency/" + region + "/participation/import", """
            {"persons": [{"certificateType": "%s", "certificateNumber": "%s", "name": "%s", "sex": "2",
                          "participations": [%s]}]}
            """.formatted(
                        certificate.type().code(), certificate.number(), name, participation));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.body().at("/persons/0/person").asString();
    }

    /** One clerk prepares these periods, a reviewer approves them. */
    void pay(Certificate certificate, RegionCode region, int months, String periods) {
        var prepared = prepareMonths(issuer.clerk(region), certificate, region, months, periods);
        var approved = approveMonths(issuer.reviewer(region), region, prepared);
        if (approved.status() != 200) {
            throw new IllegalStateException(approved.toString());
        }
    }

    Answer prepareMonths(String token, Certificate certificate, RegionCode region, int months, String periods) {
        return post(token, "/api/v1/agency/" + region + "/participation/batches", """
            {"batch": "pay-%d", "reason": "缴费补录", "personCount": 1, "monthCount": %d,
             "payments": [{"certificateType": "01", "certificateNumber": "%s", "scheme": "310", "periods": [%s]}]}
            """.formatted(
                        batches.incrementAndGet(), months, certificate.number(), periods));
    }

    Answer approveMonths(String token, RegionCode region, Answer prepared) {
        return post(
                token,
                "/api/v1/agency/" + region + "/participation/batches/"
                        + prepared.body().path("batch").asString() + "/approval",
                "{\"digest\": \"%s\"}".formatted(prepared.body().path("digest").asString()));
    }

    static String participation(String status, String paid) {
        return """
            {"scheme": "310", "status": "%s", "personType": "1101", "since": "2015-01-01", "paid": [%s]}
            """.formatted(status, paid);
    }

    /** Suspended in 济宁 with months paid, enrolled in 长沙; the person's id. */
    String aMover(Certificate certificate, String name) {
        importPerson(certificate, name, JINING, participation("2", "{\"from\": \"2019-01\", \"to\": \"2021-06\"}"));
        return importPerson(certificate, name, CHANGSHA, participation("1", ""));
    }

    Answer check(CaseNumber number, Certificate certificate, String name, RegionCode to, String more) {
        return post(issuer.service(), "/internal/checks", """
            {"number": "%s", "certificateType": "%s", "certificateNumber": "%s", "name": "%s",
             "from": "370800", "fromScheme": "310", "to": "%s", "toScheme": "310" %s}
            """.formatted(
                        number, certificate.type().code(), certificate.number(), name, to, more));
    }

    List<String> reasons(Answer answer) {
        return answer.body()
                .path("reasons")
                .valueStream()
                .map(reason -> reason.path("code").asString())
                .toList();
    }

    // Topics ----------------------------------------------------------------------------------------------------------

    Envelope say(Source source, String topic, String to, String subject, EventData data) {
        long sequence = sequences.merge(source + " " + subject + " " + topic, 1L, Long::sum);
        var envelope = new Envelope(
                        UuidV7.next().toString(),
                        source.toString(),
                        EventType.of(data).wireName(),
                        to,
                        subject,
                        START.toString(),
                        sequence,
                        null,
                        null,
                        "",
                        Bytes.of(new byte[0]),
                        WireJson.write(data))
                .signedBy(key(source));
        send(topic, envelope);
        return envelope;
    }

    /** Without waiting until the broker has it. */
    void sendSoon(String topic, Envelope envelope) {
        var _ = producer.send(EnvelopeHeaders.toRecord(topic, envelope));
    }

    void send(String topic, Envelope envelope) {
        try {
            producer.send(EnvelopeHeaders.toRecord(topic, envelope)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return reader.records(topic);
    }

    /** How often each thing stands on the directory's topic. */
    Map<String, Long> directory() {
        return records(Topics.DIRECTORY).stream()
                .map(record -> EnvelopeHeaders.read(record).subject())
                .collect(Collectors.groupingBy(subject -> subject, Collectors.counting()));
    }

    /** Waits until everything the registry has said stands on the topics. */
    void awaitSaid() {
        await().until(() ->
                jdbc().sql("select count(*) from outbox").query(Long.class).single() == 0);
    }

    /** Waits until the registry has read everything on that topic. */
    void awaitRead(String topic) {
        var records = records(topic);
        if (records.isEmpty()) {
            return;
        }
        long end = records.getLast().offset() + 1;
        await().until(() -> jdbc().sql("select next from topic_offset where topic = :topic")
                .param("topic", topic)
                .query(Long.class)
                .optional()
                .filter(next -> next >= end)
                .isPresent());
    }

    org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    /** Rows of a table as text, in order: two dumps are equal when the table has not changed. */
    List<String> dump(String table) {
        return jdbc().sql("select t::text as line from " + table + " t order by 1")
                .query((row, n) -> row.getString("line"))
                .list();
    }
}
