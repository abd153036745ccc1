package org.jiexu.bus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryClientTest {
    private static final PersonId PERSON = new PersonId("P000000000001");
    private static final RegionCode CHANGSHA = new RegionCode("430100");
    private static final RegionCode JINING = new RegionCode("370800");
    private static final CheckRequest CHECK = new CheckRequest(
            CaseNumber.random(CHANGSHA, 26, new Random(1)),
            CertificateType.IDENTITY_CARD,
            "999999199001011234",
            "张三",
            JINING,
            Scheme.EMPLOYEE,
            CHANGSHA,
            Scheme.EMPLOYEE,
            null);

    private final TestIssuer issuer = new TestIssuer();
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Answer answer = exchange -> send(exchange, 404, "{}");
    private final HttpServer server;
    private final RegistryClient client;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    RegistryClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client = clientOf(server.getAddress().getPort());
    }

    private RegistryClient clientOf(int port) {
        var tokens = new ServiceTokens(URI.create(issuer.url() + "/oauth2/token"), "transfer-in", "secret");
        return new RegistryClient(URI.create("http://127.0.0.1:" + port), tokens, breakers);
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                calls.incrementAndGet();
                seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                answer.to(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        issuer.close();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void readsEachOutcomeOfACheck() {
        answer = exchange -> send(
                exchange, 200, "{\"outcome\":\"ACCEPTABLE\",\"person\":\"P000000000001\",\"reasons\":[],\"later\":1}");
        assertThat(client.check(CHECK)).isEqualTo(new CheckAnswer.Acceptable(PERSON, null));

        answer = exchange -> send(
                exchange,
                200,
                "{\"outcome\":\"REFUSED\",\"reasons\":[{\"code\":\"RETIREE\",\"message\":\"退休人员不适用。\",\"remedy\":\"无\"}]}");
        assertThat(client.check(CHECK))
                .isInstanceOfSatisfying(
                        CheckAnswer.Refused.class,
                        refused ->
                                assertThat(refused.reasons().getFirst().code()).isEqualTo("RETIREE"));

        answer = exchange -> send(exchange, 200, """
            {"outcome":"WAITING","person":"P000000000001",
             "reasons":[{"code":"STILL_INSURED_THERE","message":"转出地尚未中止参保","remedy":"请先暂停参保"}],
             "wishes":[{"region":"370800","scheme":"310","kind":"SUSPEND"}]}
            """);
        assertThat(client.check(CHECK))
                .isEqualTo(new CheckAnswer.Waiting(
                        PERSON,
                        List.of(new CodedReason("STILL_INSURED_THERE", "转出地尚未中止参保", "请先暂停参保")),
                        List.of(new CheckAnswer.Wish(JINING, Scheme.EMPLOYEE, CheckAnswer.WishKind.SUSPEND))));

        answer = exchange -> send(
                exchange,
                200,
                "{\"outcome\":\"ACCEPTABLE\",\"person\":\"P000000000001\",\"notBefore\":\"2027-01-01\"}");
        assertThat(client.check(CHECK)).isEqualTo(new CheckAnswer.Acceptable(PERSON, null, LocalDate.of(2027, 1, 1)));

        answer = exchange -> send(exchange, 200, "{\"outcome\":\"NOT_YOURS\"}");
        assertThat(client.check(CHECK)).isEqualTo(new CheckAnswer.NotYours());
        assertThat(seen.getFirst())
                .contains("POST /internal/checks")
                .contains("\"certificateType\":\"01\"")
                .contains("\"fromScheme\":\"310\"")
                .doesNotContain("applicantPerson");
    }

    @Test
    void readsTheRowsOfSeveralCases() {
        answer = exchange -> send(exchange, 200, """
            {"items":[{"number":"%s","head":{"name":"张三","certificate":{"type":"01","number":"999999199001011234"},"sex":"1"},
             "rows":[{"no":1,"from":"2020-01","to":"2020-12","scheme":"1","months":12,"agencyName":"济宁市医疗保险事业中心","agencyRegion":"370800"}],
             "agency":{"name":"济宁市医疗保险事业中心","telephone":"0537-0000000","code":"370800-01","clerk":"李四"}}]}
            """.formatted(CHECK.number()));

        var rows = client.sheetRows(new SheetRowsRequest(
                List.of(new SheetRowsRequest.Item(CHECK.number(), PERSON, JINING, Scheme.EMPLOYEE))));

        assertThat(rows.items().getFirst().rows().getFirst().months()).isEqualTo(12);
        assertThat(rows.toString()).doesNotContain("张三");
    }

    @Test
    void learnsEveryIdOfAPerson() {
        answer = exchange -> send(exchange, 200, """
            {"person": "P000000000001", "aliases": ["P000000000002"]}
            """);

        assertThat(client.personIds(new PersonId("P000000000002")))
                .isEqualTo(new PersonIds(PERSON, List.of(new PersonId("P000000000002"))));
    }

    @Test
    void readsWhenBenefitsRun() {
        answer = exchange -> send(exchange, 200, """
            {"open": false, "rule": "NO_GAP", "article": "43号 Art. 11", "lastPaid": "2026-03", "firstPaid": "2026-04",
             "gapMonths": 0, "waitingMonths": 0, "benefitsFrom": "2026-04", "backPaymentPossible": false,
             "monthsInARow": 24, "words": "缴费没有中断，不设待遇享受等待期。", "later": "unknown"}
            """);

        var benefits = client.benefits(
                new BenefitsRequest(CHECK.number(), PERSON, JINING, Scheme.EMPLOYEE, CHANGSHA, Scheme.EMPLOYEE));

        assertThat(benefits.benefitsFrom()).isEqualTo(YearMonth.of(2026, 4));
        assertThat(benefits.basis()).isNull();
    }

    @Test
    void registersWithAnAnswerThatHasNoBody() {
        answer = exchange -> send(exchange, 204, "");

        client.register(new RegistrationRequest(
                ServiceName.TRANSFER_IN,
                URI.create("http://127.0.0.1:8082"),
                List.of(CHANGSHA),
                List.of(new RegistrationRequest.Key(
                        "k",
                        Source.of(CHANGSHA, ServiceName.TRANSFER_IN),
                        Bytes.ofUtf8("key"),
                        Instant.parse("2026-09-14T01:00:00Z")))));

        assertThat(seen.getFirst())
                .contains("\"owner\":\"/regions/430100/transfer-in\"")
                .contains("\"validFrom\":\"2026-09-14T01:00:00Z\"");
    }

    @Test
    void registersAllRegionsOfTheCountryInPartsThatTheDoorLetsIn() {
        answer = exchange -> send(exchange, 204, "");
        var regions = IntStream.range(0, 369)
                .mapToObj(i -> new RegionCode(String.format(Locale.ROOT, "%06d", 110_000 + 100 * i)))
                .toList();
        var keys = regions.stream()
                .map(region -> {
                    var key = Sm2KeyPair.generate().publicKey();
                    return new RegistrationRequest.Key(
                            key.keyId(),
                            Source.of(region, ServiceName.SETTLEMENT),
                            key.encoded(),
                            Instant.parse("2026-09-14T01:00:00.123456Z"));
                })
                .toList();

        client.register(new RegistrationRequest(
                ServiceName.SETTLEMENT, URI.create("https://settlement.example.org:8443"), regions, keys));

        assertThat(seen).hasSizeGreaterThan(1).allMatch(body -> body.length() < 64 * 1024);
        assertThat(keys)
                .allSatisfy(key -> assertThat(seen.stream()
                                .filter(body -> body.contains("\"" + key.keyId() + "\"")
                                        && body.contains("\"" + key.owner().region() + "\"")))
                        .hasSize(1));
    }

    @Test
    void triesThreeTimes() {
        answer = exchange -> {
            if (calls.get() < 3) {
                send(exchange, 503, "");
            } else {
                send(
                        exchange,
                        200,
                        "{\"person\":\"P000000000001\",\"name\":\"张三\",\"certificateMasked\":\"****1234\"}");
            }
        };

        assertThat(client.person(PERSON).name()).isEqualTo("张三");
        assertThat(calls).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"422, REFUSED", "404, NOT_FOUND", "400, UNKNOWN"})
    void takesARefusalAtItsWord(int status, String code) {
        answer = exchange -> send(exchange, status, code.equals("UNKNOWN") ? "<html>" : "{\"code\":\"" + code + "\"}");

        assertThatThrownBy(() -> client.check(CHECK)).isInstanceOfSatisfying(RegistryRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.code()).isEqualTo(code);
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    void asksForAnotherTokenWhenItsOwnIsNotTaken() {
        answer = exchange -> {
            if (calls.get() == 1) {
                send(exchange, 401, "{}");
            } else {
                send(exchange, 200, "{\"outcome\":\"NOT_YOURS\"}");
            }
        };

        assertThat(client.check(CHECK)).isEqualTo(new CheckAnswer.NotYours());
    }

    @Test
    void doesNotWaitLongForASilentRegistry() {
        answer = exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatThrownBy(() -> client.check(CHECK)).isInstanceOf(RegistryUnavailable.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void leavesADeadRegistryAloneAfterAFewCalls() {
        server.stop(0);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.check(CHECK)).isInstanceOf(RegistryUnavailable.class);
        }

        assertThat(breakers.circuitBreaker("registry").getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThatThrownBy(() -> client.check(CHECK))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("left alone");
    }

    @Test
    void isUnavailableWithoutAToken() {
        issuer.close();

        assertThatThrownBy(() -> client.check(CHECK)).isInstanceOf(RegistryUnavailable.class);
        assertThat(calls).hasValue(0);
    }

    @Test
    void neverQuotesAnAnswerThatItCannotRead() {
        answer = exchange -> send(exchange, 200, "{\"person\":\"999999199001011234\",\"name\":\"张三\"}");

        assertThatThrownBy(() -> client.person(PERSON))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageNotContaining("999999")
                .hasNoCause();
    }
}
