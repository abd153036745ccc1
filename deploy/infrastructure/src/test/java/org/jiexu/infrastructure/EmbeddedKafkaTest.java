package org.jiexu.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private final int port = Ports.free();
    private final int controllerPort = Ports.free();

    @Test
    void keepsRecordsFromOneStartToTheNext() throws Exception {
        try (var kafka = start()) {
            Records.createTopic(kafka.bootstrap(), "kept", "delete");
            Records.send(kafka.bootstrap(), "kept", "first");
        }

        try (var kafka = start()) {
            Records.send(kafka.bootstrap(), "kept", "second");

            assertThat(Records.all(kafka.bootstrap(), "kept")).containsExactly("first", "second");
        }
    }

    @Test
    void keepsRecordsWhenItsProcessIsKilled() throws Exception {
        try (var jvm = OtherJvm.running(
                KafkaProgram.class, directory.toString(), Integer.toString(port), Integer.toString(controllerPort))) {
            String bootstrap = jvm.said(KafkaProgram.READY);
            Records.createTopic(bootstrap, "kept", "delete");
            Records.send(bootstrap, "kept", "acknowledged");
            jvm.kill();
        }

        try (var kafka = start()) {
            assertThat(Records.all(kafka.bootstrap(), "kept")).containsExactly("acknowledged");
        }
    }

    @Test
    void refusesARecordOfMoreThanOneMebibyte() throws Exception {
        try (var kafka = start()) {
            Records.createTopic(kafka.bootstrap(), "sized", "delete");
            Records.send(kafka.bootstrap(), "sized", "x".repeat(MIB - 1024));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> Records.send(kafka.bootstrap(), "sized", "x".repeat(MIB + 1)))
                    .withCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void keepsTopicsForEverAndCompactsThoseThatAskForIt() throws Exception {
        try (var kafka = start()) {
            Records.createTopic(kafka.bootstrap(), "log", "delete");
            Records.createTopic(kafka.bootstrap(), "latest", "compact");

            assertThat(setting(kafka, "log", "retention.ms")).isEqualTo("-1");
            assertThat(setting(kafka, "log", "retention.bytes")).isEqualTo("-1");
            assertThat(setting(kafka, "log", "cleanup.policy")).isEqualTo("delete");
            assertThat(setting(kafka, "latest", "cleanup.policy")).isEqualTo("compact");
        }
    }

    @Test
    void refusesATakenPortInsteadOfEndingTheJvm() throws IOException {
        try (var listener = new ServerSocket(controllerPort, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(listener.isBound()).isTrue();
            assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("is taken");
        }
    }

    private EmbeddedKafka start() {
        return EmbeddedKafka.start(directory, port, controllerPort);
    }

    private static String setting(EmbeddedKafka kafka, String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var configs = admin.describeConfigs(List.of(resource)).all().get();
            return configs.values().iterator().next().get(name).value();
        }
    }
}
