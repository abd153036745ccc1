package org.jiexu.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * From each kill to the first completion of a case that was asked for after it: then everything works again, from the
 * door to the last message.
 */
final class Recovery implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final PostgresUnderFire postgres;
    private final Load load;
    private final Map<String, Long> endedAt = new ConcurrentHashMap<>();
    private final List<Kill> kills = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    private record Kill(String what, long at) {}

    Recovery(PostgresUnderFire postgres, Load load) {
        this.postgres = postgres;
        this.load = load;
    }

    void begin() {
        Thread.ofPlatform().daemon().name("recovery").start(() -> {
            while (!over) {
                try {
                    look();
                } catch (RuntimeException e) {
                    // PostgreSQL is down: nothing completes.
                }
                Waiting.until(System.nanoTime() + LOOK.toNanos());
            }
        });
    }

    void killed(String what) {
        killed(what, System.nanoTime());
    }

    void killed(String what, long at) {
        kills.add(new Kill(what, at));
    }

    private void look() {
        Set<String> open = new HashSet<>(load.cases().keySet());
        open.removeAll(endedAt.keySet());
        if (open.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        postgres.query(
                        "transfer_in",
                        "select number from transfer_case where state = 'COMPLETED' and number in ('"
                                + String.join("', '", open) + "')")
                .forEach(number -> endedAt.put(number, now));
    }

    /** Milliseconds by what was killed; nothing where no case was asked for afterwards. */
    Map<String, List<Long>> millis() {
        look();
        var cases = load.cases();
        var millis = new TreeMap<String, List<Long>>();
        for (var kill : kills) {
            endedAt.entrySet().stream()
                    .filter(ended -> cases.getOrDefault(ended.getKey(), 0L) > kill.at())
                    .mapToLong(Map.Entry::getValue)
                    .min()
                    .ifPresent(first -> millis.computeIfAbsent(kill.what(), _ -> new ArrayList<>())
                            .add((first - kill.at()) / 1_000_000));
        }
        return millis;
    }

    @Override
    public void close() {
        over = true;
    }
}
