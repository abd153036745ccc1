package org.jiexu.bus.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jiexu.bus.inbox.CountingService.HERE;
import static org.jiexu.bus.inbox.CountingService.THERE;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jiexu.bus.service.BusHealth;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.RegistryStub;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.TransferCompletedV1;
import org.jiexu.wire.contract.TransferDeclinedV1;
import org.jiexu.wire.contract.TransferRemindedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the bus does with good, early, repeated, contradictory and hostile messages, over real Kafka and PostgreSQL. */
class IntakeStory {
    private static final Source SPEAKER = Source.of(THERE, ServiceName.TRANSFER_IN);
    private static final String TOPIC = Topics.transfer(HERE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Random RANDOM = new Random(7);

    private static BusTestKit kit;
    private static RegistryStub registry;
    private static TestIssuer issuer;
    private static ConfigurableApplicationContext service;
    private static JdbcClient jdbc;
    private static Health withHalfAKey;
    private static Health withoutItsTable;

    /** On a bad day: the registry's key is still being copied, and then the database refuses the first look. */
    @BeforeAll
    static void start() throws IOException {
        kit = new BusTestKit(HERE, THERE);
        registry = new RegistryStub(kit);
        issuer = new TestIssuer();
        var settings = kit.settings(ServiceName.TRANSFER_OUT, List.of(HERE));
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", issuer.url());
        settings.put("spring.flyway.locations", "classpath:db/bus");
        var key = Files.readString(kit.trustFile());
        var trust = Files.createTempFile("half", ".pub");
        Files.writeString(trust, key.substring(0, key.length() / 2));
        settings.put("jiexu.trust.registry-key-file", trust.toString());
        service = JiexuService.builder(CountingService.class, "counting")
                .properties(settings)
                .run();
        jdbc = service.getBean(JdbcClient.class);
        withHalfAKey = down("the copy of the directory");
        jdbc.sql("alter table signing_key rename to signing_key_away").update();
        Files.writeString(trust, key);
        withoutItsTable = down("the start of the bus");
        jdbc.sql("alter table signing_key_away rename to signing_key").update();
        await().atMost(PATIENCE).until(() -> health().getStatus().equals(Status.UP));
    }

    private static Health health() {
        return Objects.requireNonNull(service.getBean(BusHealth.class).health());
    }

    private static Health down(String part) {
        await().atMost(PATIENCE).until(() -> health().getDetails().containsKey(part));
        return health();
    }

    @Test
    void aStartThatCannotGoOnIsDownWithTheReasonAndGoesOnByItself() {
        assertThat(withHalfAKey.getStatus()).isEqualTo(Status.DOWN);
        assertThat(withHalfAKey.getDetails().toString()).contains("no key of the registry can be read from");
        assertThat(withoutItsTable.getStatus()).isEqualTo(Status.DOWN);
        assertThat(withoutItsTable.getDetails().toString())
                .contains("it cannot be started: BadSqlGrammarException at org.jiexu.bus.journal.SigningKeys");
        assertThat(health()).isEqualTo(Health.up().build());
        assertThat(gauge("jiexu.bus.works")).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> gauge("jiexu.consumer.running") == 1);
    }

    private static double gauge(String name) {
        return service.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    @AfterAll
    static void stop() {
        service.close();
        registry.close();
        issuer.close();
        kit.close();
    }

    @Test
    void answersAMessageInTheTransactionThatTookIt() {
        var number = number();

        var accepted = say(number, accepted());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kit.types(Topics.transfer(THERE), number.value()))
                        .containsExactly("transfer.withdrawn.v1"));
        var answer = kit.events(Topics.transfer(THERE), number.value()).getFirst();
        assertThat(answer.source()).isEqualTo("/regions/370800/transfer-out");
        assertThat(answer.sequence()).isEqualTo(1);
        assertThat(accepted.sequence()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from outbox").query(Integer.class).single())
                .isZero();
    }

    @Test
    void parksWhatComesTooEarlyAndOffersItAgainAfterTheMove() {
        var number = number();

        say(number, new WithdrawalRequestedV1(BusTestKit.START));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(parked(number)).isEqualTo(1));
        say(number, accepted());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requests(number)).containsExactly(1));
        assertThat(parked(number)).isZero();
    }

    @Test
    void doesNothingForARepetition() {
        var number = number();
        say(number, accepted());
        var request = say(number, new WithdrawalRequestedV1(BusTestKit.START));

        for (int i = 0; i < 10; i++) {
            kit.send(TOPIC, request);
        }

        settled();
        assertThat(requests(number)).containsExactly(1);
    }

    @Test
    void passesOverWhatIsForOtherReadersWithoutATrace() {
        var number = number();
        var unheard = sign(number, new TransferRemindedV1("r", false, "text", BusTestKit.START));

        kit.send(TOPIC, tampered(unheard));
        kit.send(TOPIC, unheard);
        say(number, accepted());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requests(number)).containsExactly(0));
        assertThat(jdbc.sql("select count(*) from quarantined where record_key = :number")
                        .param("number", number.value())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from inbox where id = :id")
                        .param("id", unheard.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void saysHowFarItPassedOverWhenNothingElseComes() {
        kit.send(TOPIC, sign(number(), new TransferRemindedV1("r", false, "text", BusTestKit.START)));

        settled();
    }

    @Test
    void quarantinesTheSameIdWithOtherContent() {
        var number = number();
        var first = say(number, accepted());
        var other = sign(number, new WithdrawalRequestedV1(BusTestKit.START));
        var liar = new Envelope(
                        first.id(),
                        other.source(),
                        other.type(),
                        other.to(),
                        other.subject(),
                        other.time(),
                        other.sequence(),
                        null,
                        null,
                        "",
                        other.signature(),
                        other.data())
                .signedBy(kit.key(SPEAKER));

        kit.send(TOPIC, liar);

        settled();
        assertThat(lastReason()).startsWith("CONFLICT");
        assertThat(requests(number)).containsExactly(0);
    }

    @Test
    void quarantinesHostileRecordsWithTheirReasonAndGoesOn() {
        var number = number();
        var good = sign(number, accepted());

        hostile(tampered(good), "BAD_SIGNATURE");
        hostile(good.signedBy(Sm2KeyPair.generate()), "UNKNOWN_KEY");
        hostile(good.signedBy(kit.key(Source.of(THERE, ServiceName.SETTLEMENT))), "WRONG_SIGNER");
        hostile(
                kit.sign(Source.of(THERE, ServiceName.SETTLEMENT), TOPIC, HERE.value(), number.value(), accepted()),
                "WRONG_SPEAKER");
        hostile(kit.sign(SPEAKER, TOPIC, THERE.value(), number.value(), accepted()), "WRONG_ADDRESSEE");
        hostile(retyped(good, "transfer.accepted.v9"), "UNKNOWN_TYPE");
        hostile(retyped(good, "balance.held.v1"), "WRONG_TOPIC");
        var large = new ProducerRecord<>(TOPIC, number.value(), new byte[300 * 1024]);
        kit.send(large);
        settled();
        assertThat(lastReason()).isEqualTo("TOO_LARGE");
        kit.send(new ProducerRecord<>(TOPIC, null, "{".getBytes(StandardCharsets.UTF_8)));
        settled();
        assertThat(lastReason()).startsWith("MALFORMED");

        kit.send(TOPIC, good);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requests(number)).containsExactly(0));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(kit.records(Topics.quarantine(HERE))).hasSizeGreaterThanOrEqualTo(9));
    }

    @Test
    void keepsAMessageThatFailsUnforeseenAndHandlesTheRestOfItsBatch() {
        var before = number();
        var broken = number();
        var after = number();

        say(before, accepted());
        say(broken, new TransferCompletedV1(1, Fen.ZERO));
        say(after, accepted());

        settled();
        assertThat(lastReason()).isEqualTo("UNFORESEEN: IllegalStateException");
        assertThat(requests(before)).containsExactly(0);
        assertThat(requests(after)).containsExactly(0);
    }

    @Test
    void keepsOutWhatTheHandlerFindsContradictory() {
        say(number(), sign(number(), new TransferDeclinedV1(List.of(), false)));

        settled();
        assertThat(lastReason()).startsWith("WRONG_SPEAKER");
    }

    @Test
    void keepsOutAnUnknownKeyAlsoBehindATransactionInTheDirectory() throws Exception {
        try (var careful = new KafkaProducer<>(
                Map.of("bootstrap.servers", kit.bootstrapServers(), "transactional.id", "stranger"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            careful.initTransactions();
            careful.beginTransaction();
            careful.send(new ProducerRecord<>(Topics.DIRECTORY, "stranger", "{".getBytes(StandardCharsets.UTF_8)))
                    .get();
            careful.commitTransaction();
        }

        hostile(sign(number(), accepted()).signedBy(Sm2KeyPair.generate()), "UNKNOWN_KEY");
    }

    @Test
    void tellsOperatorsOfARecordThatDoesNotFitTheirTopicWithoutItsBytes() {
        byte[] large = new byte[1024 * 1024 - 130];
        kit.send(new ProducerRecord<>(TOPIC, null, large));
        kit.send(new ProducerRecord<>(TOPIC, "the next", "{".getBytes(StandardCharsets.UTF_8)));

        await().atMost(PATIENCE)
                .until(() -> kit.records(Topics.quarantine(HERE)).stream()
                        .anyMatch(record -> "the next".equals(record.key())));
        var told = kit.records(Topics.quarantine(HERE)).stream()
                .filter(record -> record.headers().lastHeader("quarantine_omitted") != null)
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().value()).isNull();
        assertThat(header(told.getFirst(), "quarantine_reason")).isEqualTo("TOO_LARGE");
        assertThat(header(told.getFirst(), "quarantine_omitted"))
                .startsWith("1048446 bytes, SHA-256 ")
                .contains("kept in table quarantined at position");
        assertThat(jdbc.sql("select count(*) from quarantined where octet_length(value) = 1048446")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aRowThatTheDatabaseRefusesIsNotInTheLog() {
        var number = number();
        say(number, accepted());
        settled();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        try {
            // Another acceptance of the same case: the row is there already.
            say(number, accepted());
            settled();
        } finally {
            root.detachAppender(log);
        }

        assertThat(lastReason()).isEqualTo("UNFORESEEN: DuplicateKeyException");
        var text = log.list.stream().map(IntakeStory::asWritten).collect(Collectors.joining("\n"));
        assertThat(text).contains("DuplicateKeyException").doesNotContain(number.value());
    }

    /** With every text of every cause, as an appender writes it. */
    private static String asWritten(ILoggingEvent event) {
        var proxy = event.getThrowableProxy();
        return event.getFormattedMessage() + (proxy == null ? "" : ThrowableProxyUtil.asString(proxy));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void hostile(Envelope envelope, String reason) {
        kit.send(TOPIC, envelope);
        settled();
        assertThat(lastReason()).startsWith(reason);
    }

    private static Envelope tampered(Envelope good) {
        byte[] data = good.data().toArray();
        data[data.length - 10] ^= 1;
        return EnvelopeHeaders.read(consumed(good, data));
    }

    private static org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> consumed(
            Envelope good, byte[] data) {
        var record = EnvelopeHeaders.toRecord(TOPIC, good);
        return new org.apache.kafka.clients.consumer.ConsumerRecord<>(
                TOPIC,
                0,
                0,
                0,
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                data.length,
                record.key(),
                data,
                record.headers(),
                java.util.Optional.empty());
    }

    private static Envelope retyped(Envelope good, String type) {
        return new Envelope(
                        java.util
                                .UUID
                                .nameUUIDFromBytes(type.getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        good.source(),
                        type,
                        good.to(),
                        good.subject(),
                        good.time(),
                        good.sequence(),
                        null,
                        null,
                        "",
                        good.signature(),
                        good.data())
                .signedBy(kit.key(SPEAKER));
    }

    private static Envelope say(CaseNumber number, EventData data) {
        return kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), data);
    }

    private static void say(CaseNumber number, Envelope envelope) {
        assertThat(number).isNotNull();
        kit.send(TOPIC, envelope);
    }

    private static Envelope sign(CaseNumber number, EventData data) {
        return kit.sign(SPEAKER, TOPIC, HERE.value(), number.value(), data);
    }

    private static CaseNumber number() {
        return CaseNumber.random(THERE, 2026, RANDOM);
    }

    private static TransferAcceptedV1 accepted() {
        return new TransferAcceptedV1(
                new PersonId("P000000000001"), HERE, Scheme.EMPLOYEE, THERE, Scheme.EMPLOYEE, BusTestKit.START);
    }

    /** The database stands at the end of the log. */
    private static void settled() {
        int end = kit.records(TOPIC).size();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.sql("select next from topic_offset where topic = :topic")
                                .param("topic", TOPIC)
                                .query(Long.class)
                                .list())
                        .containsExactly((long) end));
    }

    private static List<Integer> requests(CaseNumber number) {
        return jdbc.sql("select requests from tally where number = :number")
                .param("number", number.value())
                .query((row, n) -> row.getInt(1))
                .list();
    }

    private static int parked(CaseNumber number) {
        return jdbc.sql("select count(*) from parked_input where subject = :number")
                .param("number", number.value())
                .query(Integer.class)
                .single();
    }

    private static String lastReason() {
        return jdbc.sql("select reason from quarantined order by position desc limit 1")
                .query(String.class)
                .single();
    }
}
