package org.jiexu.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.sandbox.Form;
import org.jiexu.sandbox.Logging;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.Settings;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.wire.contract.CaseProgressedV1;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Bytes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** N transfers through the gateway, open loop: applications leave at their time, however slow the answers are. */
@Command(
        name = "deploy/bench",
        mixinStandardHelpOptions = true,
        description = "Runs whole transfers on a fresh platform of its own in one JVM and prints what they cost.")
public final class Benchmark implements Callable<Integer> {
    @Option(names = "--transfers", description = "how many are measured (default ${DEFAULT-VALUE})")
    private int transfers = 500;

    @Option(names = "--warm-up", description = "how many before that (default ${DEFAULT-VALUE})")
    private int warmUp = 200;

    @Option(names = "--rate", description = "applications or enrolments per second (default ${DEFAULT-VALUE})")
    private int rate = 10;

    @Option(
            names = "--instant",
            description = "enrolments that transfers inside the province follow at once, instead of applications")
    private boolean instant;

    @Option(names = "--data", description = "directory of the fresh platform (default: a temporary one)")
    private Path data = Path.of(System.getProperty("java.io.tmpdir"), "jiexu-benchmark");

    @Option(names = "--port-base", description = "first port (default ${DEFAULT-VALUE})")
    private int portBase = 18_080;

    @Option(names = "--list", description = "instead: one employer's list of so many persons, e.g. 10000")
    private int list;

    @Option(
            names = "--cut",
            description = "what happens half-way through the list: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
    private EmployerListRun.Cut cut = EmployerListRun.Cut.NONE;

    @Option(
            names = "--timers",
            description = "so many deadlines come due at one instant while the transfers go on, e.g. 100000")
    private int timers;

    private final Progress progress = Progress.toStandardOutput();
    private final Map<String, Long> endedAt = new ConcurrentHashMap<>();
    private final AtomicInteger ended = new AtomicInteger();

    public static void main(String... arguments) {
        // Kafka's threads keep the JVM alive: the end has to be said.
        System.exit(new CommandLine(new Benchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(data.toAbsolutePath().getParent());
        // Beside the data: a fresh platform removes what was in them.
        Logging.toFile(data.toAbsolutePath().resolveSibling(data.getFileName() + ".log"));
        if (list > 0) {
            return workOffAList();
        }
        var settings = Settings.of(data.toAbsolutePath(), Form.ONE_JVM)
                .withFresh(true)
                .withPortBase(portBase)
                .withSample(0);
        try (var sandbox = Sandbox.start(settings, progress);
                var _ = listen(sandbox)) {
            closeAtTheEnd(sandbox);
            progress.say("taking in " + (warmUp + transfers) + " persons");
            var people = load().people(warmUp + transfers);
            sandbox.loader().load(people);
            people.persons().forEach(person -> sandbox.door().token(load().sender(person)));
            run(sandbox, people.persons().subList(0, warmUp), "warm-up");
            try (var burst = new TimersRun(sandbox, progress, timers)) {
                burst.begin();
                var result = run(sandbox, people.persons().subList(warmUp, warmUp + transfers), "measured");
                progress.show(result + burst.report());
            }
        }
        return 0;
    }

    /** Also when somebody ends the bench: no process of the platform outlives it. */
    private static void closeAtTheEnd(Sandbox sandbox) {
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "the-end"));
    }

    private Load load() {
        return instant ? Load.ENROLMENTS : Load.TRANSFERS;
    }

    private int workOffAList() throws Exception {
        var settings = Settings.of(data.toAbsolutePath(), cut.form())
                .withFresh(true)
                .withPortBase(portBase)
                .withSample(0);
        try (var sandbox = Sandbox.start(settings, progress)) {
            closeAtTheEnd(sandbox);
            progress.say("taking in " + list + " persons");
            var people = Samples.transferable(7, list, SampleRegion.JINING.code(), SampleRegion.CHANGSHA.code());
            sandbox.loader().load(people, Map.of(SampleRegion.CHANGSHA.code(), EmployerListRun.USCC));
            progress.show(new EmployerListRun(sandbox, progress, cut).run(people.persons()));
        }
        return 0;
    }

    private String run(Sandbox sandbox, List<SamplePerson> people, String name) throws InterruptedException {
        var started = new ConcurrentHashMap<String, Long>();
        var failed = new AtomicInteger();
        var answered = new CountDownLatch(people.size());
        int before = ended.get();
        var costs = Costs.now(sandbox);
        long start = System.nanoTime();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < people.size(); i++) {
                long due = start + i * (1_000_000_000L / rate);
                LockSupport.parkNanos(due - System.nanoTime());
                var person = people.get(i);
                // Open loop: what counts is when it should have left, not when a thread was free.
                clients.execute(() -> {
                    apply(sandbox, person, due, started, failed);
                    answered.countDown();
                });
                if (i % (rate * 5) == 0) {
                    progress.say(
                            name + ": " + i + " of " + people.size() + " sent, " + (ended.get() - before) + " done");
                }
            }
            answered.await();
        }
        awaitEnds(started, name);
        long last = started.keySet().stream()
                .mapToLong(number -> endedAt.getOrDefault(number, start))
                .max()
                .orElse(start);
        return report(
                people.size(),
                failed.get(),
                started,
                last - start,
                Costs.now(sandbox).since(costs));
    }

    private void apply(
            Sandbox sandbox, SamplePerson person, long due, Map<String, Long> started, AtomicInteger failed) {
        load().send(sandbox, person).ifPresentOrElse(key -> started.put(key, due), failed::incrementAndGet);
    }

    private void awaitEnds(Map<String, Long> started, String name) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!endedAt.keySet().containsAll(started.keySet())) {
            if (System.nanoTime() > patience) {
                progress.say(name + ": not all transfers ended within three minutes");
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String report(int sent, int failed, Map<String, Long> started, long nanos, Costs costs) {
        var latencies = new ArrayList<Long>();
        started.forEach((number, due) -> {
            var at = endedAt.get(number);
            if (at != null) {
                latencies.add(at - due);
            }
        });
        latencies.sort(null);
        int done = Math.max(1, latencies.size());
        double seconds = nanos / 1e9;
        return """
            transfers sent            %d (%d not accepted), completed %d
            offered                   %d / s
            completed                 %.1f / s
            end to end                p50 %d ms, p99 %d ms, max %d ms
            CPU per transfer          %.1f ms (services, Kafka, PostgreSQL and this load generator)
            WAL per transfer          %.0f bytes
            write commits / transfer  %.2f
            records on the case path  %.2f (transfer, balance, participation)
            records of progress       %.2f
            """.formatted(
                        sent,
                        failed,
                        latencies.size(),
                        rate,
                        done / seconds,
                        millis(latencies, 0.50),
                        millis(latencies, 0.99),
                        millis(latencies, 1.0),
                        costs.cpuNanos() / 1e6 / done,
                        (double) costs.walBytes() / done,
                        (double) costs.commits() / done,
                        (double) costs.records("transfer", "balance", "participation") / done,
                        (double) costs.records("progress") / done);
    }

    private static long millis(List<Long> sorted, double quantile) {
        if (sorted.isEmpty()) {
            return -1;
        }
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return TimeUnit.NANOSECONDS.toMillis(sorted.get(Math.max(0, index)));
    }

    /** Hears of every end on platform.progress, as the platform's own readers do. */
    private AutoCloseable listen(Sandbox sandbox) {
        var thread = Thread.ofPlatform().daemon().name("ends").start(() -> {
            try (var consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            "127.0.0.1:" + sandbox.addresses().kafka()),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                var partition = new TopicPartition(Topics.PROGRESS, 0);
                consumer.assign(List.of(partition));
                consumer.seekToEnd(List.of(partition));
                while (!Thread.currentThread().isInterrupted()) {
                    for (var record : consumer.poll(Duration.ofMillis(50))) {
                        var progressed = WireJson.read(Bytes.of(record.value()), CaseProgressedV1.class);
                        if (progressed.status() == PublicStatus.COMPLETED) {
                            endedAt.putIfAbsent(record.key(), System.nanoTime());
                            endedAt.putIfAbsent(progressed.person().value(), System.nanoTime());
                            ended.incrementAndGet();
                        }
                    }
                }
            } catch (org.apache.kafka.common.errors.InterruptException e) {
                Thread.currentThread().interrupt();
            }
        });
        return () -> {
            thread.interrupt();
            thread.join();
        };
    }
}
