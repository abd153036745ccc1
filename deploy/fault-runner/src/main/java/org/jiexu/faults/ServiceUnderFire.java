package org.jiexu.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A service's process with its supervisor: whatever ends without our word is started again after a second. */
final class ServiceUnderFire {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long RESTART_AFTER_MILLIS = 1000;

    private final Child child;
    private final @Nullable URI health;
    private final AtomicInteger ends = new AtomicInteger();
    /** Who watches now; another start has another watch. */
    private volatile @Nullable Object watch;

    private volatile long lastEnd;

    /** @param health answers 200 when it takes work; null: takes work when the process lives */
    ServiceUnderFire(Child child, @Nullable URI health) {
        this.child = child;
        this.health = health;
    }

    String name() {
        return child.name();
    }

    /** @param environment for this start alone: a crash point */
    void start(Map<String, String> environment) {
        var mine = new Object();
        watch = mine;
        ends.set(0);
        child.start(environment);
        Thread.ofVirtual().name("supervisor-" + name()).start(() -> supervise(mine));
    }

    private void supervise(Object mine) {
        while (watch == mine) {
            if (!child.isAlive()) {
                lastEnd = System.nanoTime();
                ends.incrementAndGet();
                Waiting.until(System.nanoTime() + RESTART_AFTER_MILLIS * 1_000_000);
                if (watch == mine) {
                    child.start(Map.of());
                }
            }
            Waiting.until(System.nanoTime() + LOOK.toNanos());
        }
    }

    /** How often it ended without our word since we started it. */
    int ends() {
        return ends.get();
    }

    /** When it last did. */
    long lastEnd() {
        return lastEnd;
    }

    /** kill -9; its supervisor starts it again. */
    void kill() {
        child.kill();
    }

    void pause() {
        child.pause();
    }

    void resume() {
        child.resume();
    }

    void stop() {
        watch = null;
        child.stop();
    }

    /** Stops in order and comes back as another build; returns when it takes work. */
    void roll(String classPath) {
        stop();
        child.runFrom(classPath);
        start(Map.of());
        awaitHealthy();
    }

    /** kill -9, and it stays down until it is started. */
    void killAndStayDown() {
        watch = null;
        child.kill();
    }

    void awaitHealthy() {
        if (!Waiting.until(this::isHealthy, PATIENCE, LOOK)) {
            throw new IllegalStateException(name() + " does not become healthy; its log says why");
        }
    }

    boolean isHealthy() {
        if (!child.isAlive()) {
            return false;
        }
        if (health == null) {
            return true;
        }
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
