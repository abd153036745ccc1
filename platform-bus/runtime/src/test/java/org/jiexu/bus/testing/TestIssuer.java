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
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** An issuer of tokens for tests: serves its keys, gives service tokens, mints any token a test asks for. */
public final class TestIssuer implements AutoCloseable {
    private final RSAKey key;
    private final HttpServer server;

    public TestIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("test").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/oauth2/jwks", exchange -> json(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext(
                "/oauth2/token",
                exchange -> json(
                        exchange,
                        "{\"access_token\":\"" + token(Map.of("role", "SERVICE"))
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A valid token for an hour with these claims added or, where named again, replaced; a null value leaves one out. */
    public String token(Map<String, ?> claims) {
        var now = Instant.now();
        var all = new LinkedHashMap<String, Object>();
        all.put("iss", url());
        all.put("aud", List.of("jiexu"));
        all.put("sub", claims.toString());
        all.put("iat", Date.from(now));
        all.put("exp", Date.from(now.plus(Duration.ofHours(1))));
        all.putAll(claims);
        var builder = new JWTClaimsSet.Builder();
        all.forEach(builder::claim);
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), builder.build());
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    public String service() {
        return token(Map.of("role", "SERVICE"));
    }

    public String person(PersonId person) {
        return token(Map.of("role", "PERSON", "person", person.value()));
    }

    public String clerk(RegionCode region) {
        return token(Map.of("role", "CLERK", "region", region.value()));
    }

    public String reviewer(RegionCode region) {
        return token(Map.of("role", "REVIEWER", "region", region.value()));
    }

    public String operator() {
        return token(Map.of("role", "OPERATOR"));
    }

    /** For attacks: the key that only the issuer should have. */
    public RSAKey key() {
        return key;
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
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
