package org.jiexu.sandbox;

import java.util.ArrayList;
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
final class ServicesInside implements Services {

    /** As many at once as help on two cores. */
    private static final int AT_ONCE = 2;

    private static final String GATEWAY = "gateway";

    private final Progress progress;
    private final Map<String, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();

    private ServicesInside(Progress progress) {
        this.progress = progress;
    }

    static ServicesInside start(List<ServicePlan> plans, Progress progress) {
        var services = new ServicesInside(progress);
        boolean started = false;
        try {
            services.startAll(plans);
            started = true;
            return services;
        } finally {
            if (!started) {
                services.close();
            }
        }
    }

    private void startAll(List<ServicePlan> plans) {
        var tasks = plans.stream()
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
        } catch (RuntimeException e) {
            throw new IllegalStateException(plan.name() + " did not start: " + e.getMessage(), e);
        }
        progress.say(plan.name() + " listens at " + plan.address());
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
    public void close() {
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
