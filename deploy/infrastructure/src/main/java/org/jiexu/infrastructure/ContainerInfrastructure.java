package org.jiexu.infrastructure;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same two servers in containers; the only class that touches Testcontainers, which ends them with the JVM. */
final class ContainerInfrastructure {

    private ContainerInfrastructure() {}

    static TestInfrastructure.PostgresForTests startPostgres() {
        var container = new PostgreSQLContainer("postgres:18");
        container.setCommand(
                "postgres", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "max_connections=300");
        container.start();
        String address = container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        return new TestInfrastructure.PostgresForTests(
                "jdbc:postgresql://" + address + "/", container.getUsername(), container.getPassword());
    }

    static String startKafka() {
        var container = new KafkaContainer("apache/kafka:4.2.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "1048576")
                .withEnv("KAFKA_LOG_RETENTION_MS", "-1");
        container.start();
        return container.getBootstrapServers();
    }
}
