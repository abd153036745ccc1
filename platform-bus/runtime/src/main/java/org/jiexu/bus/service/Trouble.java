package org.jiexu.bus.service;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * 故障 — what keeps a part of the bus from its work, and since when. It is logged when it begins, when its reason becomes
 * another and when it is over, however often the part tries; health and measures ask it.
 */
public final class Trouble {
    private static final int MOST_REASONS = 5;

    private final String part;
    private final Logger log;
    private final Duration grace;
    private final Set<String> told = new HashSet<>();
    private @Nullable String reason;
    private long since;

    /** @param grace how long it may last before the part counts as not working */
    public Trouble(String part, Logger log, Duration grace) {
        this.part = part;
        this.log = log;
        this.grace = grace;
    }

    public String part() {
        return part;
    }

    /** The part cannot work; the reason names no person. */
    public void found(String found) {
        found(found, null);
    }

    /** The same; classes and places of the cause go into the log, and not its text, which may quote what it choked on. */
    public synchronized void found(String found, @Nullable Throwable cause) {
        if (reason == null) {
            since = System.nanoTime();
        }
        reason = found;
        if (told.size() < MOST_REASONS && told.add(found)) {
            log.warn(
                    "{} does not work and goes on trying: {}{}",
                    part,
                    found,
                    cause == null ? "" : "\n" + Places.of(cause));
        }
    }

    /** The part works. */
    public synchronized void over() {
        if (reason != null) {
            log.info("{} works again", part);
            reason = null;
            told.clear();
        }
    }

    /** Empty while the part works. */
    public synchronized Optional<String> now() {
        return Optional.ofNullable(reason);
    }

    /** The reason, once the trouble has lasted longer than its grace; otherwise empty. */
    public synchronized Optional<String> lasting() {
        return System.nanoTime() - since >= grace.toNanos() ? now() : Optional.empty();
    }
}
