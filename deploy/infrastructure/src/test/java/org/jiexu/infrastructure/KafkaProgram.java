package org.jiexu.infrastructure;

import java.nio.file.Path;

/** Runs a broker until killed. */
final class KafkaProgram {

    static final String READY = "ready ";

    private KafkaProgram() {}

    public static void main(String[] arguments) {
        var kafka = EmbeddedKafka.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        System.out.println(READY + kafka.bootstrap());
    }
}
