package org.jiexu.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jiexu.infrastructure.Ports;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Form;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.Settings;

/** One running platform in this JVM for all stories that do not need another form; started once, closed at JVM exit. */
final class Platform {
    private static final List<String> SENDERS = List.of("registry", "transfer-in", "transfer-out", "settlement");
    private static final AtomicInteger NEXT_RANGE = new AtomicInteger(20_080);
    private static Sandbox shared;

    static {
        // A service that one story cuts off throws in a thread of its own: no matter for the story beside it.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private Platform() {}

    static synchronized Sandbox shared() {
        if (shared == null) {
            var extra = new HashMap<String, List<String>>();
            // Every service gets a producer that can be told to deliver out of order.
            SENDERS.forEach(
                    name -> extra.put(name, List.of("--spring.main.sources=" + DisorderConfiguration.class.getName())));
            shared = start(Form.ONE_JVM, "one-jvm", extra);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** 济宁 and 长沙 alone, each service a process of its own; the persons are the tests'. */
    static Sandbox startProcesses() {
        return Sandbox.start(
                settings(Form.PROCESSES, "processes").withSample(-1).withOnlyApart(true), Progress.toStandardOutput());
    }

    /** In this JVM, without sample persons, for a story that moves the clock as it likes. */
    static Sandbox startAlone(String directory) {
        return Sandbox.start(settings(Form.ONE_JVM, directory).withSample(-1), Progress.toStandardOutput());
    }

    /** A fresh platform of its own, with few sample persons. */
    private static Sandbox start(Form form, String directory, Map<String, List<String>> extra) {
        return Sandbox.start(settings(form, directory).withSample(20).withExtra(extra), Progress.toStandardOutput());
    }

    private static Settings settings(Form form, String directory) {
        return Settings.of(Path.of("target", "platforms", directory).toAbsolutePath(), form)
                .withFresh(true)
                .withPortBase(freeRange());
    }

    /** A port from which the platform's range is free, so that a running instance is left alone; never given twice. */
    private static int freeRange() {
        for (int candidate = next(); candidate < 60_000; candidate = next()) {
            int base = candidate;
            if (IntStream.range(0, 60).allMatch(i -> Ports.isFree(base + i))) {
                return base;
            }
        }
        throw new IllegalStateException("no free range of ports");
    }

    private static int next() {
        return NEXT_RANGE.getAndAdd(100);
    }

    static Door door() {
        return shared().door();
    }
}
