package org.jiexu.faults;

import java.nio.file.Path;
import java.util.List;
import org.jiexu.infrastructure.EmbeddedKafka;
import org.jiexu.infrastructure.EmbeddedKafka.Cluster;
import org.jiexu.infrastructure.EmbeddedKafka.OtherWay;
import org.jiexu.sandbox.Logging;

/**
 * Kafka as a process of its own, so that it can be killed. Arguments: directory, port, controller's port,
 * {@code port:advertised} for each further way; or directory, port, {@code cluster}, node, id, controllers' ports.
 */
public final class BrokerProgram {
    private BrokerProgram() {}

    public static void main(String... arguments) {
        var directory = Path.of(arguments[0]);
        Logging.toFile(directory.resolveSibling("logs").resolve(directory.getFileName() + ".log"));
        int port = Integer.parseInt(arguments[1]);
        var more = List.of(arguments).subList(3, arguments.length);
        var kafka = arguments[2].equals("cluster")
                ? EmbeddedKafka.start(directory, port, cluster(more))
                : EmbeddedKafka.start(directory, port, Integer.parseInt(arguments[2]), ways(more));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "the-end"));
    }

    private static Cluster cluster(List<String> words) {
        var ports =
                words.subList(2, words.size()).stream().map(Integer::valueOf).toList();
        return new Cluster(Integer.parseInt(words.getFirst()), ports, words.get(1));
    }

    private static List<OtherWay> ways(List<String> words) {
        return words.stream()
                .map(way -> way.split(":", 2))
                .map(ports -> new OtherWay(Integer.parseInt(ports[0]), Integer.parseInt(ports[1])))
                .toList();
    }
}
