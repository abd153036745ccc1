package org.jiexu.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, and what an operator can do to it. */
final class Child {
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(30);

    private final String name;
    private final List<String> before;
    private final List<String> program;
    private final Path log;
    private final Path pidFile;
    private volatile String classPath;
    private volatile @Nullable Process process;

    /**
     * @param mark the JVM's first argument, by which a later run knows what an earlier one has left behind
     * @param program main class and its arguments
     */
    Child(String name, String mark, List<String> jvm, String classPath, List<String> program, Path log, Path pidFile) {
        this.name = name;
        this.log = log;
        this.pidFile = pidFile;
        var all = new ArrayList<String>();
        // The terminal sends Ctrl-C to all of us: the children are to wait for the parent's word.
        all.addAll(List.of("sh", "-c", "trap '' INT; exec \"$@\"", name));
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.add(mark);
        all.addAll(jvm);
        this.before = List.copyOf(all);
        this.classPath = classPath;
        this.program = List.copyOf(program);
    }

    /** From its next start on it runs another build. */
    void runFrom(String otherClassPath) {
        classPath = otherClassPath;
    }

    String name() {
        return name;
    }

    void start(Map<String, String> environment) {
        try {
            var words = new ArrayList<>(before);
            words.addAll(List.of("-cp", classPath));
            words.addAll(program);
            var builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            var started = builder.start();
            process = started;
            Files.writeString(pidFile, Long.toString(started.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + name + " cannot be started", e);
        }
    }

    boolean isAlive() {
        var now = process;
        return now != null && now.isAlive();
    }

    /** kill -9: nothing is tidied up. Returns when it has ended. */
    void kill() {
        var now = process;
        if (now != null) {
            now.destroyForcibly();
            awaitEnd(now);
        }
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        if (isAlive()) {
            signal("CONT");
        }
    }

    void stop() {
        var now = process;
        if (now != null) {
            resume();
            now.destroy();
            if (!awaitEnd(now)) {
                now.destroyForcibly();
                awaitEnd(now);
            }
        }
    }

    private static boolean awaitEnd(Process process) {
        try {
            return process.waitFor(ORDERLY_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String which) {
        var now = process;
        if (now == null) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + which, Long.toString(now.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("no kill on this machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
