package org.jiexu.bus.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Lines of events, each a topic and a key, whose next record the broker refuses for its size. Such a line waits, longer after
 * each refusal; all others go on. Used by the relay's thread; only the count may be read by others.
 */
final class HeldUp {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Map<String, Line> lines = new HashMap<>();
    private volatile int count;

    private static final class Line {
        private final Set<Long> waiting = new HashSet<>();
        private Duration wait = FIRST_WAIT;
        private long until;
    }

    HeldUp(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The broker has refused that record; true the first time for this line. */
    boolean refused(String name, long position) {
        boolean first = !lines.containsKey(name);
        var line = lines.computeIfAbsent(name, _ -> new Line());
        if (!first) {
            var doubled = line.wait.multipliedBy(2);
            line.wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        }
        line.until = nanoTime.getAsLong() + line.wait.toNanos();
        line.waiting.add(position);
        count = lines.size();
        return first;
    }

    /** Does the line wait, and with it that record? */
    boolean holds(String name, long position) {
        var line = lines.get(name);
        if (line == null || !isWaiting(line)) {
            return false;
        }
        line.waiting.add(position);
        return true;
    }

    /** A record of the line was taken; true when it had been held up. */
    boolean goesOn(String name) {
        boolean was = lines.remove(name) != null;
        count = lines.size();
        return was;
    }

    /** Forgets the lines that are due and have no record pending any more: another instance has sent them. */
    void keepOnly(Set<Long> pending) {
        lines.values()
                .removeIf(line -> !isWaiting(line) && line.waiting.stream().noneMatch(pending::contains));
        count = lines.size();
    }

    /** Of lines that have waited long enough; empty where there are none. */
    Long[] due() {
        return lines.values().stream()
                .filter(line -> !isWaiting(line))
                .flatMap(line -> line.waiting.stream())
                .toArray(Long[]::new);
    }

    /** Positions that need not be looked at now. */
    Long[] waiting() {
        return lines.values().stream()
                .filter(this::isWaiting)
                .flatMap(line -> line.waiting.stream())
                .toArray(Long[]::new);
    }

    int count() {
        return count;
    }

    private boolean isWaiting(Line line) {
        return line.until - nanoTime.getAsLong() > 0;
    }
}
