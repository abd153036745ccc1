package org.jiexu.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Every service as a process of its own. One that dies is told and started again, as an operator's supervisor would.
 *
 * <p>The children do not hear Ctrl-C: the parent stops them in order. Should the parent be killed, the next start finds
 * them by their process files and ends them.
 */
public final class ServicesBeside implements Services {

    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=192m",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC");

    private static final int AT_ONCE = 3;
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration ORDERLY_STOP = Duration.ofSeconds(30);
    private static final long RESTART_AFTER_SECONDS = 2;
    private static final long LONGEST_RESTART_AFTER_SECONDS = 60;
    private static final String GATEWAY = "gateway";

    private final DataDirectory data;
    private final Progress progress;
    private final Map<String, ServicePlan> plans = new LinkedHashMap<>();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private volatile boolean closing;

    ServicesBeside(List<ServicePlan> all, DataDirectory data, Progress progress) {
        all.forEach(plan -> plans.put(plan.name(), plan));
        this.data = data;
        this.progress = progress;
    }

    @Override
    public void startAll() {
        var all = List.copyOf(plans.values());
        for (int first = 0; first < all.size(); first += AT_ONCE) {
            startTogether(all.subList(first, Math.min(first + AT_ONCE, all.size())));
        }
    }

    /** Ends what a killed launcher has left running; call before anything else starts. */
    public static void endLeftovers(DataDirectory data, Progress progress) {
        try (var files = Files.list(data.file("pids"))) {
            for (Path file : files.toList()) {
                String pid = Files.readString(file).strip();
                var known = pid.matches("[0-9]{1,18}")
                        ? ProcessHandle.of(Long.parseLong(pid))
                        : Optional.<ProcessHandle>empty();
                known.filter(handle -> isOurs(handle, data)).ifPresent(handle -> {
                    // Their broker has gone with the launcher, so an orderly end would only wait; nothing is lost.
                    handle.destroyForcibly();
                    handle.onExit()
                            .orTimeout(ORDERLY_STOP.toSeconds(), TimeUnit.SECONDS)
                            .join();
                    progress.say("ended " + file.getFileName() + " (process " + pid
                            + "), left running by a launcher that was killed");
                });
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the process files in " + data.path() + " cannot be read", e);
        }
    }

    /** The number may have gone to a stranger: the command line must name this directory, and near its beginning. */
    private static boolean isOurs(ProcessHandle handle, DataDirectory data) {
        return handle.info()
                .commandLine()
                .map(line -> line.contains(mark(data)))
                .orElse(false);
    }

    /** The first word of every child: tells ours from strangers. */
    public static String mark(DataDirectory data) {
        return "-Djiexu.data=" + data.path() + "/";
    }

    private void startTogether(List<ServicePlan> plans) {
        plans.forEach(this::spawn);
        for (ServicePlan plan : plans) {
            if (!Health.isUpWithin(plan.health(), START, () -> isAlive(plan))) {
                throw new IllegalStateException(plan.name() + " did not start; the end of " + data.log(plan.name())
                        + " says why:\n" + endOf(data.log(plan.name())));
            }
            progress.say(plan.name() + " listens at " + plan.address() + ", measures at " + plan.measures());
        }
        plans.forEach(this::watch);
    }

    private boolean isAlive(ServicePlan plan) {
        var process = processes.get(plan.name());
        return process != null && process.isAlive();
    }

    private void spawn(ServicePlan plan) {
        if (closing) {
            throw new IllegalStateException("not started any more: " + plan.name());
        }
        var words = new ArrayList<String>();
        // The terminal sends Ctrl-C to all of us: the children are to wait for the parent's word.
        words.addAll(List.of("sh", "-c", "trap '' INT; exec \"$@\"", plan.name()));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add(mark(data));
        words.addAll(JVM);
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(plan.mainClass());
        words.addAll(plan.arguments());
        try {
            var log = ProcessBuilder.Redirect.appendTo(data.log(plan.name()).toFile());
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            processes.put(plan.name(), process);
            Files.writeString(data.pid(plan.name()), Long.toString(process.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + plan.name() + " cannot be started", e);
        }
    }

    private void watch(ServicePlan plan) {
        var process = processes.get(plan.name());
        if (process != null) {
            var _ = process.onExit().thenAccept(ended -> died(plan, ended));
        }
    }

    private void died(ServicePlan plan, Process ended) {
        // Taken off the list: stopped on purpose.
        if (closing || processes.get(plan.name()) != ended) {
            return;
        }
        progress.say(plan.name() + " (process " + ended.pid() + ") ended with exit code " + ended.exitValue()
                + "; starting it again in " + RESTART_AFTER_SECONDS + " s");
        restartIn(plan, RESTART_AFTER_SECONDS);
    }

    /** On a thread of its own: one that comes up slowly, or not at all, holds up no other. */
    private void restartIn(ServicePlan plan, long seconds) {
        Thread.ofVirtual().name("supervisor-" + plan.name()).start(() -> {
            try {
                TimeUnit.SECONDS.sleep(seconds);
                restart(plan);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                if (!closing) {
                    long next = Math.min(2 * seconds, LONGEST_RESTART_AFTER_SECONDS);
                    progress.say(plan.name() + " could not be started again: " + e.getMessage()
                            + "; the next attempt is in " + next + " s");
                    restartIn(plan, next);
                }
            }
        });
    }

    private void restart(ServicePlan plan) {
        if (closing || !processes.containsKey(plan.name()) || isAlive(plan)) {
            return;
        }
        spawn(plan);
        watch(plan);
        if (Health.isUpWithin(plan.health(), START, () -> !closing && isAlive(plan))) {
            progress.say(plan.name() + " is back at " + plan.address());
        } else if (!closing && isAlive(plan)) {
            progress.say(plan.name() + " runs again and is not healthy after " + START.toMinutes() + " minutes; "
                    + data.log(plan.name()) + " says why");
        }
    }

    @Override
    public void start(String name) {
        var plan = plans.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("no service is called " + name);
        }
        startTogether(List.of(plan));
    }

    @Override
    public Optional<ProcessHandle> process(String name) {
        return Optional.ofNullable(processes.get(name)).map(Process::toHandle);
    }

    @Override
    public void close() {
        closing = true;
        stop(GATEWAY);
        var others = new ArrayList<>(processes.keySet());
        CompletableFuture.allOf(others.stream()
                        .map(name -> CompletableFuture.runAsync(() -> stop(name)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void stop(String name) {
        var process = processes.remove(name);
        if (process == null) {
            return;
        }
        end(process.toHandle());
        try {
            Files.deleteIfExists(data.pid(name));
        } catch (IOException e) {
            throw new UncheckedIOException("the process file of " + name + " cannot be removed", e);
        }
        progress.say(name + " has stopped");
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        var ended = handle.onExit()
                .completeOnTimeout(handle, ORDERLY_STOP.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (ended.isAlive()) {
            handle.destroyForcibly();
        }
    }

    private static String endOf(Path log) {
        try {
            var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }
}
