package org.jiexu.transferin;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jiexu.bus.client.CheckAnswer;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.RegistryStub;
import org.jiexu.bus.testing.TestTokens;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.Applicant;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Cases;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.InfoSheetIssuedV1;
import org.jiexu.wire.contract.RegionListedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** 长沙 (clerks confirm) and 杭州 (the system confirms) hosted by the service; 济宁 sends and is played by the test. */
final class NewRegion {
    static final RegionCode CHANGSHA = BusTestKit.CHANGSHA;
    static final RegionCode HANGZHOU = BusTestKit.HANGZHOU;
    static final RegionCode JINING = BusTestKit.JINING;
    static final RegionCode ZHUZHOU = new RegionCode("430200");
    /** Outside the platform. */
    static final RegionCode SHIJIAZHUANG = new RegionCode("130100");

    static final Source OLD_REGION = Source.of(JINING, ServiceName.TRANSFER_OUT);
    private static final String OTHERS_NAME = "李四";
    private static final String REFUSED_NAME = "王五";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final NewRegion SHARED = new NewRegion();

    final BusTestKit kit = new BusTestKit(CHANGSHA, HANGZHOU, JINING, ZHUZHOU);
    final RegistryStub registry = new RegistryStub(kit);
    final TestTokens tokens = new TestTokens(registry.url());
    final ConfigurableApplicationContext context;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Visitor visitor;
    private int cases;
    private int keys;

    private NewRegion() {
        kit.policy("automatic.confirm", HANGZHOU.value(), "true");
        kit.policy("instant.limit", CHANGSHA.value(), "10000.00");
        kit.say(
                Source.REGISTRY,
                Topics.DIRECTORY,
                Topics.EVERYBODY,
                "region/" + SHIJIAZHUANG,
                new RegionListedV1(
                        SHIJIAZHUANG, "石家庄市", "130000", "河北省", "prefecture-city", false, List.of(), List.of()));
        registry.answer("/internal/checks", this::check);
        registry.answer("/oauth2/token", _ -> WireJson.text(Map.of("access_token", "any", "expires_in", 3600)));
        registry.answer("/oauth2/jwks", _ -> tokens.keys());
        var settings = new LinkedHashMap<>(kit.settings(ServiceName.TRANSFER_IN, List.of(CHANGSHA, HANGZHOU)));
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", registry.url());
        context = JiexuService.builder(TransferInApplication.class, TransferInApplication.NAME)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        visitor = new Visitor(context);
        until(() -> bean(BusinessClock.class).isSet());
    }

    static NewRegion shared() {
        return SHARED;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    int count(String table) {
        return jdbc().sql("select count(*) from " + table).query(Integer.class).single();
    }

    /** A person of its own for each test. */
    Arriving somebody(RegionCode receiving) {
        return new Arriving(receiving, ++cases, "张三");
    }

    /** Whom the registry finds unfit for two reasons. */
    Arriving somebodyRefused(RegionCode receiving) {
        return new Arriving(receiving, ++cases, REFUSED_NAME);
    }

    /** Whom the registry knows to be somebody else than the caller. */
    Arriving somebodyElse(RegionCode receiving) {
        return new Arriving(receiving, ++cases, OTHERS_NAME);
    }

    private String check(String question) {
        var asked = JSON.readTree(question);
        var own = answers.get(asked.path("certificateNumber").asString());
        if (own != null) {
            return own;
        }
        return switch (asked.path("name").asString()) {
            case REFUSED_NAME ->
                WireJson.text(Map.of(
                        "outcome",
                        "REFUSED",
                        "reasons",
                        List.of(
                                new CodedReason("STILL_INSURED_THERE", "转出地尚未中止参保", "请先暂停参保"),
                                new CodedReason("NOT_INSURED_HERE", "转入地未参保", "请先参保登记"))));
            case OTHERS_NAME -> WireJson.text(Map.of("outcome", "NOT_YOURS"));
            default ->
                WireJson.text(Map.of(
                        "outcome",
                        "ACCEPTABLE",
                        "person",
                        person(asked.path("certificateNumber").asString()).value()));
        };
    }

    private static PersonId person(String certificateNumber) {
        return new PersonId("P" + certificateNumber.substring(6));
    }

    static void until(BooleanSupplier happened) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(happened::getAsBoolean);
    }

    /** An answer of the service. */
    record Answer(int status, JsonNode body, String text) {}

    Answer get(String path, String token) {
        return visitor.ask(visitor.to(path).GET(), token);
    }

    Answer post(String path, @Nullable String body, String token) {
        return visitor.post(path, body, token, "key-" + ++keys);
    }

    /** An employer's list; the key is the caller's own, so that it may come again. */
    Answer postList(String path, byte[] csv, String token, String key) {
        return visitor.postList(path, csv, token, key);
    }

    /** An answer that is no JSON. */
    String text(String path, String token) {
        return visitor.text(path, token);
    }

    /** One person on the way here, seen from outside: what is said to the case, and what it says. */
    final class Arriving {
        final RegionCode receiving;
        final Certificate certificate;
        final PersonId person;
        final String name;
        private @Nullable CaseNumber number;

        private Arriving(RegionCode receiving, int n, String name) {
            this.receiving = receiving;
            this.certificate = Cases.certificate(n);
            this.person = person(certificate.number());
            this.name = name;
        }

        CaseNumber number() {
            return Objects.requireNonNull(number);
        }

        /** What the registry says of this person from now on, instead of that nothing stands against it. */
        Arriving checked(CheckAnswer answer) {
            var outcome = switch (answer) {
                case CheckAnswer.Acceptable _ -> "ACCEPTABLE";
                case CheckAnswer.Waiting _ -> "WAITING";
                case CheckAnswer.Refused _ -> "REFUSED";
                case CheckAnswer.NotYours _ -> "NOT_YOURS";
            };
            var text = (ObjectNode) JSON.readTree(WireJson.text(answer));
            answers.put(certificate.number(), text.put("outcome", outcome).toString());
            return this;
        }

        String token() {
            return tokens.person(person);
        }

        String clerk() {
            return tokens.clerk(receiving);
        }

        String application() {
            return Forms.application(certificate, name);
        }

        /** At the window of this region, with these papers. */
        String atWindow(String... papers) {
            return Forms.atWindow(application(), papers);
        }

        /** As what starts by itself applies, without a door. */
        Arriving arrivesInstantly() {
            var application = Forms.automatic(certificate, name, receiving);
            var applicant = new Applicant("transfer-in", "SERVICE", null, null, null);
            number = bean(Apply.class)
                    .apply(application, applicant)
                    .orElseThrow()
                    .number();
            return this;
        }

        Answer supplement(String token, String... papers) {
            return post("/api/v1/transfers/" + number() + "/supplements", Forms.supplement(papers), token);
        }

        Answer withdraw() {
            return post("/api/v1/transfers/" + number() + "/withdrawal", null, token());
        }

        Answer apply() {
            return apply(application(), token());
        }

        Answer apply(String body, String token) {
            var answer = post("/api/v1/regions/" + receiving + "/transfers", body, token);
            var given = answer.body().path("number").asString("");
            if (CaseNumber.isValid(given)) {
                number = new CaseNumber(given);
            }
            return answer;
        }

        Arriving accepted() {
            var answer = apply();
            if (answer.status() != 201) {
                throw new IllegalStateException(answer.text());
            }
            return this;
        }

        InfoSheet sheet(int version, String amount, int months) {
            return Forms.sheet(number(), new InfoSheet.Head(name, certificate, "1"), version, amount, months);
        }

        InfoSheetIssuedV1 issued(InfoSheet sheet, Sm2KeyPair key) {
            var sealed = SealedSheet.seal(sheet, key);
            var amount = sheet.foot().amount();
            return new InfoSheetIssuedV1(
                    sheet.version(),
                    sealed.text(),
                    sealed.keyId(),
                    sealed.seal(),
                    amount,
                    amount.isPositive() ? remittance() : null);
        }

        InfoSheetIssuedV1 issued(int version, String amount, int months) {
            return issued(sheet(version, amount, months), kit.key(OLD_REGION));
        }

        RemittanceNumber remittance() {
            return new RemittanceNumber(number(), 1);
        }

        Envelope oldRegion(EventData data) {
            return kit.say(OLD_REGION, Topics.transfer(receiving), receiving.value(), number().value(), data);
        }

        Envelope remitted(String amount) {
            return kit.say(
                    Source.of(JINING, ServiceName.SETTLEMENT),
                    Topics.balance(receiving),
                    receiving.value(),
                    number().value(),
                    new BalanceRemittedV1(remittance(), Fen.parse(amount), JINING));
        }

        Envelope credited(String amount) {
            return ownSettlement(new CreditedV1(remittance(), Fen.parse(amount)));
        }

        Envelope ownSettlement(EventData data) {
            return kit.say(
                    Source.of(receiving, ServiceName.SETTLEMENT),
                    Topics.balance(receiving),
                    receiving.value(),
                    number().value(),
                    data);
        }

        CaseFile file() {
            return bean(CaseStore.class).find(number()).orElseThrow();
        }

        Arriving untilState(String state) {
            until(() -> CaseStore.name(file().state()).equals(state));
            return this;
        }

        /** What the old region hears. */
        List<String> toOldRegion() {
            return kit.types(Topics.transfer(JINING), number().value());
        }

        /** What is said about the money here, by everybody. */
        List<String> money() {
            return kit.types(Topics.balance(receiving), number().value());
        }

        List<String> history() {
            return kit.types(Topics.participation(receiving), person.value());
        }

        List<CaseProgressedV1> progress() {
            return kit.events(Topics.PROGRESS, number().value()).stream()
                    .map(envelope -> WireJson.read(envelope.data(), CaseProgressedV1.class))
                    .toList();
        }

        <T extends EventData> T last(String topic, Class<T> type) {
            return kit.events(topic, number().value()).stream()
                    .filter(envelope -> EventType.ofWireName(envelope.type())
                            .orElseThrow()
                            .dataClass()
                            .equals(type))
                    .reduce((_, second) -> second)
                    .map(envelope -> WireJson.read(envelope.data(), type))
                    .orElseThrow();
        }

        Answer show() {
            return get("/api/v1/transfers/" + number(), token());
        }

        Answer act(String what, @Nullable String body) {
            return post("/api/v1/agency/" + receiving + "/transfers-in/" + number() + "/" + what, body, clerk());
        }

        int parked() {
            return jdbc().sql("select count(*) from parked_input where subject = :number")
                    .param("number", number().value())
                    .query(Integer.class)
                    .single();
        }

        List<String> quarantined() {
            return jdbc().sql("select reason from quarantined where record_key = :number order by position")
                    .param("number", number().value())
                    .query((row, n) -> row.getString("reason"))
                    .list();
        }
    }
}
