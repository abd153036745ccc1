package org.jiexu.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jiexu.bus.service.JiexuService;
import org.springframework.context.ConfigurableApplicationContext;

/** All services in this JVM, one context each. */
public final class ServicesInside implements Services {

    /** As many at once as help on two cores. */
    private static final int AT_ONCE = 2;

    private static final String GATEWAY = "gateway";

    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private final Progress progress;
    private final Map<String, ServicePlan> plans = new LinkedHashMap<>();
    private final Map<String, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();
    private volatile boolean closing;

    ServicesInside(List<ServicePlan> all, Progress progress) {
        all.forEach(plan -> plans.put(plan.name(), plan));
        this.progress = progress;
    }

    @Override
    public void startAll() {
        var tasks = plans.values().stream()
                .<Callable<Void>>map(plan -> () -> {
                    startOne(plan);
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().name("start-", 1).factory())) {
            for (Future<Void> started : threads.invokeAll(tasks)) {
                started.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the services started", e);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(reason.getMessage(), reason);
        }
    }

    private void startOne(ServicePlan plan) {
        try {
            var context = JiexuService.builder(application(plan), plan.kind())
                    .registerShutdownHook(false)
                    .run(plan.arguments().toArray(String[]::new));
            contexts.put(plan.name(), context);
            if (closing) {
                close(plan.name());
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(plan.name() + " did not start: " + e.getMessage(), e);
        }
        progress.say(plan.name() + " listens at " + plan.address() + ", measures at " + plan.measures());
    }

    private static Class<?> application(ServicePlan plan) {
        try {
            return Class.forName(plan.mainClass());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("not on the class path: " + plan.mainClass(), e);
        }
    }

    @Override
    public Optional<ProcessHandle> process(String name) {
        return Optional.empty();
    }

    @Override
    public void stop(String name) {
        close(name);
    }

    @Override
    public void start(String name) {
        var plan = planned(name);
        startOne(plan);
        if (!Health.isUpWithin(plan.health(), HEALTHY, () -> true)) {
            throw new IllegalStateException(name + " is not healthy: " + plan.health());
        }
    }

    /** The running context of a service, for tests that cut it off in mid-step. */
    public ConfigurableApplicationContext context(String name) {
        var context = contexts.get(name);
        if (context == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return context;
    }

    private ServicePlan planned(String name) {
        var plan = plans.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("no service is called " + name);
        }
        return plan;
    }

    @Override
    public void close() {
        closing = true;
        close(GATEWAY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : new ArrayList<>(contexts.keySet())) {
                threads.execute(() -> close(name));
            }
        }
    }

    private void close(String name) {
        var context = contexts.remove(name);
        if (context != null) {
            context.close();
            progress.say(name + " has stopped");
        }
    }
}
