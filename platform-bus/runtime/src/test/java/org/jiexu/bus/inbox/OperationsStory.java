package org.jiexu.bus.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.jiexu.bus.inbox.CountingService.HERE;
import static org.jiexu.bus.inbox.CountingService.THERE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.MachineRoom;
import org.jiexu.bus.testing.RegistryStub;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.WithdrawalRequestedV1;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What operators see of a service, and what they can do: another try for what was kept out, never another content. */
class OperationsStory {
    private static final Source SPEAKER = Source.of(THERE, ServiceName.TRANSFER_IN);
    private static final String TOPIC = Topics.transfer(HERE);
    private static final String BASE = "/api/v1/operations/services/transfer-out/370800";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Random RANDOM = new Random(70);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static BusTestKit kit;
    private static RegistryStub registry;
    private static TestIssuer issuer;
    private static ConfigurableApplicationContext service;
    private static JdbcClient jdbc;
    private static String operator;

    private record Answer(int status, String text) {
        JsonNode body() {
            return JsonMapper.shared().readTree(text);
        }

        String field(String name) {
            return body().path(name).asString("");
        }

        String code() {
            return field("code");
        }
    }

    @BeforeAll
    static void start() {
        kit = new BusTestKit(HERE, THERE);
        registry = new RegistryStub(kit);
        issuer = new TestIssuer();
        var settings = kit.settings(ServiceName.TRANSFER_OUT, List.of(HERE));
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", issuer.url());
        settings.put("spring.flyway.locations", "classpath:db/bus");
        service = JiexuService.builder(CountingService.class, "counting")
                .properties(settings)
                .run();
        jdbc = service.getBean(JdbcClient.class);
        operator = issuer.token("shandong", "OPERATOR", Map.of("province", "370000"));
    }

    @AfterAll
    static void stop() {
        service.close();
        registry.close();
        issuer.close();
        kit.close();
    }

    @Test
    void whatWasKeptOutPassesOnceItsKeyIsRegisteredAndATrialWritesNothing() {
        var number = number();
        var key = Sm2KeyPair.generate();
        kit.send(
                TOPIC,
                kit.sign(SPEAKER, TOPIC, HERE.value(), number.value(), accepted())
                        .signedBy(key));
        long id = keptOut(number);
        var replay = "{\"ids\": [" + id + "], \"dryRun\": %s}";

        var before = post(operator, BASE + "/quarantine/replay", replay.formatted(true));
        kit.publishKey(new KeyRegisteredV1(
                key.publicKey().keyId(),
                SPEAKER,
                key.publicKey().encoded(),
                BusTestKit.START.minus(Duration.ofDays(1)),
                null));
        await().atMost(PATIENCE)
                .until(() -> service.getBean(Directory.class)
                        .signingKey(key.publicKey().keyId())
                        .isPresent());
        var trial = post(operator, BASE + "/quarantine/replay", replay.formatted(true));
        var written = tally(number);
        var done = post(operator, BASE + "/quarantine/replay", replay.formatted(false));
        var again = post(operator, BASE + "/quarantine/replay", replay.formatted(false));

        assertThat(before.text()).isEqualTo("{\"tried\":1,\"wouldPass\":0,\"passed\":0,\"stillBad\":1}");
        assertThat(trial.text()).isEqualTo("{\"tried\":1,\"wouldPass\":1,\"passed\":0,\"stillBad\":0}");
        assertThat(written).isZero();
        assertThat(done.text()).isEqualTo("{\"tried\":1,\"wouldPass\":0,\"passed\":1,\"stillBad\":0}");
        assertThat(tally(number)).isEqualTo(1);
        assertThat(again.text()).isEqualTo("{\"tried\":0,\"wouldPass\":0,\"passed\":0,\"stillBad\":0}");
        assertThat(get(operator, BASE + "/quarantine?limit=200").text()).doesNotContain(number.value());
        assertThat(kit.records(TOPIC)).isNotEmpty();
    }

    @Test
    void aReasonIsTriedAsAWholeAndAFaultThatStaysKeepsTheRecordOut() {
        var number = number();
        var good = kit.sign(SPEAKER, TOPIC, HERE.value(), number.value(), accepted());
        kit.send(TOPIC, good.signedBy(kit.key(Source.of(THERE, ServiceName.SETTLEMENT))));
        keptOut(number);

        var list =
                get(operator, BASE + "/quarantine?reason=WRONG_SIGNER").body().path("items");
        var tried = post(operator, BASE + "/quarantine/replay", "{\"reason\": \"WRONG_SIGNER\", \"dryRun\": false}");

        assertThat(list.get(0).path("reasonWords").asString()).isEqualTo("签名密钥属于另一服务");
        assertThat(list.get(0).path("count").asInt()).isEqualTo(list.size());
        assertThat(tried.body().path("stillBad").asInt()).isEqualTo(list.size());
        assertThat(tally(number)).isZero();
        assertThat(post(operator, BASE + "/quarantine/replay", "{}").status()).isEqualTo(400);
        assertThat(post(issuer.token("audit", "AUDITOR", Map.of()), BASE + "/quarantine/replay", "{\"ids\": [1]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void noPersonIsShownWhateverCame() {
        var sheet =
                "{\\\"head\\\":{\\\"name\\\":\\\"陈小麦\\\",\\\"certificate\\\":{\\\"number\\\":\\\"430103199003071234\\\"}}}";
        var texts = List.of(
                "{\"sheet\":\"" + sheet + "\",\"telephone\":\"13800138000\",\"version\":1}",
                "{\"Name\":\"欧阳晓月\",\"list\":[\"430103199003071234\",{\"x\":13800138000}]}",
                "{\"name\":\"陈小麦\", broken 430103199003071234 Ouyang");
        for (var text : texts) {
            kit.send(new ProducerRecord<>(TOPIC, "陈小麦", text.getBytes(StandardCharsets.UTF_8)));
        }
        kit.send(new ProducerRecord<>(TOPIC, "x", new byte[] {(byte) 0xff, (byte) 0xfe}));
        var wanted = texts.size() + 1;
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from quarantined where reason like 'MALFORMED%'")
                                .query(Long.class)
                                .single()
                        >= wanted);

        var list = get(operator, BASE + "/quarantine?reason=MALFORMED&limit=200");
        assertThat(list.body().path("items")).hasSizeGreaterThanOrEqualTo(wanted);
        for (var item : list.body().path("items")) {
            var shown = get(operator, BASE + "/quarantine/" + item.path("id").asLong());
            assertThat(shown.status()).isEqualTo(200);
            for (var personal : List.of("陈小麦", "欧阳", "Ouyang", "430103199003071234", "13800138000")) {
                assertThat(list.text() + shown.text()).doesNotContain(personal);
            }
        }
    }

    @Test
    void whatAServiceHasSaidIsShownAndVerifiedNow() {
        var number = number();
        kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), accepted());
        await().atMost(PATIENCE).until(() -> tally(number) == 1);

        var said = get(operator, BASE + "/journal/" + number).body().at("/items/0");
        var verify = BASE + "/journal/events/" + said.path("id").asString() + "/verify";
        var valid = post(operator, verify, "").body();
        jdbc.sql("update event_journal set data = convert_to('{\"at\":\"2026-01-01T00:00:00Z\"}', 'UTF8') where"
                        + " id = :id::uuid")
                .param("id", said.path("id").asString())
                .update();
        var forged = post(operator, verify, "").body();

        assertThat(said.path("type").asString()).isEqualTo("transfer.withdrawn.v1");
        assertThat(said.path("sm3").asString()).hasSize(64);
        assertThat(valid.path("valid").asBoolean()).isTrue();
        assertThat(valid.path("signer").asString()).isEqualTo("/regions/370800/transfer-out");
        assertThat(forged.path("valid").asBoolean()).isFalse();
        assertThat(forged.path("reason").asString()).isEqualTo("签名与内容不符");
    }

    @Test
    void theChannelShowsWhatWaitsAndTheMetricsSayTheSame() {
        var number = number();
        kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), new WithdrawalRequestedV1(BusTestKit.START));
        await().atMost(PATIENCE)
                .until(() -> get(operator, BASE + "/parked?limit=200").text().contains(number.value()));

        await().atMost(PATIENCE)
                .until(() ->
                        get(operator, BASE + "/channel").body().path("parked").asInt() >= 1);
        var channel = get(operator, BASE + "/channel").body();
        assertThat(channel.path("service").asString()).isEqualTo("TRANSFER_OUT");
        assertThat(channel.at("/topics/0/topic").asString()).isEqualTo(TOPIC);
        assertThat(channel.at("/topics/0/lag").asLong()).isZero();
        assertThat(channel.path("timersLateSeconds").asLong()).isZero();
        await().atMost(PATIENCE)
                .until(() -> MachineRoom.measures(service)
                        .lines()
                        .anyMatch(line -> line.startsWith("jiexu_inbox_parked") && !line.endsWith(" 0.0")));
    }

    @Test
    void aMessageThatCanNeverBeDoneIsClosedByTwoPeopleAndStaysOnRecord() {
        var number = number();
        kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), new WithdrawalRequestedV1(BusTestKit.START));
        var message = BASE + "/parked/" + waiting(number);
        var second = issuer.token("shandong-2", "OPERATOR", Map.of("province", "370000"));
        var reason = "{\"reason\": \"该业务已在线下办结\"}";

        var nothing = post(second, message + "/closing/approval", "");
        var unsaid = post(operator, message + "/closing", "{\"reason\": \" \"}");
        var prepared = post(operator, message + "/closing", reason);
        var twice = post(second, message + "/closing", reason);
        var alone = post(operator, message + "/closing/approval", "");
        var refused = post(operator, message + "/closing/refusal", "");
        var again = post(operator, message + "/closing", reason);
        var shown = parked(number);
        var approved = post(second, message + "/closing/approval", "");

        assertThat(List.of(nothing.status(), unsaid.status(), prepared.status(), twice.code(), alone.code()))
                .containsExactly(404, 400, 200, "ALREADY_PREPARED", "SAME_PERSON");
        assertThat(List.of(refused.field("state"), again.field("state"), approved.field("state")))
                .containsExactly("REFUSED", "PREPARED", "DONE");
        assertThat(shown.at("/closing/preparedBy").asString()).isEqualTo("shandong");
        assertThat(parked(number).isMissingNode()).isTrue();
        assertThat(post(second, message + "/closing/approval", "").status()).isEqualTo(404);
        assertThat(post(second, message + "/offer", "").status()).isEqualTo(404);
        assertThat(get(operator, BASE + "/closings")
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(closing -> closing.path("subject").asString().equals(number.value()))
                        .map(closing -> closing.path("state").asString() + " "
                                + closing.path("decidedBy").asString()))
                .containsExactly("DONE shandong-2", "REFUSED shandong");
        assertThat(jdbc.sql("select count(*) from parked_input where subject = :number and closed_at is not null")
                        .param("number", number.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        // Even its case moves on without it.
        kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), accepted());
        await().atMost(PATIENCE).until(() -> tally(number) == 1);
        assertThat(jdbc.sql("select requests from tally where number = :number")
                        .param("number", number.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatWasKeptOutForEverIsClosedInTheSameWay() {
        var number = number();
        var good = kit.sign(SPEAKER, TOPIC, HERE.value(), number.value(), accepted());
        kit.send(TOPIC, good.signedBy(kit.key(Source.of(THERE, ServiceName.SETTLEMENT))));
        var record = BASE + "/quarantine/" + keptOut(number);
        var second = issuer.token("shandong-2", "OPERATOR", Map.of("province", "370000"));

        var prepared = post(operator, record + "/closing", "{\"reason\": \"签名方有误，已另行发送\"}");
        var approved = post(second, record + "/closing/approval", "");

        assertThat(prepared.field("kind") + " " + prepared.field("subject")).isEqualTo("QUARANTINED " + number);
        assertThat(approved.field("decidedBy")).isEqualTo("shandong-2");
        assertThat(get(operator, BASE + "/quarantine?limit=200").text()).doesNotContain(number.value());
        assertThat(post(operator, record + "/closing", "{\"reason\": \"x\"}").status())
                .isEqualTo(404);
        assertThat(post(issuer.clerk(HERE), record + "/closing/approval", "").status())
                .isEqualTo(403);
    }

    @Test
    void theDatabaseItselfWantsTwoPeopleToCloseAMessage() {
        assertThatThrownBy(() -> jdbc.sql("""
            insert into message_closing (kind, message, region, topic, reason, state, prepared_by, decided_by, decided_at)
            values ('PARKED', 4711, '370800', 'x', 'x', 'DONE', 'a', 'a', now())
            """).update()).hasMessageContaining("closed_by_two");
    }

    @Test
    void whatWaitsIsOfferedAgainAtAnOperatorsWord() {
        var number = number();
        kit.say(SPEAKER, TOPIC, HERE.value(), number.value(), new WithdrawalRequestedV1(BusTestKit.START));
        var message = BASE + "/parked/" + waiting(number);

        var before = post(operator, message + "/offer", "");
        // As if a move had forgotten to offer what waits.
        jdbc.sql("insert into tally values (:number, 0)")
                .param("number", number.value())
                .update();
        var after = post(operator, message + "/offer", "");

        assertThat(List.of(before.field("outcome"), after.field("outcome"))).containsExactly("STILL_WAITS", "DONE");
        assertThat(parked(number).isMissingNode()).isTrue();
        assertThat(post(operator, message + "/offer", "").status()).isEqualTo(404);
    }

    private static JsonNode parked(CaseNumber number) {
        return get(operator, BASE + "/parked?limit=200")
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("subject").asString().equals(number.value()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static long waiting(CaseNumber number) {
        await().atMost(PATIENCE).until(() -> !parked(number).isMissingNode());
        return parked(number).path("id").asLong();
    }

    @Test
    void othersDoNotSeeThatItExists() {
        for (var what : List.of("/channel", "/quarantine", "/parked", "/closings", "/journal/x")) {
            assertThat(get(issuer.token("hn", "OPERATOR", Map.of("province", "430000")), BASE + what)
                            .status())
                    .isEqualTo(404);
            assertThat(get(issuer.clerk(HERE), BASE + what).status()).isEqualTo(403);
            assertThat(get(operator, BASE.replace("transfer-out", "transfer-in") + what)
                            .status())
                    .isEqualTo(404);
            assertThat(get(issuer.nationalOperator(), BASE + what).status()).isEqualTo(200);
        }
    }

    private static long keptOut(CaseNumber number) {
        await().atMost(PATIENCE)
                .until(() ->
                        get(operator, BASE + "/quarantine?limit=200").text().contains(number.value()));
        return get(operator, BASE + "/quarantine?limit=200")
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("subject").asString("").equals(number.value()))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
    }

    private static CaseNumber number() {
        return CaseNumber.random(THERE, 2026, RANDOM);
    }

    private static TransferAcceptedV1 accepted() {
        return new TransferAcceptedV1(
                new PersonId("P000000000001"), HERE, Scheme.EMPLOYEE, THERE, Scheme.EMPLOYEE, BusTestKit.START);
    }

    private static long tally(CaseNumber number) {
        return jdbc.sql("select count(*) from tally where number = :number")
                .param("number", number.value())
                .query(Long.class)
                .single();
    }

    private static Answer get(String token, String path) {
        return send(request(token, path).GET());
    }

    private static Answer post(String token, String path, String body) {
        return send(request(token, path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String token, String path) {
        var port = service.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
