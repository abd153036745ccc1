package org.jiexu.bus.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * The bytes of bodies that may be in memory at the same time, of all callers together, and of one caller a part of them.
 * Taken as bytes come in, given back when the request ends: whoever sends slowly holds only what has come.
 */
final class BodyBudget {
    private static final int PARTS = 4;

    private final long most;
    private final Map<String, Long> held = new HashMap<>();
    private long taken;

    BodyBudget(long most) {
        this.most = most;
    }

    long taken() {
        synchronized (held) {
            return taken;
        }
    }

    /** @param largest that one body may be here: nobody's part is smaller, nor than the byte behind it that tells too much */
    Share of(String caller, long largest) {
        return new Share(caller, Math.max(largest + 1, most / PARTS));
    }

    /** What one request holds. */
    final class Share implements AutoCloseable {
        private final String caller;
        private final long mostOfCaller;
        private long mine;

        private Share(String caller, long mostOfCaller) {
            this.caller = caller;
            this.mostOfCaller = mostOfCaller;
        }

        /** 503 when all together hold too much, 429 when this caller does. */
        void take(long bytes) {
            synchronized (held) {
                long ofCaller = held.getOrDefault(caller, 0L);
                if (ofCaller + bytes > mostOfCaller) {
                    throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_BODIES", "同时提交的内容过多，请待前一项办完后再试。")
                            .retryAfter(Duration.ofSeconds(2));
                }
                if (taken + bytes > most) {
                    throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "BODIES_IN_HAND", "正在处理的内容较多，请稍后再试。")
                            .retryAfter(Duration.ofSeconds(2));
                }
                held.put(caller, ofCaller + bytes);
                taken += bytes;
                mine += bytes;
            }
        }

        @Override
        public void close() {
            synchronized (held) {
                taken -= mine;
                long rest = held.getOrDefault(caller, mine) - mine;
                mine = 0;
                if (rest > 0) {
                    held.put(caller, rest);
                } else {
                    held.remove(caller);
                }
            }
        }
    }
}
