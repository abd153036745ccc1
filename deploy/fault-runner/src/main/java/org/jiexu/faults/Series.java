package org.jiexu.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.auditor.Audit;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.sample.SamplePerson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many schedules; one platform serves them as long as nothing breaks, then a fresh one begins. */
final class Series implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Series.class);

    private static final long MOST_RECORDS = 60_000;
    private static final long MOST_REPLAYED = 4_000;

    private final Path directory;
    private final int portBase;
    private final @Nullable Path older;
    private final Progress progress;
    private final Report report;
    private final Thread hook = new Thread(this::closePlatform, "the-end");
    private @Nullable Platform platform;
    private @Nullable ClientHistory history;
    private @Nullable Trial trial;
    private @Nullable Fault madeFor;

    /** @param older a built checkout of an earlier state, for the fault that needs one */
    Series(Path directory, int portBase, @Nullable Path older, Progress progress) {
        this.directory = directory;
        this.portBase = portBase;
        this.older = older;
        this.progress = progress;
        this.report = new Report(directory);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @return whether every verdict was clean */
    boolean run(Stream<Schedule> schedules, @Nullable Duration limit) throws Exception {
        long end = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        boolean clean = true;
        for (Iterator<Schedule> all = schedules.iterator(); all.hasNext() && System.nanoTime() < end; ) {
            clean &= run(all.next());
        }
        clean &= isJudgedAlikeFromOutside();
        Files.writeString(directory.resolve("report.md"), report.markdown());
        progress.show(report.markdown());
        return clean;
    }

    boolean run(Schedule schedule) throws Exception {
        Files.writeString(
                directory.resolve(schedule.fault() + "-" + schedule.seed() + ".schedule.json"), schedule.json());
        var fault = Fault.parse(schedule.fault());
        if (platform != null && (!canServe(fault) || hasTooMuchToReplay(schedule))) {
            retire(null);
        }
        var result = tried(trial(fault), schedule);
        keepPersons(schedule);
        report.add(result);
        progress.say("%s: %s; drained in %d ms, recovered in %s, %d asked again, took %d s%s"
                .formatted(
                        result.name(),
                        result.isClean() ? "clean" : "NOT CLEAN",
                        result.drainMillis(),
                        result.recoveryMillis(),
                        result.retried(),
                        result.tookMillis() / 1000,
                        result.notes().isEmpty() ? "" : " " + result.notes()));
        result.broken().stream().limit(20).forEach(what -> progress.show("      " + what));
        if (!result.isClean()) {
            retire("failed-" + schedule.fault() + "-" + schedule.seed());
        } else if (fault.needsItsOwnPlatform() || isFull()) {
            retire(null);
        }
        return result.isClean();
    }

    /** What could not be judged is not clean; the next one gets a fresh platform. */
    private static Result tried(Trial trial, Schedule schedule) {
        long begun = System.nanoTime();
        try {
            return trial.run(schedule);
        } catch (Exception e) {
            LOG.error("{} could not be judged", schedule.name(), e);
            return Result.unjudged(schedule, e, (System.nanoTime() - begun) / 1_000_000);
        }
    }

    /** An audit holds everything in memory. */
    private boolean isFull() {
        return records() > MOST_RECORDS;
    }

    /** What one schedule replays is to drain in its time, not what many have left behind. */
    private boolean hasTooMuchToReplay(Schedule schedule) {
        return schedule.steps().stream().anyMatch(step -> step.action() == Step.Action.REPLAY_TOPICS)
                && records() > MOST_REPLAYED;
    }

    private long records() {
        var now = platform;
        return now == null
                ? 0
                : new Records(now.bootstrap())
                        .ends().values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean canServe(Fault fault) {
        var first = madeFor;
        return first != null && !fault.needsItsOwnPlatform() && fault.needs().equals(first.needs());
    }

    private Trial trial(Fault fault) {
        if (trial == null) {
            madeFor = fault;
            var fresh = new Platform(directory.resolve("platform"), portBase, fault, older, progress);
            platform = fresh;
            fresh.start();
            var kept = new ClientHistory(fresh.data().file("history.jsonl"));
            kept.mark("", ClientHistory.ALONE);
            history = kept;
            trial = new Trial(fresh, kept, progress);
        }
        return trial;
    }

    /** Whom no output may name (I11). */
    private void keepPersons(Schedule schedule) throws IOException {
        var now = platform;
        if (now == null) {
            return;
        }
        try (var load = new Load(schedule, now.door(), java.util.Objects.requireNonNull(history))) {
            var words = new ArrayList<String>();
            for (SamplePerson person : load.people().persons()) {
                words.add(person.name());
                words.add(person.certificate().number());
            }
            Files.write(now.data().file("persons.txt"), words, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** By the auditor as a program of its own, over everything that this platform has seen. */
    private boolean isJudgedAlikeFromOutside() throws IOException, InterruptedException {
        var now = platform;
        var fault = madeFor;
        if (now == null || fault == null) {
            return true;
        }
        var root = now.data().path();
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Audit.class.getName(),
                "--data=" + root,
                "--history=" + root.resolve("history.jsonl"),
                "--persons=" + root.resolve("persons.txt"),
                "--outputs=" + root.resolve("logs"),
                "--outputs=" + root.resolve("history.jsonl"),
                "--outputs=" + root.resolve("postgres").resolve("postgresql.log"),
                "--verdict=" + directory.resolve("verdict.json")));
        int code = new ProcessBuilder(words).inheritIO().start().waitFor();
        return code == (fault.isTampering() ? 1 : 0);
    }

    /** @param keptAs where its data go for whoever looks into them; null: they are not kept */
    private void retire(@Nullable String keptAs) throws IOException, InterruptedException {
        if (keptAs == null && !isJudgedAlikeFromOutside()) {
            throw new IllegalStateException("the auditor from outside does not agree");
        }
        closePlatform();
        if (keptAs != null) {
            var to = directory.resolve(keptAs);
            if (!Files.exists(to)) {
                Files.move(directory.resolve("platform"), to);
            }
            progress.say("its data are in " + to);
        }
    }

    private synchronized void closePlatform() {
        var old = platform;
        platform = null;
        trial = null;
        if (history != null) {
            history.close();
            history = null;
        }
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        closePlatform();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
