package org.jiexu.bus.inbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.service.Places;
import org.jiexu.bus.service.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this service's topics, and goes on doing so: a member of the group that has ended, for whatever reason, is
 * followed by another. The position is the database's; Kafka's own committed offset is written for lag metrics only.
 */
public final class EventConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration ASK_BROKER = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final String instance;
    private final Members members;
    private final Trouble membership = new Trouble("the consumer", LOG, LONGEST_PAUSE);
    private final Trouble taking = new Trouble("the intake of messages", LOG, GRACE);
    private final Trouble broker = new Trouble("the way to the broker", LOG, GRACE);
    private volatile @Nullable Member member;
    private volatile boolean wanted;
    private Thread watch = Thread.ofPlatform().unstarted(() -> {});

    private Duration pause = SHORTEST_PAUSE;
    private long begunAt;
    private long askedAt;

    /** Makes a member of that name that tells its trouble there. */
    interface Members {
        Member of(String name, Trouble trouble);
    }

    EventConsumer(String instance, Members members) {
        this.instance = instance;
        this.members = members;
    }

    public synchronized void start() {
        if (!wanted) {
            wanted = true;
            watch = Thread.ofVirtual().name("consumer-watch").start(this::watch);
        }
    }

    /** Whether a member of the group is at work. */
    public boolean isRunning() {
        var now = member;
        return now != null && now.isRunning();
    }

    /** What may keep messages from being taken. */
    public List<Trouble> troubles() {
        return List.of(membership, taking, broker);
    }

    @Override
    public synchronized void close() {
        wanted = false;
        watch.interrupt();
        try {
            watch.join(LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var last = member;
        if (last != null) {
            last.stop();
        }
    }

    private void watch() {
        try {
            while (wanted) {
                if (!isRunning()) {
                    beginAgain();
                } else if (System.nanoTime() - begunAt > LONGEST_PAUSE.toNanos()) {
                    pause = SHORTEST_PAUSE;
                }
                askBroker();
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beginAgain() throws InterruptedException {
        var ended = member;
        var name = instance;
        if (ended != null) {
            boolean fenced = ended.isFenced();
            membership.found(
                    fenced
                            ? "another instance has come with the name " + instance
                            : "it has ended; the log says before this why");
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            // The name is the other's now; ours is one that nobody else has.
            name = fenced ? instance + "-" + UUID.randomUUID() : instance;
        }
        try {
            var next = members.of(name, taking);
            next.start();
            member = next;
            begunAt = System.nanoTime();
            membership.over();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            membership.found("it does not start: " + Places.inShort(e), e);
        }
    }

    /** Also in quiet times: an outage is told, and a topic that was made anew is found. */
    private void askBroker() {
        var now = member;
        if (now == null || System.nanoTime() - askedAt < ASK_BROKER.toNanos()) {
            return;
        }
        askedAt = System.nanoTime();
        try {
            now.compareLogs();
            broker.over();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            broker.found("the broker does not answer: " + Places.inShort(e));
        }
    }
}
