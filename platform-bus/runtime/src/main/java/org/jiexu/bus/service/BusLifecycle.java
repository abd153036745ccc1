package org.jiexu.bus.service;

import org.jiexu.bus.directory.DirectoryFollower;
import org.jiexu.bus.inbox.EventConsumer;
import org.jiexu.bus.journal.Relay;
import org.jiexu.bus.journal.SigningKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the bus in order: relay and directory at once; keys, registration and consumer when the directory can be worked
 * with. Stops in the other order, so that nothing is taken that could not be told.
 */
public final class BusLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BusLifecycle.class);

    private final ServiceIdentity identity;
    private final DirectoryFollower directory;
    private final SigningKeys keys;
    private final Relay relay;
    private final EventConsumer consumer;
    private final Registration registration;
    private volatile boolean running;
    private volatile boolean ready;
    private Thread starter = Thread.ofPlatform().unstarted(() -> {});

    public BusLifecycle(
            ServiceIdentity identity,
            DirectoryFollower directory,
            SigningKeys keys,
            Relay relay,
            EventConsumer consumer,
            Registration registration) {
        this.identity = identity;
        this.directory = directory;
        this.keys = keys;
        this.relay = relay;
        this.consumer = consumer;
        this.registration = registration;
    }

    @Override
    public void start() {
        running = true;
        relay.start();
        directory.start(identity.service().path());
        starter = Thread.ofVirtual().name(identity.service().path() + "-start").start(this::startWhenUsable);
    }

    private void startWhenUsable() {
        try {
            directory.awaitUsable();
            keys.generateMissing();
            consumer.start();
            ready = true;
            registration.registerUntilHeard();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the bus could not start", e);
        }
    }

    /** Whether messages are being taken. */
    public boolean isReady() {
        return ready;
    }

    @Override
    public void stop() {
        starter.interrupt();
        ready = false;
        consumer.close();
        relay.close();
        directory.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
