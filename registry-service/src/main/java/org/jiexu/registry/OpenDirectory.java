package org.jiexu.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.bus.service.JiexuProperties;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.kafka.RegionTopics;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.DirectoryStore.SandboxClock;
import org.jiexu.registry.postgres.NoticeStore;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 目录开放 — before anything else starts: sets the clock, makes the registry's own key and hands its public half over,
 * creates topics, loads the reference data and publishes what has changed.
 */
@Component
class OpenDirectory implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OpenDirectory.class);
    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 1000;

    private final JiexuProperties settings;
    private final RegistryProperties properties;
    private final DirectoryStore directory;
    private final NoticeStore notices;
    private final PublishDirectory publish;
    private final SigningKeys keys;
    private final RegionTopics topics;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;
    private volatile boolean running;

    OpenDirectory(
            JiexuProperties settings,
            RegistryProperties properties,
            DirectoryStore directory,
            NoticeStore notices,
            PublishDirectory publish,
            SigningKeys keys,
            RegionTopics topics,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.settings = settings;
        this.properties = properties;
        this.directory = directory;
        this.notices = notices;
        this.publish = publish;
        this.keys = keys;
        this.topics = topics;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Before the bus and before the doors open. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        transaction.executeWithoutResult(status -> {
            directory.lock();
            setClock();
            keys.generateMissing();
            keys.publicHalves().forEach(directory::keepKey);
        });
        handOverKey();
        createTopics();
        // Twice, so that calendar and policies are on their way before a region makes a copy of the directory usable.
        transaction.executeWithoutResult(status -> {
            directory.lock();
            loadRules();
            publish.changes();
        });
        int published = transaction.execute(status -> {
            directory.lock();
            loadRegions();
            return publish.changes();
        });
        LOG.info(
                "the directory is open: {} regions on the platform, {} published anew",
                properties.onPlatform().size(),
                published);
        running = true;
    }

    private void setClock() {
        if (!settings.isSandbox()) {
            return;
        }
        var kept = directory.clock().orElseGet(() -> {
            var first = new SandboxClock(
                    settings.clock().start(), InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS));
            directory.keepClock(first);
            return first;
        });
        clock.set(kept.businessTime(), kept.systemTime());
    }

    /** The directory's own trust cannot come from the directory: the key goes by file, whole or not at all. */
    private void handOverKey() {
        var file = settings.trust().registryKeyFile().toAbsolutePath();
        var text = keys.of(Source.REGISTRY).publicKey().encoded().base64() + "\n";
        try {
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                return;
            }
            Files.createDirectories(file.getParent());
            var whole = Files.createTempFile(file.getParent(), "registry", ".key");
            Files.writeString(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A region is listed only when its topics are there; the registry can start without a broker once they were. */
    private void createTopics() {
        var wanted = properties.regionsOnPlatform();
        boolean joined = new HashSet<>(directory.onPlatform()).containsAll(wanted) && !wanted.isEmpty();
        if (joined) {
            Thread.ofVirtual().name("registry-topics").start(() -> createUntilThere(wanted));
        } else if (!createUntilThere(wanted)) {
            throw new IllegalStateException("the broker has not created the topics of the platform's regions");
        }
    }

    private boolean createUntilThere(List<RegionCode> regions) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                topics.create(regions);
                return true;
            } catch (RegionTopics.NotCreated e) {
                LOG.warn("{}, trying again: {}", e.getMessage(), e.toString());
                if (!pause()) {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void loadRules() {
        // What an approved notice has said since is not taken back by the files that come with the registry.
        ReferenceData.calendars().stream()
                .filter(calendar -> !notices.comesFromANotice(calendar.region(), calendar.year()))
                .forEach(directory::keepCalendar);
        ReferenceData.policies().stream().map(PolicyLimits::checked).forEach(directory::keepPolicy);
        properties.policies().forEach(policy -> directory.keepPolicy(PolicyLimits.checked(policy.dated())));
    }

    private void loadRegions() {
        var regions = ReferenceData.regions(properties.regionsOnPlatform());
        var known = regions.stream().map(region -> region.code()).toList();
        for (RegionCode code : properties.regionsOnPlatform()) {
            if (!known.contains(code)) {
                throw new IllegalStateException("region " + code + " is not in the directory");
            }
        }
        regions.forEach(directory::keepRegion);
        ReferenceData.agencies().forEach(directory::keepAgency);
        regions.stream()
                .filter(region ->
                        region.onPlatform() && directory.agencies(region.code()).isEmpty())
                .map(ReferenceData::unnamedAgency)
                .forEach(directory::keepAgency);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
