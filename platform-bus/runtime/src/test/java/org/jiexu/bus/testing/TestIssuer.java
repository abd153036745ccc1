package org.jiexu.bus.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * An issuer of tokens for tests: publishes its key at {@code /oauth2/jwks}, gives service tokens at
 * {@code /oauth2/token}, and mints whatever a test wants. Its {@link #url()} is {@code jiexu.issuer}.
 */
public final class TestIssuer implements AutoCloseable {
    /** One for all: making a key takes a second on a busy machine. */
    static final RSAKey KEY = newKey();

    private final RSAKey key = KEY;
    private final HttpServer server;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/oauth2/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/oauth2/token", this::grant);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The key pair, for tests that attack with it. */
    public RSAKey key() {
        return key;
    }

    public String person(PersonId person) {
        return token(person.value(), "PERSON", Map.of("person", person.value()));
    }

    public String clerk(RegionCode region) {
        return token("clerk-" + region, "CLERK", Map.of("region", region.value()));
    }

    public String reviewer(RegionCode region) {
        return token("reviewer-" + region, "REVIEWER", Map.of("region", region.value()));
    }

    public String nationalOperator() {
        return token("operator", "OPERATOR", Map.of());
    }

    public String service() {
        return token("service", "SERVICE", Map.of());
    }

    /** A proper token of that role with these claims besides. */
    public String token(String subject, String role, Map<String, String> claims) {
        var builder = claims(subject, role);
        claims.forEach(builder::claim);
        return sign(builder.build(), key);
    }

    /** What a proper token claims, to be spoilt. */
    public JWTClaimsSet.Builder claims(String subject, String role) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience("jiexu")
                .subject(subject)
                .claim("role", role)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    public static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void grant(HttpExchange exchange) throws IOException {
        answer(exchange, "{\"access_token\":\"" + service() + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
