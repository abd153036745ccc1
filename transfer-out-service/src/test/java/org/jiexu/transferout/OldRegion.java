package org.jiexu.transferout;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.JiexuService;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.testing.RegistryStub;
import org.jiexu.bus.testing.TestTokens;
import org.jiexu.bus.time.DeadlineView;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.transferout.domain.CaseNumbers;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.SheetContent;
import org.jiexu.transferout.domain.State;
import org.jiexu.transferout.domain.Task;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.TransferAcceptedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * 济宁 and 株洲 (staff issue), 杭州 (the system issues, left balances are paid out) hosted by the service; 长沙 receives and
 * is played by the test.
 */
final class OldRegion {
    static final RegionCode B = BusTestKit.CHANGSHA;
    static final RegionCode JINING = BusTestKit.JINING;
    static final RegionCode HANGZHOU = BusTestKit.HANGZHOU;
    /** Of one province with 长沙. */
    static final RegionCode ZHUZHOU = new RegionCode("430200");

    private static final List<RegionCode> HOSTED = List.of(JINING, HANGZHOU, ZHUZHOU);
    static final Instant ACCEPTED_AT = BusTestKit.START;
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private static final Set<CaseNumber> WITHOUT_MONTHS = ConcurrentHashMap.newKeySet();
    private static final Map<CaseNumber, Integer> LONG_HISTORIES = new ConcurrentHashMap<>();
    private static final Set<CaseNumber> ENDLESS_REMARKS = ConcurrentHashMap.newKeySet();
    private static final OldRegion SHARED = new OldRegion();

    final BusTestKit kit = new BusTestKit(B, JINING, HANGZHOU, ZHUZHOU);
    final RegistryStub registry = new RegistryStub(kit);
    final TestTokens tokens = new TestTokens(registry.url());
    final ConfigurableApplicationContext context;
    private int cases;

    private OldRegion() {
        kit.policy("automatic.issue", HANGZHOU.value(), "true");
        kit.policy("account.left", HANGZHOU.value(), "PAID_OUT");
        registry.answer("/internal/sheet-rows", OldRegion::sheetRows);
        var settings = new LinkedHashMap<>(kit.settings(ServiceName.TRANSFER_OUT, HOSTED));
        settings.put("jiexu.registry-url", registry.url());
        settings.put("jiexu.issuer", registry.url());
        registry.answer("/oauth2/token", _ -> WireJson.text(Map.of("access_token", "any", "expires_in", 3600)));
        registry.answer("/oauth2/jwks", _ -> tokens.keys());
        context = JiexuService.builder(TransferOutApplication.class, "transfer-out")
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    static OldRegion shared() {
        return SHARED;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A case of its own person, each test has its own. */
    Leaving newCase(RegionCode sending) {
        return newCase(sending, B);
    }

    Leaving newCase(RegionCode sending, RegionCode receiving) {
        int n = cases++;
        var distinct = "%c%c".formatted(LETTERS.charAt(n / LETTERS.length()), LETTERS.charAt(n % LETTERS.length()));
        var number = CaseNumbers.valid(receiving + "-26-222222" + distinct);
        return new Leaving(number, new PersonId("P0000000000" + distinct), sending);
    }

    private static String sheetRows(String question) {
        var items = new ArrayList<Map<String, Object>>();
        for (var item : WireJson.read(question, Question.class).items()) {
            var head =
                    new InfoSheet.Head("张三", new Certificate(CertificateType.IDENTITY_CARD, "990101199001010016"), "1");
            var later = row(YearMonth.of(2022, 1), YearMonth.of(2023, 12), 24);
            var earlier = row(YearMonth.of(2019, 3), YearMonth.of(2021, 2), 20);
            var agency = new SheetContent.Agency("济宁市医疗保险事业中心", "0537-0000000", "370899", "李四");
            var rows = new ArrayList<>(WITHOUT_MONTHS.contains(item.number()) ? List.of() : List.of(later, earlier));
            for (int i = 0; i < LONG_HISTORIES.getOrDefault(item.number(), 0); i++) {
                rows.add(imported(YearMonth.of(1, 1).plusMonths(i), 60));
            }
            if (ENDLESS_REMARKS.contains(item.number())) {
                rows.add(imported(YearMonth.of(1, 1), 3_000_000));
            }
            items.add(Map.of("number", item.number(), "head", head, "rows", rows, "agency", agency));
        }
        return WireJson.text(Map.of("items", items));
    }

    record Question(List<QuestionItem> items) {}

    record QuestionItem(CaseNumber number) {}

    private static SheetRow imported(YearMonth month, int remark) {
        return new SheetRow(9, month, month, SheetScheme.OTHER, 1, "济宁市医疗保险事业中心", "370800", "备".repeat(remark));
    }

    private static SheetRow row(YearMonth from, YearMonth to, int months) {
        return new SheetRow(9, from, to, SheetScheme.EMPLOYEE, months, "济宁市医疗保险事业中心", "370800", null);
    }

    static void until(Predicate<OldRegion> happened) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> happened.test(SHARED));
    }

    /** One case seen from outside: what the others say to it, and what it says. */
    final class Leaving {
        final CaseNumber number;
        final PersonId person;
        final RegionCode sending;
        final List<Said> said = new ArrayList<>();

        private Leaving(CaseNumber number, PersonId person, RegionCode sending) {
            this.number = number;
            this.person = person;
            this.sending = sending;
        }

        record Said(String topic, Envelope envelope) {}

        /** So many rows more, a month each. */
        Leaving withImported(int rows) {
            LONG_HISTORIES.put(number, rows);
            return this;
        }

        /** The registry's answer about this case is longer than anybody reads. */
        Leaving withEndlessRemark() {
            ENDLESS_REMARKS.add(number);
            return this;
        }

        /** The registry knows of no months here. */
        Leaving withoutMonths() {
            WITHOUT_MONTHS.add(number);
            return this;
        }

        Leaving accepted() {
            return transferIn(
                    new TransferAcceptedV1(person, sending, Scheme.EMPLOYEE, B, Scheme.EMPLOYEE, ACCEPTED_AT));
        }

        Leaving acceptedAtOnce() {
            return transferIn(new TransferAcceptedV1(
                    person, sending, Scheme.EMPLOYEE, B, Scheme.EMPLOYEE, ACCEPTED_AT, null, true));
        }

        Leaving accepted(Scheme from, Scheme to, AccountWish account) {
            var receiving = number.receivingRegion();
            return transferIn(new TransferAcceptedV1(person, sending, from, receiving, to, ACCEPTED_AT, account, null));
        }

        Leaving held(int attempt, String amount) {
            return ownSettlement(new HeldV1(attempt, Fen.parse(amount)));
        }

        Leaving transferIn(EventData data) {
            return say(Source.of(number.receivingRegion(), ServiceName.TRANSFER_IN), Topics.transfer(sending), data);
        }

        Leaving ownSettlement(EventData data) {
            return say(Source.of(sending, ServiceName.SETTLEMENT), Topics.balance(sending), data);
        }

        Leaving otherSettlement(EventData data) {
            return say(Source.of(B, ServiceName.SETTLEMENT), Topics.balance(sending), data);
        }

        Leaving say(Source source, String topic, EventData data) {
            said.add(new Said(topic, kit.say(source, topic, sending.value(), number.value(), data)));
            return this;
        }

        Leaving untilState(State.Name name) {
            until(_ -> state() == name);
            return this;
        }

        /** Until the service has handled everything said so far to that topic: a later message of another case got through. */
        Leaving untilHeard() {
            var probe = newCase(sending);
            probe.accepted().untilState(State.Name.HOLDING);
            probe.held(1, "0.00").untilKnownHeld();
            return this;
        }

        private void untilKnownHeld() {
            until(_ -> state() != State.Name.HOLDING);
        }

        Leaving untilToB(String... types) {
            until(_ -> toB().equals(List.of(types)));
            return this;
        }

        State.Name state() {
            return bean(CaseStore.class)
                    .find(number)
                    .map(found -> found.state().name())
                    .orElse(State.Name.NO_CASE);
        }

        OutgoingCase stored() {
            return bean(CaseStore.class).find(number).orElseThrow();
        }

        /** Types said to the receiving region. */
        List<String> toB() {
            return kit.types(Topics.transfer(B), number.value());
        }

        /** Types on our own balance topic, those of the settlement included. */
        List<String> money() {
            return kit.types(Topics.balance(sending), number.value());
        }

        <T extends EventData> T last(String topic, Class<T> type) {
            var wanted = Stream.of(EventType.values())
                    .filter(kind -> kind.dataClass().equals(type))
                    .findFirst()
                    .orElseThrow();
            return kit.events(topic, number.value()).stream()
                    .filter(envelope -> envelope.type().equals(wanted.wireName()))
                    .reduce((_, second) -> second)
                    .map(envelope -> WireJson.read(envelope.data(), type))
                    .orElseThrow();
        }

        List<Task> tasks() {
            return bean(TaskStore.class).of(number).stream()
                    .map(TaskStore.OpenTask::task)
                    .toList();
        }

        List<DeadlineView> deadlines() {
            return bean(Deadlines.class).of(number.value());
        }
    }

    CrashPoints crashPoints() {
        return bean(CrashPoints.class);
    }
}
