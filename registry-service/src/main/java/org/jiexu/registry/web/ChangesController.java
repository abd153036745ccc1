package org.jiexu.registry.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.postgres.ChangeStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * 变化通知 — server-sent events that say what has changed, never what it is: a page asks again for what it shows, with its
 * own rights. Ends by itself after a while, so that a stream outlives no token for long.
 */
@RestController
@RequestMapping("/api/v1/operations/events")
class ChangesController implements SmartLifecycle {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** Streams look at the same marks; they are read once a second however many there are. */
    private final ChangeStore changes;

    private final Semaphore places;
    private volatile boolean open = true;
    private long readAt;
    private Map<String, Long> read = Map.of();

    ChangesController(ChangeStore changes, @Value("${jiexu.registry.streams:200}") int most) {
        this.changes = changes;
        this.places = new Semaphore(most);
    }

    /** @param topics cases, deadlines, directory */
    record Changed(List<String> topics, String asOf) {}

    @GetMapping("/stream")
    void stream(Caller caller, HttpServletResponse response) throws IOException {
        caller.requireRole(Role.OPERATOR, Role.AUDITOR, Role.CLERK, Role.REVIEWER);
        if (!places.tryAcquire()) {
            throw new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_STREAMS", "同时打开的页面过多，请稍后再试。")
                    .retryAfter(Duration.ofSeconds(5));
        }
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            write(response, "retry: 2000\n\n: ready\n\n");
            tell(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void tell(HttpServletResponse response) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long heard = System.nanoTime();
        var known = marks();
        while (open && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(AT_MOST_EVERY.toMillis());
            var now = marks();
            var before = known;
            var topics = now.entrySet().stream()
                    .filter(mark -> !mark.getValue().equals(before.get(mark.getKey())))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            if (!topics.isEmpty()) {
                var changed =
                        new Changed(topics, InstantSource.system().instant().toString());
                write(response, "event: changed\ndata: " + JSON.writeValueAsString(changed) + "\n\n");
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard >= HEARTBEAT.toNanos()) {
                write(response, ": alive\n\n");
                heard = System.nanoTime();
            }
            known = now;
        }
    }

    private synchronized Map<String, Long> marks() {
        if (read.isEmpty() || System.nanoTime() - readAt > AT_MOST_EVERY.toNanos() / 2) {
            read = changes.marks();
            readAt = System.nanoTime();
        }
        return read;
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    @Override
    public void start() {
        open = true;
    }

    /** Before the server waits for its requests to end. */
    @Override
    public void stop() {
        open = false;
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}
