package org.jiexu.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Door.Answer;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.TransferCase;
import org.jspecify.annotations.Nullable;

/**
 * People at the gateway: they apply, withdraw, are enrolled; each leaves at the time that follows from the seed, and asks
 * again with the same key until there is an answer that counts. What each was told stands in the history.
 */
final class Load implements AutoCloseable {
    private static final long ASK_AGAIN_MILLIS = 250;
    private static final long ASK_AGAIN_AT_MOST_MILLIS = 2000;
    /** Samples have 9000 area codes; a load takes three of them. */
    private static final long AREAS = 9000;

    private static final long SEEDS = 100;
    private static final long NEXT_SET = 3000;

    private final Door door;
    private final ClientHistory history;
    private final Schedule schedule;
    private final List<Ask> asks;
    private final SampleSet people;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Long> askedAt = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Set<String> enrolled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger retried = new AtomicInteger();
    private volatile long patience = Long.MAX_VALUE;

    /** @param from null: is enrolled there instead of applying */
    private record Ask(SamplePerson person, SampleRegion from, SampleRegion to, Kind kind, long thinksFor) {}

    private enum Kind {
        TRANSFER,
        WITHDRAWAL,
        ENROLMENT
    }

    Load(Schedule schedule, Door door, ClientHistory history) {
        this.schedule = schedule;
        this.door = door;
        this.history = history;
        var size = schedule.load();
        long base = base(schedule);
        int far = size.transfers() / 3;
        var toChangsha = Samples.transferable(
                base, size.transfers() - far, SampleRegion.JINING.code(), SampleRegion.CHANGSHA.code());
        var toHangzhou =
                Samples.transferable(base + NEXT_SET, far, SampleRegion.CHANGSHA.code(), SampleRegion.HANGZHOU.code());
        var leavers = Samples.leavers(base + 2 * NEXT_SET, size.enrolments(), SampleRegion.CHANGSHA.code());
        this.people = toChangsha.and(toHangzhou).and(leavers);
        this.asks = asks(schedule, toChangsha, toHangzhou, leavers);
    }

    /** Other persons for each fault and seed, so that one platform can serve many. */
    private static long base(Schedule schedule) {
        return schedule.seed() / SEEDS * AREAS
                + Fault.parse(schedule.fault()).number() * SEEDS
                + schedule.seed() % SEEDS;
    }

    private static List<Ask> asks(Schedule schedule, SampleSet toChangsha, SampleSet toHangzhou, SampleSet leavers) {
        var random = new Random(schedule.seed());
        var all = new ArrayList<Ask>();
        int withdrawals = schedule.load().withdrawals();
        for (var person : toHangzhou.persons()) {
            all.add(new Ask(person, SampleRegion.CHANGSHA, SampleRegion.HANGZHOU, Kind.TRANSFER, 0));
        }
        for (var person : toChangsha.persons()) {
            var kind = withdrawals-- > 0 ? Kind.WITHDRAWAL : Kind.TRANSFER;
            all.add(new Ask(person, SampleRegion.JINING, SampleRegion.CHANGSHA, kind, random.nextInt(600)));
        }
        for (var person : leavers.persons()) {
            all.add(new Ask(person, SampleRegion.CHANGSHA, SampleRegion.ZHUZHOU, Kind.ENROLMENT, 0));
        }
        Collections.shuffle(all, random);
        return List.copyOf(all);
    }

    SampleSet people() {
        return people;
    }

    /** Tokens are fetched before anything is broken; then everybody leaves in time. Returns at once. */
    void begin(long start) {
        asks.forEach(ask -> door.token(user(ask)));
        open.set(asks.size());
        Thread.ofVirtual().name("load").start(() -> {
            for (int i = 0; i < asks.size(); i++) {
                var ask = asks.get(i);
                Waiting.until(start + (long) (i * 1e9 / schedule.load().perSecond()));
                clients.execute(() -> {
                    try {
                        send(ask);
                    } finally {
                        open.decrementAndGet();
                    }
                });
            }
        });
    }

    /** Whoever has no answer by then gives up. */
    void giveUpAt(long nanoTime) {
        patience = nanoTime;
    }

    /** Nobody waits for an answer. */
    boolean isOver() {
        return open.get() == 0;
    }

    int size() {
        return asks.size();
    }

    /** Numbers of cases, with the moment at which they were first asked for. */
    Map<String, Long> cases() {
        var cases = new HashMap<String, Long>();
        owners.forEach((number, key) -> cases.put(number, askedAt.getOrDefault(key, 0L)));
        return cases;
    }

    /** Those for whom a case must come into being by itself. */
    Set<String> enrolled() {
        return new HashSet<>(enrolled);
    }

    /** Who was turned away although nothing stands in the way. */
    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    int refused() {
        return refused.get();
    }

    int retried() {
        return retried.get();
    }

    private static String user(Ask ask) {
        return ask.kind() == Kind.ENROLMENT
                ? "clerk-" + ask.to().code()
                : "person-" + ask.person().person();
    }

    private String key(Ask ask) {
        return schedule.fault() + "-" + schedule.seed() + "-" + ask.person().person();
    }

    private void send(Ask ask) {
        switch (ask.kind()) {
            case TRANSFER -> apply(ask);
            case WITHDRAWAL -> {
                String number = apply(ask);
                if (!number.isEmpty()) {
                    Waiting.until(System.nanoTime() + ask.thinksFor() * 1_000_000);
                    // The old region decides: the answer may be that it is too late.
                    untilAnswered(
                            key(ask) + "-withdrawal",
                            () -> door.post(user(ask), "/api/v1/transfers/" + number + "/withdrawal", null));
                }
            }
            case ENROLMENT -> enrol(ask);
        }
    }

    private String apply(Ask ask) {
        String key = key(ask);
        askedAt.put(key, System.nanoTime());
        var answer = untilAnswered(
                key,
                () -> TransferCase.send(
                        door, ask.person(), ask.from().code(), ask.to().code(), key));
        if (answer == null || answer.status() / 100 != 2) {
            wrongs.add(told(key, answer));
            return "";
        }
        owners.put(answer.text("number"), key);
        return answer.text("number");
    }

    private static String told(String key, @Nullable Answer answer) {
        return "I8: nothing stands in the way of " + key + ", who was answered "
                + (answer == null ? "nothing" : answer.status() + " " + answer.text("code"));
    }

    private void enrol(Ask ask) {
        var person = ask.person();
        Map<String, Object> body = Map.of(
                "certificateType", person.certificate().type().code(),
                "certificateNumber", person.certificate().number(),
                "name", person.name(),
                "scheme", "310",
                "personType", "1101");
        var answer = untilAnswered(
                key(ask),
                () -> door.post(user(ask), "/api/v1/agency/" + ask.to().code() + "/participation/enrol", body));
        if (answer != null && answer.status() / 100 == 2) {
            enrolled.add(person.person().value());
        } else if (answer == null || answer.status() != 409) {
            // 409: an answer that got lost had been a yes.
            wrongs.add(told(key(ask), answer));
        }
    }

    private interface Request {
        Answer send();
    }

    /** The same question until it has an answer that counts; null when patience has ended. */
    private @Nullable Answer untilAnswered(String key, Request request) {
        history.invoke(key);
        long pause = ASK_AGAIN_MILLIS;
        while (true) {
            int status = 0;
            String text = "";
            try {
                var answer = request.send();
                status = answer.status();
                text = answer.text("code") + " " + answer.text("detail");
                if (status / 100 == 2) {
                    String number = answer.text("number");
                    history.ok(key, number.isEmpty() ? null : number, status);
                    return answer;
                }
                if (status < 500 && status != 429 && !text.startsWith("IDEMPOTENCY_IN_FLIGHT")) {
                    history.fail(key, status, text);
                    refused.incrementAndGet();
                    return answer;
                }
            } catch (RuntimeException e) {
                text = "no answer";
            }
            history.unknown(key, status, text);
            retried.incrementAndGet();
            if (System.nanoTime() - patience > 0) {
                return null;
            }
            Waiting.until(System.nanoTime() + pause * 1_000_000);
            pause = Math.min(2 * pause, ASK_AGAIN_AT_MOST_MILLIS);
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
