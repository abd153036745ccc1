package org.jiexu.bus.testing.walk;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.EventHandler;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says every type of event about every subject it is given, to every region's topic that the service reads: as it should
 * be, twice, under another number in the sequence, by another region, to another region, about somebody else, with values
 * spoilt. Every event of a type that the service hears then has its entry in the inbox or in quarantine with a foreseen
 * reason; none has vanished. What it does not hear it would not have done anything on.
 */
public final class WireWalk {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext service;
    private final EventHandler handler;
    private final JdbcClient jdbc;
    private final Function<Source, Sm2KeyPair> keys;
    private final BiConsumer<String, Envelope> send;
    private final Random random;
    private final Map<String, Envelope> said = new TreeMap<>();
    private final Map<String, String> topics = new HashMap<>();
    private final Set<String> findings = new LinkedHashSet<>();
    private final Map<String, Map<String, Integer>> answers = new TreeMap<>();
    private int ids;

    /** One subject in some state, with what the events about it hold. */
    public record About(String subject, Samples samples, Map<EventType, List<JsonNode>> exact) {
        public About(String subject, Samples samples) {
            this(subject, samples, Map.of());
        }
    }

    /**
     * @param keys whom the service believes
     * @param send to the broker, on that topic
     */
    public WireWalk(
            ConfigurableApplicationContext service,
            Function<Source, Sm2KeyPair> keys,
            BiConsumer<String, Envelope> send,
            long seed) {
        this.service = service;
        this.handler = service.getBean(EventHandler.class);
        this.jdbc = service.getBean(JdbcClient.class);
        this.keys = keys;
        this.send = send;
        this.random = new Random(seed);
    }

    /** Says every type of those families about that subject on the topic of {@code to}; regions are heard as speakers. */
    public WireWalk say(About about, RegionCode to, List<RegionCode> speakers, Set<TopicFamily> families) {
        for (var type : EventType.values()) {
            if (families.contains(type.family())) {
                for (var region : speakers) {
                    for (var source : sources(type, region)) {
                        say(about, type, source, to);
                    }
                }
            }
        }
        return this;
    }

    private static List<Source> sources(EventType type, RegionCode region) {
        return Stream.of(ServiceName.values())
                .filter(type::maySay)
                .map(service -> service == ServiceName.REGISTRY ? Source.REGISTRY : Source.of(region, service))
                .toList();
    }

    private void say(About about, EventType type, Source source, RegionCode region) {
        var to = type.family().isPerRegion() ? region.value() : "*";
        var topic = type.family().prefix() + (type.family().isPerRegion() ? "." + region : "");
        var exact = about.exact().get(type);
        var datas = exact == null ? List.of(about.samples().of("data", type.dataClass())) : exact;
        for (var data : datas) {
            var text = JSON.writeValueAsString(data);
            var first = envelope(type, source, to, about.subject(), 1, text);
            tell(topic, first.signedBy(keys.apply(source)));
            tell(topic, first.signedBy(keys.apply(source)));
            tell(topic, envelope(type, source, to, about.subject(), 9999, text).signedBy(keys.apply(source)));
            for (var spoilt : pick(data)) {
                tell(
                        topic,
                        envelope(type, source, to, about.subject(), 2, spoilt).signedBy(keys.apply(source)));
            }
        }
        var text = JSON.writeValueAsString(datas.getFirst());
        var other = envelope(type, source, "999999", about.subject(), 3, text);
        tell(topic, other.signedBy(keys.apply(source)));
        var nobody = envelope(type, source, to, "nobody", 4, text);
        tell(topic, nobody.signedBy(keys.apply(source)));
        var wrong = source.equals(Source.REGISTRY) ? Source.of(region, ServiceName.TRANSFER_IN) : Source.REGISTRY;
        tell(topic, envelope(type, source, to, about.subject(), 5, text).signedBy(keys.apply(wrong)));
        tell(topic, envelope(type, wrong, to, about.subject(), 6, text).signedBy(keys.apply(wrong)));
    }

    /** The optional left out, and a few of its values spoilt. */
    private List<String> pick(JsonNode data) {
        var all = Hostile.spoilt(data.deepCopy());
        var some = new ArrayList<String>();
        for (int i = 0; i < 4 && !all.isEmpty(); i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        if (data instanceof ObjectNode object) {
            for (var name : object.propertyNames()) {
                var less = object.deepCopy();
                less.remove(name);
                some.add(JSON.writeValueAsString(less));
            }
        }
        return some;
    }

    private Envelope envelope(EventType type, Source source, String to, String subject, long sequence, String data) {
        return new Envelope(
                "0198c000-0000-7000-8000-%012x".formatted((random.nextInt() & 0xffffffffL) | ((long) ++ids << 32)),
                source.toString(),
                type.wireName(),
                to,
                subject,
                BusTestKit.START.toString(),
                sequence,
                null,
                null,
                "",
                Bytes.of(new byte[0]),
                Bytes.ofUtf8(data));
    }

    private void tell(String topic, Envelope envelope) {
        said.put(envelope.id(), envelope);
        topics.put(envelope.id(), topic);
        send.accept(topic, envelope);
    }

    /** Until all has been heard; what is wrong, one line each. */
    public List<String> findings(Set<EventType> heard) {
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> vanished().isEmpty());
        } catch (ConditionTimeoutException e) {
            vanished().stream().limit(20).forEach(id -> findings.add("vanished: " + line(id)));
        }
        quarantined().forEach((id, reason) -> {
            if (said.containsKey(id) && (reason.isBlank() || reason.startsWith("UNFORESEEN"))) {
                findings.add("quarantined: " + reason + ": " + line(id));
            }
        });
        jdbc.sql("select id, reason from parked_input").query(row -> {
            if (said.containsKey(row.getString("id")) && row.getString("reason").isBlank()) {
                findings.add("parked without reason: " + line(row.getString("id")));
            }
        });
        said.values().forEach(envelope -> answerAgain(envelope, heard));
        return List.copyOf(findings);
    }

    /** How often each type was answered how, once all had been said. */
    public Map<String, Map<String, Integer>> answers() {
        return answers;
    }

    public int said() {
        return said.size();
    }

    private List<String> vanished() {
        var entered = new LinkedHashSet<>(
                jdbc.sql("select id from inbox").query(String.class).list());
        entered.addAll(quarantined().keySet());
        return said.values().stream()
                .filter(this::isHeard)
                .map(Envelope::id)
                .filter(id -> !entered.contains(id))
                .toList();
    }

    private boolean isHeard(Envelope envelope) {
        return handler.hears(EventType.ofWireName(envelope.type()).orElseThrow());
    }

    private Map<String, String> quarantined() {
        var reasons = new HashMap<String, String>();
        jdbc.sql("select headers::text as headers, reason from quarantined").query(row -> {
            for (var header : JSON.readTree(row.getString("headers"))) {
                if (header.path("name").asString().equals("ce_id")) {
                    var id = Base64.getDecoder().decode(header.path("value").asString());
                    reasons.put(new String(id, StandardCharsets.UTF_8), row.getString("reason"));
                }
            }
        });
        return reasons;
    }

    /** What is readable has an answer, whenever it is asked; what this service hears is not passed over. */
    private void answerAgain(Envelope envelope, Set<EventType> heard) {
        var type = EventType.ofWireName(envelope.type()).orElseThrow();
        var received = received(envelope, type);
        if (received == null) {
            return;
        }
        var transaction = new TransactionTemplate(service.getBean(PlatformTransactionManager.class));
        var answer = transaction.execute(status -> {
            status.setRollbackOnly();
            return handler.handle(received);
        });
        var name = answer == null ? "nothing" : answer.getClass().getSimpleName();
        answers.computeIfAbsent(type.wireName(), _ -> new TreeMap<>()).merge(name, 1, Integer::sum);
        if (answer == null || (answer instanceof Answer.Skipped && heard.contains(type))) {
            findings.add(name + ": " + line(envelope.id()));
        }
        if (!isHeard(envelope) && !(answer instanceof Answer.Skipped)) {
            findings.add(name + ", but never heard: " + line(envelope.id()));
        }
    }

    private @Nullable Received received(Envelope envelope, EventType type) {
        var source = Source.parse(envelope.source());
        boolean belongs = type.maySay(source.service())
                && !envelope.to().equals("999999")
                && !envelope.subject().equals("nobody");
        if (!belongs) {
            return null;
        }
        try {
            var data = WireJson.read(envelope.data(), type.dataClass());
            var topic = Objects.requireNonNull(topics.get(envelope.id()));
            var region = type.family().isPerRegion() ? new RegionCode(envelope.to()) : null;
            return new Received(topic, region, envelope, type, data, source);
        } catch (WireJson.Unreadable e) {
            return null;
        }
    }

    private String line(String id) {
        var envelope = Objects.requireNonNull(said.get(id));
        return envelope.type() + " by " + envelope.source() + " to " + envelope.to() + " about " + envelope.subject()
                + ": " + new String(envelope.data().toArray(), StandardCharsets.UTF_8);
    }
}
