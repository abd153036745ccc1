package org.jiexu.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a service whether it takes work. */
final class Health {

    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private Health() {}

    /** True once the address answers 200; false after {@code limit}, or as soon as {@code worthwhile} does not hold. */
    static boolean isUpWithin(URI address, Duration limit, BooleanSupplier worthwhile) {
        long start = System.nanoTime();
        try (var http = HttpClient.newHttpClient()) {
            while (!answersOk(http, address)) {
                if (System.nanoTime() - start > limit.toNanos() || !worthwhile.getAsBoolean()) {
                    return false;
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean answersOk(HttpClient http, URI address) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
