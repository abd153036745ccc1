package org.jiexu.settlement;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jiexu.bus.client.KnownPersonsAnswer;
import org.jiexu.bus.client.KnownPersonsRequest;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.RegistryStub;
import org.jiexu.bus.testing.TestTokens;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.ClockNotSet;
import org.jiexu.settlement.postgres.LedgerViews;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 济宁 and the fourteen regions of 湖南 with their clearing centre, hosted by one settlement; 杭州's settlement and all
 * transfer services are played by the test.
 */
final class Settlement {
    static final RegionCode JINING = BusTestKit.JINING;
    static final RegionCode CHANGSHA = BusTestKit.CHANGSHA;
    static final RegionCode HANGZHOU = BusTestKit.HANGZHOU;
    static final RegionCode ZHUZHOU = new RegionCode("430200");
    /** Of 济宁's province, whose clearing centre is not here. */
    static final RegionCode JINAN = new RegionCode("370100");
    /** Listed, and outside the platform. */
    static final RegionCode SHIJIAZHUANG = new RegionCode("130100");

    static final PersonId NOBODY = new PersonId("PZZZZZZZZZZZZ");

    static final RegionCode HUNAN = new RegionCode("430000");
    /** The fourteen of 湖南. */
    static final List<RegionCode> HUNANS = Stream.of(
                    "430100", "430200", "430300", "430400", "430500", "430600", "430700", "430800", "430900", "431000",
                    "431100", "431200", "431300", "433100")
            .map(RegionCode::new)
            .toList();

    /** By code. */
    static final List<RegionCode> HOSTED =
            Stream.concat(Stream.of(JINING), HUNANS.stream()).toList();

    private static final Settlement SHARED = new Settlement();

    final BusTestKit kit = new BusTestKit(
            Stream.concat(HOSTED.stream(), Stream.of(HANGZHOU, JINAN)).toArray(RegionCode[]::new));
    final RegistryStub registry = new RegistryStub(kit);
    final TestTokens tokens = new TestTokens(registry.url());
    final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private int cases;

    record Reply(int status, JsonNode body) {
        String code() {
            return body.path("code").asString();
        }
    }

    private Settlement() {
        var settings = new LinkedHashMap<>(kit.settings(ServiceName.SETTLEMENT, HOSTED));
        settings.put("jiexu.clearing.provinces", HUNAN.value());
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", registry.url());
        registry.answer("/oauth2/token", _ -> WireJson.text(Map.of("access_token", "any", "expires_in", 3600)));
        registry.answer("/oauth2/jwks", _ -> tokens.keys());
        registry.answer("/internal/known-persons", Settlement::known);
        kit.listOffPlatform(SHIJIAZHUANG);
        context = JiexuService.builder(SettlementApplication.class, SettlementApplication.NAME)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        // The clock comes with the directory, shortly after the start.
        await().ignoreException(ClockNotSet.class)
                .until(() -> context.getBean(BusinessClock.class).instant().isAfter(Instant.EPOCH));
    }

    /** The registry knows everybody but one; those of the sevens are residents. */
    private static String known(String asked) {
        var known = WireJson.read(asked, KnownPersonsRequest.class).persons().stream()
                .filter(person -> !person.equals(NOBODY))
                .toList();
        return WireJson.text(new KnownPersonsAnswer(
                known,
                known.stream()
                        .filter(person -> !person.value().startsWith("P7"))
                        .toList()));
    }

    static Settlement shared() {
        return SHARED;
    }

    boolean somebodyWaitsForALock() {
        return !strings("select 'x' from pg_stat_activity where wait_event_type = 'Lock'")
                .isEmpty();
    }

    static void until(Callable<Boolean> happened) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(happened);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Case newCase(RegionCode sending, RegionCode receiving) {
        int n = ++cases;
        return new Case(
                CaseNumber.random(receiving, 2026, new Random(n)),
                new PersonId("P%012d".formatted(n)),
                sending,
                receiving);
    }

    List<String> strings(String sql, Object... parameters) {
        return bean(JdbcClient.class)
                .sql(sql)
                .params(parameters)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Every row of the business tables and of the journal, as text. */
    List<String> everything() {
        var rows = new ArrayList<String>();
        for (var table : List.of(
                "account",
                "posting",
                "posting_line",
                "sending_case",
                "receiving_case",
                "arrival",
                "send_back",
                "deadline",
                "parked_input",
                "event_journal")) {
            rows.addAll(strings("select '%s' || t::text from %s t order by 1".formatted(table, table)));
        }
        return rows;
    }

    Fen sum(RegionCode region) {
        return bean(LedgerViews.class).totals(region).sum();
    }

    Reply get(String token, String path) {
        return call(token, HttpRequest.newBuilder().GET(), path);
    }

    Reply post(String token, String path, String body) {
        return call(
                token,
                HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"),
                path);
    }

    /** A POST that creates. */
    Reply create(String token, String path, String body, String idempotencyKey) {
        return call(
                token,
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey),
                path);
    }

    private Reply call(String token, HttpRequest.Builder request, String path) {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        try {
            var answer = http.send(
                    request.uri(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            var body = answer.body().isEmpty() ? "{}" : answer.body();
            return new Reply(answer.statusCode(), JsonMapper.shared().readTree(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One case: what the others say of it, and what became of it. */
    final class Case {
        final CaseNumber number;
        final PersonId person;
        final RegionCode sending;
        final RegionCode receiving;

        private Case(CaseNumber number, PersonId person, RegionCode sending, RegionCode receiving) {
            this.number = number;
            this.person = person;
            this.sending = sending;
            this.receiving = receiving;
        }

        Case balance(String amount) {
            var item = new ImportBalances.Item(person, Fen.parse(amount), false);
            bean(ImportBalances.class).run(sending, "opening-" + number, List.of(item), "loader");
            return this;
        }

        RemittanceNumber remittance(int n) {
            return new RemittanceNumber(number, n);
        }

        Envelope hold(int attempt) {
            return transferOut(new HoldRequestedV1(attempt, person, Scheme.EMPLOYEE));
        }

        Envelope remit(int n, String amount) {
            return transferOut(new RemitOrderedV1(remittance(n), Fen.parse(amount), receiving, 1));
        }

        Envelope advance(int n, String amount) {
            return transferOut(new RemitOrderedV1(remittance(n), Fen.parse(amount), receiving, 1, true));
        }

        Envelope creditOrdered(String amount) {
            return transferIn(new CreditOrderedV1(1, Fen.parse(amount), person, Scheme.EMPLOYEE, sending));
        }

        Envelope transferOut(EventData data) {
            return say(sending, ServiceName.TRANSFER_OUT, sending, data);
        }

        Envelope transferIn(EventData data) {
            return say(receiving, ServiceName.TRANSFER_IN, receiving, data);
        }

        /** The settlement of the region that is not hosted here. */
        Envelope otherSettlement(EventData data) {
            return HOSTED.contains(sending)
                    ? say(receiving, ServiceName.SETTLEMENT, sending, data)
                    : say(sending, ServiceName.SETTLEMENT, receiving, data);
        }

        Envelope say(RegionCode from, ServiceName service, RegionCode to, EventData data) {
            return kit.say(Source.of(from, service), Topics.balance(to), to.value(), number.value(), data);
        }

        Case untilSending(String state) {
            until(() -> strings("select state from sending_case where number = ?", number.value())
                    .equals(List.of(state)));
            return this;
        }

        Case untilArrival(int n, String place) {
            until(() -> strings("select place from arrival where number = ? and n = " + n, number.value())
                    .equals(List.of(place)));
            return this;
        }

        Case untilOrder(String state) {
            until(() -> strings("select order_state from receiving_case where number = ?", number.value())
                    .equals(List.of(state)));
            return this;
        }

        /** Until both relay and reader have nothing left of this topic; then its types in order. */
        List<String> types(RegionCode topic, int count) {
            until(() -> kit.types(Topics.balance(topic), number.value()).size() >= count);
            return kit.types(Topics.balance(topic), number.value()).stream()
                    .map(type -> type.substring("balance.".length(), type.length() - ".v1".length()))
                    .toList();
        }

        <T extends EventData> T said(RegionCode topic, String type, Class<T> as) {
            var wanted = "balance." + type + ".v1";
            return kit.events(Topics.balance(topic), number.value()).stream()
                    .filter(envelope -> envelope.type().equals(wanted))
                    .reduce((_, last) -> last)
                    .map(envelope -> WireJson.read(envelope.data(), as))
                    .orElseThrow();
        }

        /** The business keys of all postings of the case, without its number and old region, in the order of their making. */
        List<String> postings() {
            return strings(
                    "select replace(replace(business_key, ? || '-', ''), '<' || ?, '') from posting"
                            + " where remittance like ? || '%' order by id",
                    number.value(), sending.value(), number.value());
        }

        List<String> parked() {
            return strings("select type from parked_input where subject = ? order by position", number.value());
        }

        Fen balanceAt(RegionCode region) {
            return strings(
                            "select balance from account where kind = 'PERSONAL' and region = ? and owner = ?",
                            region.value(),
                            person.value())
                    .stream()
                    .map(text -> Fen.of(Long.parseLong(text)))
                    .findFirst()
                    .orElse(Fen.ZERO);
        }
    }
}
