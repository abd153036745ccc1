package org.jiexu.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import org.jiexu.infrastructure.EmbeddedKafka;
import org.jiexu.infrastructure.EmbeddedKafka.OtherWay;
import org.jiexu.sandbox.Logging;

/** Kafka as a process of its own, so that it can be killed. Arguments: directory, port, controller's port, {port:advertised}. */
public final class BrokerProgram {
    private BrokerProgram() {}

    public static void main(String... arguments) {
        Logging.toFile(Path.of(arguments[0]).resolveSibling("logs").resolve("kafka.log"));
        var ways = new ArrayList<OtherWay>();
        for (int i = 3; i < arguments.length; i++) {
            var ports = arguments[i].split(":", 2);
            ways.add(new OtherWay(Integer.parseInt(ports[0]), Integer.parseInt(ports[1])));
        }
        var kafka = EmbeddedKafka.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), ways);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "the-end"));
    }
}
