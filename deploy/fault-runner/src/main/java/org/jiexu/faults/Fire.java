package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.sandbox.Progress;

/** Does the steps of one schedule to the platform, each at its time. */
final class Fire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Platform platform;
    private final Schedule schedule;
    private final Records records;
    private final Recovery recovery;
    private final ClientHistory history;
    private final BooleanSupplier clientsAreAnswered;
    private final Progress progress;
    private final Map<TopicPartition, Long> before;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> doing = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();

    Fire(
            Platform platform,
            Schedule schedule,
            Records records,
            Recovery recovery,
            ClientHistory history,
            BooleanSupplier clientsAreAnswered,
            Progress progress) {
        this.platform = platform;
        this.schedule = schedule;
        this.records = records;
        this.recovery = recovery;
        this.history = history;
        this.clientsAreAnswered = clientsAreAnswered;
        this.progress = progress;
        this.before = records.ends();
    }

    /** What has to be so before the load begins. */
    void prepare() {
        schedule.steps().stream().filter(step -> step.at() < 0).forEach(this::act);
        platform.awaitHealthy();
    }

    /** Every step at its time from {@code start}; those that last do so beside the others. */
    void begin(long start) {
        for (var step : schedule.steps()) {
            if (step.at() >= 0 && step.at() != Step.AT_REST) {
                doing.add(hands.submit(() -> {
                    Waiting.until(start + step.at() * 1_000_000);
                    act(step);
                }));
            }
        }
    }

    /** Returns when all steps have been done; throws what one of them threw. */
    void awaitDone() throws Exception {
        for (var step : doing) {
            step.get();
        }
        for (var step : schedule.steps()) {
            if (step.action() == Step.Action.ARM) {
                awaitCrash(step);
            }
        }
    }

    /** What waits until everything has drained. */
    void atRest() {
        schedule.steps().stream().filter(step -> step.at() == Step.AT_REST).forEach(this::act);
    }

    void note(String what) {
        notes.add(what);
    }

    /** What is worth telling of this run. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void act(Step step) {
        progress.say("  " + step.action() + " " + step.target() + (step.millis() > 0 ? " " + step.millis() + " ms" : "")
                + (step.number() > 1 ? " × " + step.number() : ""));
        switch (step.action()) {
            case KILL -> kill(step.target(), step.millis());
            case KILL_TOGETHER -> killTogether(List.of(step.target().split(",", -1)));
            case ARM -> arm(step);
            case PAUSE -> pause(step);
            case END_SESSIONS -> endSessions(step.number());
            case SEND_AGAIN -> sendAgain(step.number());
            case REPLAY_TOPICS -> replayTopics(step.number() == 1);
            case DISORDER -> disorder(step);
            case ORDER -> order();
            case LATE_RECORDS -> lateRecords(step.number());
            case POISON -> poison(step);
            case REPLICAS -> replicas(step);
            case STOP_REPLICAS -> platform.stopReplicas();
            case SPOIL -> spoil(step);
            case MOVE_CLOCK -> moveClock(step);
            case BACK_UP -> backUp();
            case RESTORE -> restore();
            case LOSE_KAFKA -> loseKafka();
            case FILL_DISK -> fillDisk(step);
            case NEW_KEY -> newKey(step.target());
            case ROLL -> roll(step.target());
            case CLAIM_MONEY -> notes.add("a third region claims to have sent money");
            case TAMPER -> Tampering.valueOf(step.target()).in(platform.postgres());
        }
    }

    private void kill(String target, long downFor) {
        if (target.equals(Platform.POSTGRES)) {
            platform.postgres().kill();
            recovery.killed(target);
            platform.postgres().start();
        } else if (downFor > 0) {
            var broker = platform.service(target.equals(Platform.QUORUM_LEADER) ? leadingBroker() : target);
            broker.killAndStayDown();
            recovery.killed(broker.name());
            Waiting.until(System.nanoTime() + downFor * 1_000_000);
            broker.start(Map.of());
        } else {
            platform.service(target).kill();
            recovery.killed(target);
        }
    }

    /** Of Kafka's controllers; when they have none now, the first that lives. */
    private String leadingBroker() {
        if (!platform.isCluster()) {
            throw new IllegalStateException("the only Kafka node leads nobody");
        }
        var living = platform.livingBrokers();
        int leader = records.leader();
        String name = leader == 1 ? Platform.KAFKA : Platform.KAFKA + "-" + leader;
        return living.contains(name) ? name : living.getFirst();
    }

    private void killTogether(List<String> targets) {
        targets.parallelStream().forEach(target -> platform.service(target).kill());
        recovery.killed("all services");
    }

    private void arm(Step step) {
        int cut = step.target().indexOf(':');
        var service = platform.service(step.target().substring(0, cut));
        service.killAndStayDown();
        service.start(Map.of("JIEXU_CRASH", step.target().substring(cut + 1) + ":" + step.number()));
    }

    private void awaitCrash(Step step) {
        var service = platform.service(step.target().substring(0, step.target().indexOf(':')));
        if (Waiting.until(() -> service.ends() > 0, Duration.ofSeconds(5), LOOK)) {
            recovery.killed(service.name(), service.lastEnd());
        } else {
            notes.add("crash point " + step.target() + ":" + step.number() + " was not reached");
            // Disarmed, so that it cannot go off in another schedule.
            service.killAndStayDown();
            service.start(Map.of());
        }
    }

    private void pause(Step step) {
        var service = platform.service(step.target());
        service.pause();
        Waiting.until(System.nanoTime() + step.millis() * 1_000_000);
        service.resume();
    }

    private void endSessions(int many) {
        int ended = platform.postgres().query("postgres", """
            select pg_terminate_backend(pid) from (
                select pid from pg_stat_activity
                 where datname is not null and application_name <> 'fault-runner'
                   and backend_type = 'client backend'
                 order by state <> 'active', xact_start nulls last limit %d) victims
            """.formatted(many)).size();
        notes.add(ended + " sessions ended");
    }

    private void sendAgain(int times) {
        var all = truthSinceBefore();
        for (int i = 0; i < times; i++) {
            records.sendAgain(all);
        }
        notes.add(all.size() + " records sent " + times + " times more");
    }

    private void replayTopics(boolean withoutInbox) {
        var stateful = stateful();
        stateful.parallelStream().forEach(ServiceUnderFire::stop);
        for (String database : platform.postgres().databases()) {
            if (platform.postgres().has(database, "topic_offset")) {
                platform.postgres().update(database, "update topic_offset set next = 0");
                if (withoutInbox) {
                    platform.postgres().update(database, "delete from inbox");
                }
            }
        }
        stateful.forEach(service -> service.start(Map.of()));
        notes.add("all topics replayed" + (withoutInbox ? ", inboxes emptied" : ""));
    }

    /** Our own poison left out: sent again, it would be poison in another place. */
    private List<ConsumerRecord<String, byte[]>> truthSinceBefore() {
        return truth(before);
    }

    private List<ConsumerRecord<String, byte[]>> truth(Map<TopicPartition, Long> then) {
        return records.since(then).stream()
                .filter(record -> !poisoned.contains(record.topic() + "-" + record.partition() + "@" + record.offset()))
                .toList();
    }

    private void disorder(Step step) {
        try {
            Disorder.begin(platform.disorderFile(), schedule.seed(), step.millis(), step.number());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void order() {
        try {
            Files.deleteIfExists(platform.disorderFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long longest = schedule.steps().stream()
                .filter(step -> step.action() == Step.Action.DISORDER)
                .mapToLong(Step::millis)
                .max()
                .orElse(0);
        // What is still kept is delivered.
        Waiting.until(System.nanoTime() + (longest + 500) * 1_000_000);
    }

    /** Of cases that have ended, to inboxes that do not remember them. */
    private void lateRecords(int cases) {
        var ended = platform.postgres()
                .query(
                        "transfer_in",
                        "select number from transfer_case where state in ('COMPLETED', 'WITHDRAWN') order by"
                                + " submitted_at desc limit " + cases);
        var late = new ArrayList<>(truthSinceBefore().stream()
                .filter(record -> ended.contains(record.key()))
                .toList());
        Collections.shuffle(late, new Random(schedule.seed()));
        for (String database : platform.postgres().databases()) {
            if (platform.postgres().has(database, "inbox")) {
                for (var record : late) {
                    var id = id(record);
                    platform.postgres().update(database, "delete from inbox where id = '" + id + "'");
                }
            }
        }
        records.sendAgain(late);
        notes.add(late.size() + " late records of " + ended.size() + " ended cases");
    }

    private void poison(Step step) {
        var examples = truthSinceBefore();
        if (examples.isEmpty()) {
            examples = truth(Map.of());
        }
        var place = new Poison(platform.postgres(), records).send(step.target(), step.number(), examples);
        if (place.isEmpty()) {
            notes.add("the broker refused a record that was too large");
        } else {
            poisoned.add(place);
            history.mark(place, ClientHistory.POISON);
            notes.add(step.target());
        }
    }

    private void replicas(Step step) {
        var names = new ArrayList<String>();
        for (int i = 0; i < step.number(); i++) {
            names.add(platform.startReplica(step.target(), i));
        }
        names.forEach(name -> platform.service(name).awaitHealthy());
    }

    private void spoil(Step step) {
        int cut = step.target().indexOf(':');
        var proxy = platform.proxy(step.target().substring(0, cut));
        proxy.become(TcpProxy.Mode.valueOf(step.target().substring(cut + 1)), step.number());
        Waiting.until(System.nanoTime() + step.millis() * 1_000_000);
        if (step.millis() % 2 == 0) {
            // As after a firewall's restart.
            proxy.reset();
        }
        proxy.become(TcpProxy.Mode.PASS, 0);
    }

    private void moveClock(Step step) {
        Map<String, Object> move =
                step.target().isEmpty() ? Map.of("workingDays", step.number()) : Map.of("to", step.target());
        boolean moved = Waiting.until(
                // 202: moved, and somebody who has been hurt will follow later.
                () -> platform.door()
                                .post("operator", "/api/v1/operations/clock", move)
                                .status()
                        < 300,
                PATIENCE,
                LOOK);
        if (!moved) {
            throw new IllegalStateException("the clock does not move");
        }
    }

    private void fillDisk(Step step) {
        var disk = platform.disk(step.target());
        disk.fill();
        Waiting.until(System.nanoTime() + step.millis() * 1_000_000);
        boolean stands = step.target().equals(Platform.KAFKA)
                ? platform.service(Platform.KAFKA).isHealthy()
                : platform.postgres().isRunning();
        disk.free();
        notes.add(step.target() + (stands ? " stood it" : " went down"));
        if (step.target().equals(Platform.POSTGRES) && !platform.postgres().isRunning()) {
            platform.postgres().startAgain();
        }
    }

    private void backUp() {
        if (!Waiting.until(clientsAreAnswered, PATIENCE, LOOK)) {
            throw new IllegalStateException("clients wait for answers, and a copy now would forget those");
        }
        restarted(() -> platform.postgres().backUp(backup()));
    }

    private void restore() {
        restarted(() -> {
            platform.postgres().restore(backup());
            var journalled = new HashSet<String>();
            for (String database : platform.postgres().databases()) {
                if (platform.postgres().has(database, "event_journal")) {
                    journalled.addAll(platform.postgres().query(database, "select id from event_journal"));
                }
            }
            long forgotten = records.everything().stream()
                    .map(Fire::id)
                    .filter(id -> !journalled.contains(id))
                    .peek(id -> history.mark(id, ClientHistory.FORGOTTEN))
                    .count();
            notes.add(forgotten + " records of a future that was forgotten");
        });
    }

    private Path backup() {
        return platform.data().file("postgres-backup");
    }

    private void restarted(Runnable meanwhile) {
        var services = stateful();
        services.parallelStream().forEach(ServiceUnderFire::stop);
        meanwhile.run();
        services.forEach(service -> service.start(Map.of()));
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    /** All that topics held is gone; every journal says everything again. */
    private void loseKafka() {
        var services = stateful();
        services.parallelStream().forEach(ServiceUnderFire::stop);
        platform.loseKafka();
        services.forEach(service -> service.start(Map.of("JIEXU_OUTBOX_REPUBLISH_FROM", "0")));
        notes.add("Kafka lost and filled again");
    }

    private List<ServiceUnderFire> stateful() {
        return Platform.SERVICES.stream()
                .filter(name -> !name.equals("gateway"))
                .map(platform::service)
                .toList();
    }

    /** The private half of one region's key is forgotten: at its start the service makes itself another. */
    private void newKey(String target) {
        var service = platform.service(target);
        service.stop();
        int forgotten = platform.postgres()
                .update(
                        target.replace('-', '_'),
                        "delete from signing_key where source in (select source from signing_key order by"
                                + " md5(source || '" + schedule.seed() + "') limit 3)");
        service.start(Map.of());
        notes.add(forgotten + " new keys of " + target);
    }

    /** A roll that is slow makes the next one wait. */
    private synchronized void roll(String target) {
        for (String service : Platform.SERVICES) {
            platform.service(service).roll(target.equals("older") ? platform.olderBuild() : Platform.ownBuild());
        }
        notes.add("all services replaced by " + target);
    }

    @Override
    public void close() {
        hands.shutdownNow();
    }
}
