package org.jiexu.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jiexu.infrastructure.Ports;
import org.jiexu.infrastructure.PostgresSettings;
import org.jiexu.sandbox.Addresses;
import org.jiexu.sandbox.DataDirectory;
import org.jiexu.sandbox.Door;
import org.jiexu.sandbox.Form;
import org.jiexu.sandbox.Plans;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.SampleLoader;
import org.jiexu.sandbox.ServicePlan;
import org.jiexu.sandbox.ServicesBeside;
import org.jiexu.sandbox.issuer.IssuerApplication;
import org.jiexu.sandbox.sample.SampleRegion;
import org.jiexu.sandbox.sample.SampleSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The platform under fire: PostgreSQL, Kafka, the services and the gateway, each a process of its own on loopback, in a
 * data directory that {@code deploy/audit} can read. Only the issuer of tokens lives in this JVM: it is not on trial.
 */
final class Platform implements AutoCloseable {
    static final List<String> SERVICES = List.of("registry", "transfer-in", "transfer-out", "settlement", "gateway");
    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    /** Whichever of several Kafka nodes leads the others when the time has come. */
    static final String QUORUM_LEADER = "kafka's leader";

    private static final String CLUSTER_ID = "jiexuUnderFire00000000";
    private static final int KAFKA_MEGABYTES = 200;
    private static final int POSTGRES_MEGABYTES = 800;
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC");
    private static final List<String> BEHIND_PROXIES = List.of("registry", "transfer-in", "transfer-out", "settlement");

    private final DataDirectory data;
    private final Addresses addresses;
    private final boolean proxied;
    /** Those whose transfer-out and settlement run here. */
    private final List<SampleRegion> ours;

    private final Progress progress;
    private final PostgresUnderFire postgres;
    /** By name; the first is {@code kafka}. */
    private final Map<String, ServiceUnderFire> brokers = new LinkedHashMap<>();

    private final List<Integer> clusterPorts = new ArrayList<>();
    private final Map<String, ServiceUnderFire> services = new ConcurrentHashMap<>();
    private final Map<String, ServicePlan> plans = new LinkedHashMap<>();
    private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();
    private final Map<String, SmallDisk> disks = new LinkedHashMap<>();
    private final Door door;
    private final @Nullable Path older;
    private final boolean beginsOlder;
    private @Nullable ConfigurableApplicationContext issuer;
    private @Nullable SampleLoader loader;

    /** A base from there on whose ports nobody uses now. */
    static int freePorts(int from) {
        return IntStream.iterate(from, base -> base < 60_000, base -> base + 100)
                .filter(base -> IntStream.range(base, base + 50).allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no 50 free ports in a row"));
    }

    /**
     * Starts nothing yet; the fault says what the platform needs: proxies, small disks, a region that is not ours.
     *
     * @param older a checkout of an earlier state of this repository, built; only a fault with two builds needs it
     */
    Platform(Path directory, int portBase, Fault fault, @Nullable Path older, Progress progress) {
        this.data = DataDirectory.open(directory, Form.ONE_JVM, portBase, true);
        this.addresses = data.addresses();
        this.older = older;
        this.beginsOlder = fault.hasTwoBuilds();
        this.proxied = fault.isProxied();
        this.ours = Stream.of(SampleRegion.values())
                .filter(region -> !fault.hasLyingRegion() || region != Lies.REGION)
                .toList();
        if (fault.hasSmallDisks()) {
            disks.put(KAFKA, SmallDisk.mounted(data.file(KAFKA), KAFKA_MEGABYTES));
            disks.put(POSTGRES, SmallDisk.mounted(data.file(POSTGRES), POSTGRES_MEGABYTES));
        }
        this.progress = progress;
        this.door = new Door(addresses.gateway(), addresses.issuer(), data.serviceSecret());
        this.postgres = new PostgresUnderFire(
                PostgresSettings.durable(data.file(POSTGRES), addresses.postgres())
                        .withBinaries(data.file("postgres-programs")),
                progress::say);
        if (fault.hasManyBrokers()) {
            addCluster();
        } else {
            addBroker(
                    KAFKA,
                    addresses.kafka(),
                    List.of(
                            Integer.toString(addresses.kafkaController()),
                            addresses.spare(0) + ":" + addresses.spare(1)));
        }
    }

    /** Three nodes; each record is acknowledged by two. */
    private void addCluster() {
        var ports = List.of(addresses.kafka(), addresses.spare(0), addresses.spare(1));
        var cluster = new ArrayList<String>();
        cluster.add(CLUSTER_ID);
        Stream.of(addresses.kafkaController(), addresses.spare(2), addresses.spare(3))
                .map(port -> Integer.toString(port))
                .forEach(cluster::add);
        for (int node = 1; node <= ports.size(); node++) {
            var words = new ArrayList<>(List.of("cluster", Integer.toString(node)));
            words.addAll(cluster);
            addBroker(node == 1 ? KAFKA : KAFKA + "-" + node, ports.get(node - 1), words);
            clusterPorts.add(ports.get(node - 1));
        }
    }

    private void addBroker(String name, int port, List<String> more) {
        var words = new ArrayList<String>();
        words.add(BrokerProgram.class.getName());
        words.add(data.file(name).toString());
        words.add(Integer.toString(port));
        words.addAll(more);
        brokers.put(name, new ServiceUnderFire(child(name, "-Xmx384m", words), null));
    }

    /** Returns when every service is healthy. */
    void start() {
        ServicesBeside.endLeftovers(data, progress);
        postgres.start();
        brokers.values().forEach(broker -> broker.start(Map.of()));
        issuer = IssuerApplication.start(
                addresses.issuer(), data.file("issuer-key.json"), data.serviceSecret(), addresses.gateway());
        var planned = new Plans(addresses, data, postgres.urlPrefix(), postgres.user()).of(Form.ONE_JVM);
        loader = new SampleLoader(door, planned);
        if (proxied) {
            startProxies(planned);
        }
        for (var plan : planned) {
            plans.put(plan.name(), plan);
            var database = plan.database();
            if (database != null) {
                postgres.createDatabase(database);
            }
            services.put(plan.name(), new ServiceUnderFire(child(plan.name(), "-Xmx192m", words(plan)), plan.health()));
        }
        // The directory's voice first: the others wait for it anyway, and two cores are soon busy.
        service("registry").start(Map.of());
        service("registry").awaitHealthy();
        for (var plan : planned) {
            if (!plan.name().equals("registry")) {
                service(plan.name()).start(Map.of());
            }
        }
        awaitHealthy();
        progress.say("the platform runs on " + addresses.gateway());
    }

    private Child child(String name, String heap, List<String> program) {
        var jvm = new ArrayList<>(JVM);
        jvm.add(heap);
        boolean isOlder = beginsOlder && SERVICES.contains(name);
        String classPath = isOlder ? olderBuild() : ownBuild();
        return new Child(name, ServicesBeside.mark(data), jvm, classPath, program, data.log(name), data.pid(name));
    }

    /** The class path of the services that this runner was built with. */
    static String ownBuild() {
        return withoutAuditor(System.getProperty("java.class.path"));
    }

    /** That of the services in the older checkout. */
    String olderBuild() {
        if (older == null) {
            throw new IllegalStateException("an older build is needed: --older names its checkout");
        }
        // What disturbs the services is this runner's; they themselves, and all that they use, are the older ones.
        String own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isOf(entry, "fault-runner"))
                .collect(Collectors.joining(File.pathSeparator));
        try {
            String theirs = Files.readString(classPathOf(older.resolve("deploy/fault-runner/target")));
            return own + File.pathSeparator + withoutAuditor(theirs.strip());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is built in " + older, e);
        }
    }

    /** Older builds wrote it without the hyphen. */
    private static Path classPathOf(Path target) {
        var today = target.resolve("class-path");
        return Files.exists(today) ? today : target.resolve("classpath");
    }

    /** The auditor's logging is not the services'. */
    private static String withoutAuditor(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !isOf(entry, "auditor"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** By its last three names, e.g. {@code fault-runner/target/classes}: the directories above may be called anything. */
    private static boolean isOf(String entry, String module) {
        var path = Path.of(entry);
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 3), names).toString().contains(module);
    }

    private List<String> words(ServicePlan plan) {
        var words = new ArrayList<String>();
        words.add(plan.mainClass());
        if (plan.database() != null) {
            words.add("--spring.main.sources=" + DisorderlyProducers.class.getName());
            words.add("--faults.disorder=" + disorderFile());
            if (beginsOlder) {
                // As jiexu.yml has it; builds from before that are told so.
                words.add("--spring.flyway.ignore-migration-patterns=*:missing,*:future");
            }
        }
        for (String argument : plan.arguments()) {
            words.add(proxied ? aroundTheCorner(plan, argument) : onlyOurs(plan, toEveryBroker(argument)));
        }
        return words;
    }

    private String toEveryBroker(String argument) {
        return argument.startsWith("--spring.kafka.bootstrap-servers=")
                ? "--spring.kafka.bootstrap-servers=" + bootstrap()
                : argument;
    }

    private String onlyOurs(ServicePlan plan, String argument) {
        if (argument.startsWith("--jiexu.regions=") && !plan.kind().equals("transfer-in")) {
            return "--jiexu.regions="
                    + ours.stream().map(region -> region.code().value()).collect(Collectors.joining(","));
        }
        return argument;
    }

    /** The same setting with the proxy's address in it. */
    private String aroundTheCorner(ServicePlan plan, String argument) {
        if (argument.startsWith("--spring.datasource.url=")) {
            return argument.replace(":" + addresses.postgres() + "/", ":" + addresses.spare(2) + "/");
        }
        if (argument.startsWith("--spring.kafka.bootstrap-servers=")) {
            return "--spring.kafka.bootstrap-servers=127.0.0.1:" + addresses.spare(1);
        }
        int index = BEHIND_PROXIES.indexOf(plan.name());
        if (argument.startsWith("--jiexu.base-url=") && index >= 0) {
            return "--jiexu.base-url=http://127.0.0.1:" + addresses.spare(3 + index);
        }
        if (argument.startsWith("--jiexu.registry-url=")) {
            return "--jiexu.registry-url=http://127.0.0.1:" + addresses.spare(3);
        }
        return argument;
    }

    private void startProxies(List<ServicePlan> planned) {
        proxies.put(KAFKA, new TcpProxy(KAFKA, addresses.spare(1), addresses.spare(0)));
        proxies.put(POSTGRES, new TcpProxy(POSTGRES, addresses.spare(2), addresses.postgres()));
        for (var plan : planned) {
            int index = BEHIND_PROXIES.indexOf(plan.name());
            if (index >= 0) {
                proxies.put(
                        plan.name(),
                        new TcpProxy(
                                plan.name(),
                                addresses.spare(3 + index),
                                plan.address().getPort()));
            }
        }
        proxies.values().forEach(TcpProxy::start);
    }

    /** A further instance, 0 or 1, of that service on the same database; it is known by the name given back. */
    String startReplica(String of, int number) {
        var plan = plans.get(of);
        if (plan == null) {
            throw new IllegalArgumentException("no service is called " + of);
        }
        var address = addresses.process(2 * SERVICES.indexOf(of) + number);
        var words = new ArrayList<String>();
        for (String word : words(plan)) {
            if (word.startsWith("--server.port=")) {
                words.add("--server.port=" + address.getPort());
            } else if (word.startsWith("--jiexu.management.port=")) {
                words.add("--jiexu.management.port=" + (address.getPort() + Addresses.MANAGEMENT));
            } else {
                words.add(word);
            }
        }
        words.add("--jiexu.instance=" + (2 + number));
        String name = of + "-" + (2 + number);
        var replica = new ServiceUnderFire(child(name, "-Xmx192m", words), address.resolve("/actuator/health"));
        services.put(name, replica);
        replica.start(Map.of());
        return name;
    }

    void stopReplicas() {
        for (String name : List.copyOf(services.keySet())) {
            if (!SERVICES.contains(name)) {
                var replica = services.remove(name);
                if (replica != null) {
                    replica.stop();
                }
            }
        }
    }

    /** Its process ends in order, its data are deleted, and it starts with none. */
    void loseKafka() {
        service(KAFKA).stop();
        try (var files = Files.walk(data.file(KAFKA))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service(KAFKA).start(Map.of());
    }

    ServiceUnderFire service(String name) {
        var service = brokers.getOrDefault(name, services.get(name));
        if (service == null) {
            throw new IllegalArgumentException("no service is called " + name);
        }
        return service;
    }

    boolean isCluster() {
        return brokers.size() > 1;
    }

    List<String> livingBrokers() {
        return brokers.values().stream()
                .filter(ServiceUnderFire::isHealthy)
                .map(ServiceUnderFire::name)
                .toList();
    }

    List<ServiceUnderFire> everyService() {
        return List.copyOf(services.values());
    }

    TcpProxy proxy(String name) {
        var proxy = proxies.get(name);
        if (proxy == null) {
            throw new IllegalArgumentException("no proxy stands before " + name);
        }
        return proxy;
    }

    SmallDisk disk(String name) {
        var disk = disks.get(name);
        if (disk == null) {
            throw new IllegalArgumentException(name + " has no small disk");
        }
        return disk;
    }

    /** Everything that was slowed, paused or cut is as it was; whoever is down comes back by its supervisor. */
    void heal() {
        proxies.values().forEach(proxy -> proxy.become(TcpProxy.Mode.PASS, 0));
        brokers.values().forEach(ServiceUnderFire::resume);
        everyService().forEach(ServiceUnderFire::resume);
    }

    boolean isHealthy() {
        return everyService().stream().allMatch(ServiceUnderFire::isHealthy);
    }

    void awaitHealthy() {
        everyService().forEach(ServiceUnderFire::awaitHealthy);
        if (!Waiting.until(this::doorAnswers, Duration.ofMinutes(1), Duration.ofMillis(200))) {
            throw new IllegalStateException("the gateway does not know its way");
        }
    }

    private boolean doorAnswers() {
        return door.get("operator", "/api/v1/operations/regions").status() == 200;
    }

    PostgresUnderFire postgres() {
        return postgres;
    }

    Door door() {
        return door;
    }

    void takeIn(SampleSet people) {
        if (loader == null) {
            throw new IllegalStateException("not started yet");
        }
        loader.load(people, ours);
    }

    URI registry() {
        return addresses.registry();
    }

    Path disorderFile() {
        return data.file("disorder");
    }

    DataDirectory data() {
        return data;
    }

    String bootstrap() {
        return clusterPorts.isEmpty()
                ? "127.0.0.1:" + addresses.kafka()
                : clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        heal();
        var all = new ArrayList<>(everyService());
        all.sort(Comparator.comparing(service -> !service.name().equals("gateway")));
        all.parallelStream().forEach(ServiceUnderFire::stop);
        brokers.values().parallelStream().forEach(ServiceUnderFire::stop);
        if (issuer != null) {
            issuer.close();
        }
        postgres.close();
        proxies.values().forEach(TcpProxy::close);
        disks.values().forEach(SmallDisk::close);
        data.close();
    }
}
