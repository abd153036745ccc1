package org.jiexu.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often which way was walked. */
final class Tally {
    private final Map<Way, Long> times = new EnumMap<>(Way.class);

    void count(Way way) {
        times.merge(way, 1L, Long::sum);
    }

    void add(Tally other) {
        other.times.forEach((way, n) -> times.merge(way, n, Long::sum));
    }

    long times(Way way) {
        return times.getOrDefault(way, 0L);
    }
}
