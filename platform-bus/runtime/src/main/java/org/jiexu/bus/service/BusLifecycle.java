package org.jiexu.bus.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.directory.DirectoryFollower;
import org.jiexu.bus.inbox.EventConsumer;
import org.jiexu.bus.journal.QuarantinePublisher;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.journal.SigningKeys;
import org.jiexu.wire.vocabulary.ServiceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the bus in order: the directory's copy; keys; their registration, if nobody knows them yet; then relay and
 * consumer. Stops in the other order, so that nothing is taken that could not be told.
 */
public final class BusLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BusLifecycle.class);

    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final long TRY_AGAIN_MILLIS = 500;

    private final Trouble trouble = new Trouble("the start of the bus", LOG, Duration.ZERO);

    private final ServiceIdentity identity;
    private final DirectoryFollower follower;
    private final Directory directory;
    private final SigningKeys keys;
    private final Relay relay;
    private final EventConsumer consumer;
    private final QuarantinePublisher quarantine;
    private final Registration registration;
    private volatile boolean running;
    private volatile boolean ready;
    private Thread starter = Thread.ofPlatform().unstarted(() -> {});

    public BusLifecycle(
            ServiceIdentity identity,
            DirectoryFollower follower,
            Directory directory,
            SigningKeys keys,
            Relay relay,
            EventConsumer consumer,
            QuarantinePublisher quarantine,
            Registration registration) {
        this.identity = identity;
        this.follower = follower;
        this.directory = directory;
        this.keys = keys;
        this.relay = relay;
        this.consumer = consumer;
        this.quarantine = quarantine;
        this.registration = registration;
    }

    @Override
    public void start() {
        running = true;
        if (identity.service() == ServiceName.REGISTRY) {
            // Nobody else can make the directory known, and its own key is handed over outside of it.
            relay.start();
        }
        follower.start(identity.service().path());
        starter = Thread.ofVirtual().name(identity.service().path() + "-start").start(this::startWhenUsable);
    }

    private void startWhenUsable() {
        try {
            follower.awaitUsable();
            untilDone(keys::generateMissing);
            if (!untilTold(this::ourKeysAreListed)) {
                // Nothing is said, and nothing taken that would have to be answered, before others can verify us.
                registration.registerUntilHeard();
                while (!untilTold(this::ourKeysAreListed)) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
                }
            }
            untilDone(relay::start);
            untilDone(consumer::start);
            ready = true;
            // Our address may be another one than last time; the registry may be down, work goes on.
            registration.registerUntilHeard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilDone(Runnable step) throws InterruptedException {
        untilTold(() -> {
            step.run();
            return true;
        });
    }

    /** A database that is away while we start is waited for, like everything else. */
    private boolean untilTold(BooleanSupplier step) throws InterruptedException {
        while (true) {
            try {
                boolean told = step.getAsBoolean();
                trouble.over();
                return told;
            } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
                trouble.found("it cannot be started: " + Places.inShort(e), e);
                TimeUnit.MILLISECONDS.sleep(TRY_AGAIN_MILLIS);
            }
        }
    }

    private boolean ourKeysAreListed() {
        return keys.publicHalves().stream()
                .allMatch(key -> directory.signingKey(key.keyId()).isPresent());
    }

    /** Whether messages are being taken. */
    public boolean isReady() {
        return ready;
    }

    /** Everything of the bus that may be in trouble. */
    public List<Trouble> troubles() {
        return Stream.concat(
                        Stream.of(trouble, follower.trouble(), relay.trouble(), quarantine.trouble()),
                        consumer.troubles().stream())
                .toList();
    }

    @Override
    public void stop() {
        starter.interrupt();
        ready = false;
        consumer.close();
        relay.close();
        follower.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
