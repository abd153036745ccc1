package org.jiexu.infrastructure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node, broker and controller, inside this JVM, with its data in a directory that outlives it.
 *
 * <p>The broker's threads keep the JVM alive until {@link #close()}. A fatal fault inside Kafka halts the JVM without
 * shutdown hooks.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String NODE = "1";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = "127.0.0.1:";
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final KafkaRaftServer server;
    private final String bootstrap;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts and returns when records are accepted.
     *
     * @param controllerPort is remembered in the data: the same directory wants the same one every time
     */
    public static EmbeddedKafka start(Path directory, int port, int controllerPort) {
        return start(directory, port, controllerPort, List.of());
    }

    /**
     * A second listener whose clients are told to come by another way, e.g. through a proxy.
     *
     * @param port where the broker listens
     * @param advertised where its clients are sent
     */
    public record OtherWay(int port, int advertised) {}

    /**
     * One of several nodes, each with a copy of everything: what most of them have is acknowledged, and while fewer live
     * nothing is.
     *
     * @param node its number, from 1
     * @param controllerPorts those of all nodes, in the order of their numbers
     * @param id of the cluster, the same for all: 22 characters of Base64
     */
    public record Cluster(int node, List<Integer> controllerPorts, String id) {}

    /** As {@link #start(Path, int, int)}, with further listeners of their own advertised ports. */
    public static EmbeddedKafka start(Path directory, int port, int controllerPort, List<OtherWay> otherWays) {
        return start(directory, port, controllerPort, otherWays, null);
    }

    /** One node of that cluster; it is ready when most of them are. */
    public static EmbeddedKafka start(Path directory, int port, Cluster cluster) {
        int controllerPort = cluster.controllerPorts().get(cluster.node() - 1);
        return start(directory, port, controllerPort, List.of(), cluster);
    }

    private static EmbeddedKafka start(
            Path directory, int port, int controllerPort, List<OtherWay> otherWays, @Nullable Cluster cluster) {
        // Kafka answers a port in use by halting the JVM.
        if (!Ports.isFree(port) || !Ports.isFree(controllerPort)) {
            throw new IllegalStateException(
                    "Kafka needs the ports " + port + " and " + controllerPort + ", and one of them is taken");
        }
        Path data = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(data);
            format(data, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka cannot keep data in " + data, e);
        }
        var properties = properties(data, port, controllerPort);
        otherWays.forEach(way -> listenToo(properties, way));
        if (cluster != null) {
            properties.putAll(oneOf(cluster));
        }
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, HOST + port);
    }

    /** The address for {@code bootstrap.servers}. */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data, @Nullable Cluster cluster) throws IOException {
        try {
            new Formatter()
                    .setClusterId(cluster == null ? clusterId(data) : cluster.id())
                    .setNodeId(cluster == null ? Integer.parseInt(NODE) : cluster.node())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Kafka could not format " + data, e);
        }
    }

    private static String clusterId(Path data) throws IOException {
        Path file = data.resolve("meta.properties");
        if (!Files.exists(file)) {
            return Uuid.randomUuid().toString();
        }
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return Objects.requireNonNull(properties.getProperty("cluster.id"), "no cluster.id in " + file);
    }

    private static Map<String, Object> properties(Path data, int port, int controllerPort) {
        var all = new TreeMap<String, Object>();
        all.putAll(theNode(data, port, controllerPort));
        all.putAll(whatIsKept());
        all.putAll(oneCopyOfEverything());
        all.putAll(aSmallFootprint());
        return all;
    }

    private static void listenToo(Map<String, Object> properties, OtherWay way) {
        String name = "WAY" + way.port();
        properties.merge("listeners", name + "://" + HOST + way.port(), (all, one) -> all + "," + one);
        properties.merge("advertised.listeners", name + "://" + HOST + way.advertised(), (all, one) -> all + "," + one);
        properties.merge("listener.security.protocol.map", name + ":PLAINTEXT", (all, one) -> all + "," + one);
    }

    private static Map<String, String> theNode(Path data, int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                NODE,
                "controller.quorum.voters",
                NODE + "@" + HOST + controllerPort,
                "listeners",
                "PLAINTEXT://" + HOST + port + "," + CONTROLLER + "://" + HOST + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + HOST + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "log.dirs",
                data.toString());
    }

    /** Topics are kept for ever unless a topic says it is compacted; a record over 1 MiB is refused. */
    private static Map<String, String> whatIsKept() {
        return Map.of(
                "auto.create.topics.enable", "false",
                "num.partitions", "1",
                "log.retention.ms", "-1",
                "log.retention.bytes", "-1",
                "log.cleanup.policy", "delete",
                "message.max.bytes", Integer.toString(MIB),
                // A year: a consumer that rests for longer than Kafka's week does not lose its place.
                "offsets.retention.minutes", "525600");
    }

    private static Map<String, String> oneCopyOfEverything() {
        return Map.ofEntries(
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "4"),
                // Nobody else will join: do not make the first consumer wait.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // After a kill the node waits for its own old session to end; Kafka's 9 s are for a network.
                Map.entry("broker.session.timeout.ms", "4000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"));
    }

    private static Map<String, String> oneOf(Cluster cluster) {
        var ports = cluster.controllerPorts();
        var all = new TreeMap<String, String>();
        all.put("node.id", Integer.toString(cluster.node()));
        all.put(
                "controller.quorum.voters",
                IntStream.range(0, ports.size())
                        .mapToObj(i -> (i + 1) + "@" + HOST + ports.get(i))
                        .collect(Collectors.joining(",")));
        String copies = Integer.toString(ports.size());
        String most = Integer.toString(ports.size() / 2 + 1);
        all.put("default.replication.factor", copies);
        all.put("min.insync.replicas", most);
        for (var inner : List.of("transaction.state.log", "share.coordinator.state.topic")) {
            all.put(inner + ".replication.factor", copies);
            all.put(inner + ".min.isr", most);
        }
        all.put("offsets.topic.replication.factor", copies);
        // Others have to notice that a node is gone.
        all.put("broker.session.timeout.ms", "6000");
        all.put("replica.lag.time.max.ms", "6000");
        return all;
    }

    private static Map<String, String> aSmallFootprint() {
        return Map.ofEntries(
                // Kafka's own default takes 128 MiB of heap.
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * MIB)),
                Map.entry("log.cleaner.io.buffer.size", Integer.toString(256 * KIB)),
                Map.entry("log.segment.bytes", Integer.toString(64 * MIB)),
                // Two such files are mapped per segment, and one entry stands for 4 KiB: enough for 64 MiB.
                Map.entry("log.index.size.max.bytes", Integer.toString(512 * KIB)),
                Map.entry("metadata.log.segment.bytes", Integer.toString(16 * MIB)),
                Map.entry("offsets.topic.segment.bytes", Integer.toString(8 * MIB)),
                Map.entry("transaction.state.log.segment.bytes", Integer.toString(8 * MIB)),
                Map.entry("share.coordinator.state.topic.segment.bytes", Integer.toString(8 * MIB)),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("background.threads", "2"));
    }
}
