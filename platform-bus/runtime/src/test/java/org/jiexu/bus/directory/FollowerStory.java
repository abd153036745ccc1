package org.jiexu.bus.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jiexu.bus.BusConfiguration;
import org.jiexu.bus.testing.BusTestKit;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy follows whatever its file, its store or its topic go through, and says what it waits for. */
class FollowerStory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RegionCode FURTHER = new RegionCode("130100");

    @TempDir
    private Path directory;

    private final Directory copy = new Directory();
    private final AtomicInteger failures = new AtomicInteger();
    private BusTestKit kit;
    private Admin admin;
    private DirectoryFollower follower;

    @BeforeEach
    void prepare() throws IOException {
        kit = new BusTestKit(BusTestKit.CHANGSHA);
        admin = Admin.create(Map.of("bootstrap.servers", kit.bootstrapServers()));
        Files.copy(kit.trustFile(), trustFile());
        follower = follower();
    }

    @AfterEach
    void stop() {
        follower.close();
        admin.close();
        kit.close();
    }

    private Path trustFile() {
        return directory.resolve("registry.pub");
    }

    private DirectoryFollower follower() {
        return new DirectoryFollower(
                copy,
                new DirectoryStore.InMemory(),
                () -> {
                    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new IllegalArgumentException("as nobody foresaw");
                    }
                    return new KafkaConsumer<>(
                            BusConfiguration.consumerSettings(kit.bootstrapServers()),
                            new StringDeserializer(),
                            new ByteArrayDeserializer());
                },
                admin,
                new TrustAnchor(trustFile()),
                new BusinessClock(BusinessClock.Mode.SANDBOX, InstantSource.system()),
                () -> {});
    }

    @Test
    void aTrustFileThatIsOnlyHalfThereIsWaitedForAndNamed() throws IOException {
        var key = Files.readString(trustFile());
        Files.writeString(trustFile(), key.substring(0, key.length() / 2));

        follower.start("story");
        await().atMost(PATIENCE).until(() -> follower.trouble().now().isPresent());
        var reason = follower.trouble().now();
        Files.writeString(trustFile(), key);

        await().atMost(PATIENCE).until(follower::isUsable);
        assertThat(reason).contains("no key of the registry can be read from " + trustFile());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(follower.trouble().now()).isEmpty());
    }

    @Test
    void aFailureThatNobodyForesawEndsNothing() {
        failures.set(2);

        follower.start("story");

        await().atMost(PATIENCE).until(follower::isUsable);
        assertThat(failures).hasValue(0);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginningAndIsNotTakenForTheOldOne() throws Exception {
        follower.start("story");
        await().atMost(PATIENCE).until(() -> follower.isUsable() && copy.isCurrent());

        kit.close();
        admin.deleteTopics(List.of(Topics.DIRECTORY)).all().get();
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(Topics.DIRECTORY));
        var before = copy.isCurrent();
        var anew = new BusTestKit(BusTestKit.CHANGSHA, FURTHER);
        try {
            // Signed by another registry: shorter or longer than before, it is another log.
            await().atMost(PATIENCE).until(copy::isCurrent);
        } finally {
            anew.close();
        }

        assertThat(before).isFalse();
        assertThat(copy.region(BusTestKit.CHANGSHA)).isPresent();
    }
}
