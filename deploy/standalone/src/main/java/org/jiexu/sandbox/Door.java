package org.jiexu.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jiexu.sandbox.issuer.SandboxClients;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The platform as its users see it: HTTP through the gateway, with the bearer token of the user who asks. */
public final class Door {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration TOKEN_MARGIN = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final URI gateway;
    private final URI issuer;
    private final String serviceSecret;

    private record Token(String value, long until) {
        boolean holds() {
            return until - System.nanoTime() > 0;
        }
    }

    /** What came back; the body is missing when it was no JSON. */
    public record Answer(int status, JsonNode body) {

        public String text(String field) {
            return body.path(field).asString("");
        }

        /** The answer if it has that status; otherwise an exception with status and problem code. */
        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new UnexpectedAnswer(
                        "expected " + wanted + ", got " + status + " " + text("code") + " " + text("detail"));
            }
            return this;
        }
    }

    /** The platform answered otherwise than its design says. */
    public static final class UnexpectedAnswer extends RuntimeException {
        UnexpectedAnswer(String message) {
            super(message);
        }
    }

    public Door(URI gateway, URI issuer, String serviceSecret) {
        this.gateway = gateway;
        this.issuer = issuer;
        this.serviceSecret = serviceSecret;
    }

    /** @param user a client id of the issuer, e.g. {@code clerk-430100} */
    public Answer get(String user, String path) {
        return send(user, gateway.resolve(path), "GET", null, null);
    }

    public Answer post(String user, String path, @Nullable Object body) {
        return send(user, gateway.resolve(path), "POST", body, null);
    }

    /** With an Idempotency-Key: the same key and body may be sent again. */
    public Answer create(String user, String path, Object body, String key) {
        return send(user, gateway.resolve(path), "POST", body, key);
    }

    /** Around the gateway, straight to a service: for taking data in. */
    public Answer postTo(URI service, String user, String path, Object body) {
        return send(user, service.resolve(path), "POST", body, null);
    }

    private Answer send(String user, URI address, String method, @Nullable Object body, @Nullable String key) {
        var publisher = body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token(user))
                .header("Accept", "application/json, application/problem+json")
                .method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        var answer = exchange(request.build());
        return new Answer(answer.statusCode(), parse(answer.body()));
    }

    /** A bearer token of that user, kept until shortly before it ends. */
    public String token(String user) {
        var known = tokens.get(user);
        if (known != null && known.holds()) {
            return known.value();
        }
        String secret = user.startsWith("service-") ? serviceSecret : SandboxClients.USER_SECRET;
        String basic = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var answer = exchange(HttpRequest.newBuilder(issuer.resolve("/oauth2/token"))
                .timeout(ANSWER)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        var body = parse(answer.body());
        if (answer.statusCode() != 200) {
            throw new UnexpectedAnswer("no token for " + user + ": " + answer.statusCode());
        }
        var lives = Duration.ofSeconds(body.path("expires_in").asLong()).minus(TOKEN_MARGIN);
        var token = new Token(body.path("access_token").asString(), System.nanoTime() + lives.toNanos());
        tokens.put(user, token);
        return token.value();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
