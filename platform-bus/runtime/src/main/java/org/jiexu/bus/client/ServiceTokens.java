package org.jiexu.bus.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * This service's own bearer token, by client credentials. Kept until shortly before it ends; by system time, because
 * tokens are a technical matter.
 */
public final class ServiceTokens {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ReentrantLock fetching = new ReentrantLock();
    private final URI endpoint;
    private final String clientId;
    private final String clientSecret;
    private volatile @Nullable Token current;

    /** {@code until} on the system's monotonic clock. */
    private record Token(String value, long until) {
        boolean holds() {
            return until - System.nanoTime() > 0;
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Granted(
            @Nullable String accessToken, @Nullable Long expiresIn) {}

    public ServiceTokens(URI endpoint, String clientId, String clientSecret) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** A token that holds now. Throws {@link NoToken} when the issuer gives none. */
    public String token() {
        var token = current;
        if (token != null && token.holds()) {
            return token.value();
        }
        fetching.lock();
        try {
            token = current;
            if (token == null || !token.holds()) {
                token = fetch();
                current = token;
            }
            return token.value();
        } finally {
            fetching.unlock();
        }
    }

    /** Somebody did not accept this token: the next call asks for another one. */
    public void forget(String value) {
        var token = current;
        if (token != null && token.value().equals(value)) {
            current = null;
        }
    }

    private Token fetch() {
        var basic = Base64.getEncoder()
                .encodeToString((form(clientId) + ":" + form(clientSecret)).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(READ)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try {
            long asked = System.nanoTime();
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new NoToken("the issuer answered " + response.statusCode(), null);
            }
            var granted = JSON.readValue(response.body(), Granted.class);
            if (granted == null || granted.accessToken() == null) {
                throw new NoToken("the issuer's answer has no token", null);
            }
            var seconds = granted.expiresIn() == null ? 0 : granted.expiresIn();
            var held = Duration.ofSeconds(seconds).minus(MARGIN);
            return new Token(granted.accessToken(), asked + Math.max(held.toNanos(), 0));
        } catch (IOException | JacksonException e) {
            throw new NoToken("the issuer cannot be asked: " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoToken("interrupted", e);
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The issuer gave no token. */
    public static final class NoToken extends RuntimeException {
        NoToken(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }
}
