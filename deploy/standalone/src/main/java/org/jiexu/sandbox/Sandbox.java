package org.jiexu.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jiexu.infrastructure.EmbeddedKafka;
import org.jiexu.infrastructure.EmbeddedPostgresServer;
import org.jiexu.infrastructure.Ports;
import org.jiexu.infrastructure.PostgresSettings;
import org.jiexu.sandbox.issuer.IssuerApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running platform. Starts PostgreSQL, Kafka and the issuer, then the services, then loads the sample once; closes in
 * the other order: gateway, services, issuer, Kafka, PostgreSQL.
 */
public final class Sandbox implements AutoCloseable {

    private static final Duration HEALTHY = Duration.ofMinutes(2);

    private final Settings settings;
    private final DataDirectory data;
    private final Progress progress;
    private final Addresses addresses;
    private final Deque<Runnable> atEnd = new ArrayDeque<>();
    private @Nullable Services services;
    private @Nullable Door door;
    private @Nullable SampleLoader loader;
    private final SandboxDesk desk = new SandboxDesk();
    private final CountDownLatch closing = new CountDownLatch(1);

    private Sandbox(Settings settings, DataDirectory data, Progress progress) {
        this.settings = settings;
        this.data = data;
        this.progress = progress;
        this.addresses = data.addresses();
    }

    /** Takes the data directory; nothing runs yet. Throws {@link CannotStart} for what the caller can put right. */
    static Sandbox prepare(Settings settings, Progress progress) {
        var data = DataDirectory.open(settings.data(), settings.form(), settings.portBase(), settings.fresh());
        var sandbox = new Sandbox(settings, data, progress);
        sandbox.atEnd(data::close);
        return sandbox;
    }

    /** Returns when every service is healthy and the sample is loaded. */
    public static Sandbox start(Settings settings, Progress progress) {
        var sandbox = prepare(settings, progress);
        boolean started = false;
        try {
            sandbox.start();
            started = true;
            return sandbox;
        } finally {
            if (!started) {
                sandbox.close();
            }
        }
    }

    void start() {
        ServicesBeside.endLeftovers(data, progress);
        refuseBusyPorts(settings.form());
        if (!addresses.browserWarning().isEmpty()) {
            progress.say(addresses.browserWarning());
        }
        EmbeddedPostgresServer postgres = startBelow();
        var plans = new Plans(addresses, data, postgres.jdbcUrl(""), postgres.user())
                .of(settings.form()).stream()
                        .filter(plan -> !settings.onlyApart() || !Plans.isOfOthers(plan))
                        .map(plan -> withExtra(plan, settings.extra()))
                        .toList();
        for (ServicePlan plan : plans) {
            if (plan.database() != null) {
                postgres.createDatabaseIfMissing(plan.database());
            }
        }
        services = switch (settings.form()) {
            case ONE_JVM -> new ServicesInside(plans, progress);
            case PROCESSES -> new ServicesBeside(plans, data, progress);
        };
        atEnd(services::close);
        services.startAll();
        for (ServicePlan plan : plans) {
            if (!Health.isUpWithin(plan.health(), HEALTHY, () -> true)) {
                throw new IllegalStateException(plan.name() + " is not healthy: " + plan.health());
            }
        }
        progress.say("all " + plans.size() + " services are healthy");
        door = new Door(addresses.gateway(), addresses.issuer(), data.serviceSecret());
        loader = new SampleLoader(door, plans);
        if (settings.sample() >= 0 && !data.sampleIsLoaded()) {
            int persons = loader.loadPopulation(settings.seed(), settings.sample());
            data.sampleWasLoaded(settings.seed());
            progress.say("sample data: " + persons + " synthetic persons in seven regions");
        }
        desk.open(this);
    }

    /** What has started after the end began is ended at once. */
    private void atEnd(Runnable end) {
        synchronized (atEnd) {
            if (!isClosing()) {
                atEnd.push(end);
                return;
            }
        }
        end.run();
    }

    private static ServicePlan withExtra(ServicePlan plan, Map<String, List<String>> extra) {
        var arguments = new ArrayList<>(plan.arguments());
        arguments.addAll(extra.getOrDefault(plan.name(), List.of()));
        return new ServicePlan(
                plan.name(),
                plan.kind(),
                plan.mainClass(),
                plan.database(),
                plan.address(),
                plan.regions(),
                List.copyOf(arguments));
    }

    /** PostgreSQL, Kafka and the issuer, at the same time. */
    private EmbeddedPostgresServer startBelow() {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("below-", 1).factory())) {
            var postgres = CompletableFuture.supplyAsync(this::startPostgres, threads);
            var kafka = CompletableFuture.supplyAsync(this::startKafka, threads);
            var issuer = CompletableFuture.supplyAsync(this::startIssuer, threads);
            // All three are waited for, so that whatever has started is also stopped.
            CompletableFuture.allOf(postgres, kafka, issuer)
                    .exceptionally(e -> null)
                    .join();
            RuntimeException failure = null;
            failure = register(postgres, EmbeddedPostgresServer::close, "PostgreSQL", failure);
            failure = register(kafka, EmbeddedKafka::close, "Kafka", failure);
            failure = register(issuer, ConfigurableApplicationContext::close, "issuer", failure);
            if (failure != null) {
                throw failure;
            }
            return postgres.join();
        }
    }

    private <T> @Nullable RuntimeException register(
            CompletableFuture<T> started, Consumer<T> end, String name, @Nullable RuntimeException earlier) {
        try {
            T it = started.join();
            atEnd(() -> {
                end.accept(it);
                progress.say(name + " has stopped");
            });
            return earlier;
        } catch (CompletionException e) {
            return earlier != null
                    ? earlier
                    : new IllegalStateException(
                            name + " did not start: " + reason(e).getMessage(), reason(e));
        }
    }

    private static Throwable reason(CompletionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private EmbeddedPostgresServer startPostgres() {
        return told(
                "PostgreSQL listens at 127.0.0.1:" + addresses.postgres(),
                () -> EmbeddedPostgresServer.start(
                        PostgresSettings.durable(data.file("postgres"), addresses.postgres())
                                .withBinaries(data.file("postgres-programs")),
                        progress::say));
    }

    private EmbeddedKafka startKafka() {
        return told(
                "Kafka listens at 127.0.0.1:" + addresses.kafka(),
                () -> EmbeddedKafka.start(data.file("kafka"), addresses.kafka(), addresses.kafkaController()));
    }

    private ConfigurableApplicationContext startIssuer() {
        return told(
                "the sandbox issuer of tokens listens at " + addresses.issuer(),
                () -> IssuerApplication.start(
                        addresses.issuer(),
                        data.file("issuer-key.json"),
                        data.serviceSecret(),
                        addresses.gateway(),
                        desk));
    }

    private <T> T told(String line, Supplier<T> start) {
        T started = start.get();
        progress.say(line);
        return started;
    }

    private void refuseBusyPorts(Form form) {
        var services = new ArrayList<>(
                List.of(addresses.gateway().getPort(), addresses.registry().getPort()));
        int hosting = form == Form.ONE_JVM
                ? addresses.service(0).getPort()
                : addresses.process(0).getPort();
        int count = form == Form.ONE_JVM ? 3 : 9;
        for (int i = 0; i < count; i++) {
            services.add(hosting + i);
        }
        var ports = new TreeSet<>(addresses.own());
        ports.addAll(services);
        services.forEach(port -> ports.add(port + Addresses.MANAGEMENT));
        // A PostgreSQL left behind in our own data is stopped in order when ours starts.
        if (!data.mayHaveLeftPostgres()) {
            ports.add(addresses.postgres());
        }
        var busy = ports.stream().filter(port -> !Ports.isFree(port)).toList();
        if (!busy.isEmpty()) {
            throw new CannotStart((busy.size() == 1 ? "port " : "ports ")
                    + String.join(", ", busy.stream().map(String::valueOf).toList())
                    + " on 127.0.0.1 are in use by another program; stop it, or take other ports with --port-base N"
                    + " (needs " + Addresses.WIDTH + " from N upward)");
        }
    }

    /** Takes persons in through the services' own APIs. */
    public SampleLoader loader() {
        if (loader == null) {
            throw new IllegalStateException("not started yet");
        }
        return loader;
    }

    public Addresses addresses() {
        return addresses;
    }

    public DataDirectory data() {
        return data;
    }

    /** Through the gateway, with tokens of the sandbox's users. */
    public Door door() {
        if (door == null) {
            throw new IllegalStateException("not started yet");
        }
        return door;
    }

    public Services services() {
        if (services == null) {
            throw new IllegalStateException("not started yet");
        }
        return services;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (Runnable end = nextEnd(); end != null; end = nextEnd()) {
            try {
                end.run();
            } catch (RuntimeException e) {
                // What comes after still has to be stopped.
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Returns when somebody has begun to close this. */
    void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Runnable nextEnd() {
        synchronized (atEnd) {
            closing.countDown();
            return atEnd.poll();
        }
    }
}
