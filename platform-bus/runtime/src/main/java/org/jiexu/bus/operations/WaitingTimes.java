package org.jiexu.bus.operations;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jiexu.bus.operations.Channel.Topic;

/**
 * For how long records have been there that are not taken: since the first look that saw a topic's end beyond where we
 * stand now. It needs no record's own time, which its sender chooses, and it is as fine as the looks are frequent.
 */
final class WaitingTimes {
    private static final int MOST_LOOKS = 1000;

    private final Map<String, Deque<Look>> looks = new HashMap<>();

    private record Look(long at, long end) {}

    /** In seconds over all topics; 0 when everything is taken, or no end is known. */
    long longest(List<Topic> topics, long now) {
        long longest = 0;
        for (var topic : topics) {
            var end = topic.end();
            if (end != null) {
                longest = Math.max(longest, nanos(topic.topic(), topic.next(), end, now));
            }
        }
        return Duration.ofNanos(longest).toSeconds();
    }

    private long nanos(String topic, long next, long end, long now) {
        var seen = looks.computeIfAbsent(topic, _ -> new ArrayDeque<>());
        if (!seen.isEmpty() && end < seen.getLast().end()) {
            // Another log of the same name.
            seen.clear();
        }
        while (!seen.isEmpty() && seen.getFirst().end() <= next) {
            seen.removeFirst();
        }
        if (end > next && (seen.isEmpty() || end > seen.getLast().end())) {
            if (seen.size() == MOST_LOOKS) {
                seen.removeLast();
            }
            seen.addLast(new Look(now, end));
        }
        return seen.isEmpty() ? 0 : now - seen.getFirst().at();
    }
}
