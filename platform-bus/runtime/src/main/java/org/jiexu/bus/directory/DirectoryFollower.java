package org.jiexu.bus.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jiexu.bus.service.Places;
import org.jiexu.bus.service.Trouble;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.KeyRegisteredV1;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads platform.directory from the beginning or where the copy stands, keeps the copy and shows it. */
public final class DirectoryFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryFollower.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.DIRECTORY, 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration LOOK_AT_LOG = Duration.ofSeconds(10);

    private final Directory directory;
    private final DirectoryStore store;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Admin admin;
    private final TrustAnchor anchor;
    private final BusinessClock clock;
    private final Runnable onClockMoved;
    private final CountDownLatch usable = new CountDownLatch(1);
    private final Map<String, Sm2PublicKey> registryKeys = new LinkedHashMap<>();
    private final Map<String, Instant> shownTimes = new HashMap<>();
    private volatile DirectoryStore.@Nullable Position at;
    private volatile @Nullable Consumer<String, byte[]> open;
    private final Trouble trouble = new Trouble("the copy of the directory", LOG, GRACE);
    private volatile boolean running;
    private volatile boolean doubted;
    private long lookedAtLog;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    DirectoryFollower(
            Directory directory,
            DirectoryStore store,
            Supplier<Consumer<String, byte[]>> consumers,
            Admin admin,
            TrustAnchor anchor,
            BusinessClock clock,
            Runnable onClockMoved) {
        this.directory = directory;
        this.store = store;
        this.consumers = consumers;
        this.admin = admin;
        this.anchor = anchor;
        this.clock = clock;
        this.onClockMoved = onClockMoved;
        directory.judgedBy(this::isCurrent);
    }

    public synchronized void start(String name) {
        running = true;
        thread = Thread.ofPlatform().daemon().name(name + "-directory").start(this::run);
    }

    /** Waits until the copy can be worked with: regions listed and, in the sandbox, the clock set. */
    public void awaitUsable() throws InterruptedException {
        usable.await();
    }

    public boolean isUsable() {
        return usable.getCount() == 0;
    }

    /** What may keep the copy from following. */
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public void close() {
        running = false;
        // Woken, not interrupted: an interrupted consumer cannot close in order.
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                follow();
            } catch (WakeupException e) {
                LOG.debug("following ends");
            } catch (IllegalStateException e) {
                // Our own words: they name no person.
                again(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // Whatever it is: without the directory nobody is verified, so this thread never ends by itself.
                again("it cannot be followed: " + Places.inShort(e), e);
            }
        }
    }

    private void again(String reason, Throwable cause) {
        if (running && !Thread.currentThread().isInterrupted()) {
            trouble.found(reason, cause);
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void follow() {
        // The copy is shown at once: a service with a known directory works while broker and registry are down.
        show();
        var topicId = topicId();
        if (topicId == null) {
            pause();
            return;
        }
        try (var consumer = consumers.get()) {
            open = consumer;
            consumer.assign(List.of(PARTITION));
            var known = store.position();
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            // Another topic or a shorter log: the copy is read anew from the beginning.
            long next = known != null && known.topicId().equals(topicId) && known.next() <= end ? known.next() : 0;
            at = known;
            consumer.seek(PARTITION, next);
            doubted = false;
            while (running && !isAnotherLog(topicId)) {
                var records = consumer.poll(POLL).records(PARTITION);
                if (!take(records, new DirectoryStore.Position(topicId, consumer.position(PARTITION)))) {
                    return;
                }
                trouble.over();
            }
        } finally {
            open = null;
        }
    }

    /** The topic was made anew, or is shorter than what was read of it: then it is read from its beginning. */
    private boolean isAnotherLog(String topicId) {
        if (!doubted && System.nanoTime() - lookedAtLog < LOOK_AT_LOG.toNanos()) {
            return false;
        }
        lookedAtLog = System.nanoTime();
        var id = topicId();
        if (id == null) {
            return false;
        }
        boolean another = doubted || !id.equals(topicId);
        if (another) {
            LOG.warn("the directory's topic is not the log we knew");
        }
        return another;
    }

    /**
     * The position is the consumer's own: behind the markers of transactions too, which are no records. False when another
     * instance of this service has moved the copy: read it again.
     */
    private boolean take(List<ConsumerRecord<String, byte[]>> records, DirectoryStore.Position to) {
        if (to.equals(at)) {
            return true;
        }
        var newest = new LinkedHashMap<String, DirectoryStore.Thing>();
        for (var record : records) {
            var envelope = verified(record);
            if (envelope != null && !isOlderThanKnown(envelope, newest)) {
                newest.put(envelope.subject(), DirectoryStore.Thing.of(envelope));
            }
        }
        if (!store.keep(List.copyOf(newest.values()), at, to)) {
            return false;
        }
        // Shown first: who asks whether the copy is current must not be told so while it still shows the old one.
        show();
        at = to;
        return true;
    }

    /** A record that comes again, or late, does not bring an old state back. */
    private boolean isOlderThanKnown(Envelope envelope, Map<String, DirectoryStore.Thing> newest) {
        var inBatch = newest.get(envelope.subject());
        var known = inBatch == null ? shownTimes.get(envelope.subject()) : Instant.parse(inBatch.time());
        return known != null && envelope.instant().isBefore(known);
    }

    private void show() {
        var data = new ArrayList<EventData>();
        for (var thing : store.things()) {
            shownTimes.put(thing.subject(), Instant.parse(thing.time()));
            EventType.ofWireName(thing.type())
                    .ifPresent(type -> data.add(WireJson.read(thing.data(), type.dataClass())));
        }
        var snapshot = new DirectorySnapshot(data);
        directory.show(snapshot);
        for (var thing : data) {
            if (thing instanceof KeyRegisteredV1 key && key.owner().equals(Source.REGISTRY)) {
                registryKeys.put(key.keyId(), Sm2PublicKey.of(key.publicKey()));
            }
        }
        snapshot.clock().ifPresent(moved -> {
            if (clock.set(moved.businessTime(), moved.systemTime())) {
                onClockMoved.run();
            }
        });
        if (!data.isEmpty() && clock.isSet() && !directory.regions().isEmpty()) {
            usable.countDown();
        }
    }

    private @Nullable Envelope verified(ConsumerRecord<String, byte[]> record) {
        try {
            var envelope = EnvelopeHeaders.read(record);
            var type = EventType.ofWireName(envelope.type());
            if (type.isEmpty()
                    || type.get().family() != TopicFamily.DIRECTORY
                    || !envelope.source().equals(Source.REGISTRY.toString())) {
                LOG.error("directory record @{} is not the registry's to say, ignored", record.offset());
                return null;
            }
            var key = registryKey(envelope.keyId());
            if (key == null || !envelope.isSignedBy(key)) {
                LOG.error("directory record @{} is not signed by a key of the registry, ignored", record.offset());
                return null;
            }
            var data = WireJson.read(envelope.data(), type.get().dataClass());
            if (data instanceof KeyRegisteredV1 registered && registered.owner().equals(Source.REGISTRY)) {
                registryKeys.put(registered.keyId(), Sm2PublicKey.of(registered.publicKey()));
            }
            return envelope;
        } catch (EnvelopeHeaders.Malformed | WireJson.Unreadable | DateTimeParseException e) {
            LOG.error("directory record @{} is unreadable, ignored: {}", record.offset(), e.getMessage());
            return null;
        }
    }

    private @Nullable Sm2PublicKey registryKey(String keyId) {
        var known = registryKeys.get(keyId);
        if (known != null) {
            return known;
        }
        var anchored = anchor.key()
                .orElseThrow(() -> new IllegalStateException("the registry's key has not been handed over yet"));
        registryKeys.put(anchored.keyId(), anchored);
        return anchored.keyId().equals(keyId) ? anchored : null;
    }

    private @Nullable String topicId() {
        try {
            var described = admin.describeTopics(List.of(Topics.DIRECTORY))
                    .allTopicNames()
                    .get(5, TimeUnit.SECONDS);
            var topic = described.get(Topics.DIRECTORY);
            return topic == null ? null : topic.topicId().toString();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("no directory topic yet", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private boolean isCurrent() {
        var here = at;
        if (here == null) {
            return false;
        }
        try {
            long end = admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get(2, TimeUnit.SECONDS)
                    .offset();
            var id = topicId();
            if (id == null) {
                return false;
            }
            if (!id.equals(here.topicId()) || here.next() > end) {
                doubted = true;
                return false;
            }
            return here.next() == end;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker does not say where the directory ends", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
