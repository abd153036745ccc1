package org.jiexu.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jiexu.infrastructure.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

class IssuerTest {

    @TempDir
    static Path directory;

    private static final URI ISSUER = URI.create("http://127.0.0.1:" + Ports.free());
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext issuer;

    @BeforeAll
    static void start() {
        issuer = IssuerApplication.start(ISSUER, directory.resolve("issuer-key.json"), "between-services");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void saysWhoAPersonIsForOneHour() throws Exception {
        var token = token("person-PSAMPLE000001", "sandbox");

        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(ISSUER.toString());
        assertThat(claims.getAudience()).containsExactly("jiexu");
        assertThat(claims.getSubject()).isEqualTo("person-PSAMPLE000001");
        assertThat(claims.getStringClaim("role")).isEqualTo("PERSON");
        assertThat(claims.getStringClaim("person")).isEqualTo("PSAMPLE000001");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void signsWithTheKeyThatItShows() throws Exception {
        var keys = JWKSet.parse(get("/oauth2/jwks").body());
        var token = token("clerk-430100", "sandbox");

        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();

        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    }

    @Test
    void knowsTheRoles() throws Exception {
        assertThat(token("clerk-430100", "sandbox").getJWTClaimsSet().getStringClaim("region"))
                .isEqualTo("430100");
        assertThat(token("reviewer-430100", "sandbox").getJWTClaimsSet().getStringClaim("role"))
                .isEqualTo("REVIEWER");
        assertThat(token("operator", "sandbox").getJWTClaimsSet().getClaim("province"))
                .isNull();
        assertThat(token("operator-430000", "sandbox").getJWTClaimsSet().getStringClaim("province"))
                .isEqualTo("430000");
        assertThat(token("employer-91430100MA4L00001X", "sandbox")
                        .getJWTClaimsSet()
                        .getStringClaim("uscc"))
                .isEqualTo("91430100MA4L00001X");
        assertThat(token("service-transfer-in", "between-services")
                        .getJWTClaimsSet()
                        .getStringClaim("role"))
                .isEqualTo("SERVICE");
        assertThat(token("app-PSAMPLE000001", "sandbox").getJWTClaimsSet().getStringClaim("role"))
                .isEqualTo("APP");
        assertThat(token("auditor", "sandbox").getJWTClaimsSet().getStringClaim("role"))
                .isEqualTo("AUDITOR");
    }

    @Test
    void refusesStrangersAndWrongSecrets() throws Exception {
        assertThat(ask("clerk-430100", "guess").statusCode()).isEqualTo(401);
        assertThat(ask("service-transfer-in", "sandbox").statusCode()).isEqualTo(401);
        assertThat(ask("nobody", "sandbox").statusCode()).isEqualTo(401);
    }

    @Test
    void keepsItsKey() {
        var file = directory.resolve("issuer-key.json");

        assertThat(IssuerKey.in(file).getKeyID()).isEqualTo(IssuerKey.in(file).getKeyID());
    }

    @Test
    void tellsALookerWhatItIs() throws Exception {
        assertThat(get("/").body()).contains("sandbox");
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private static SignedJWT token(String client, String secret) throws Exception {
        var answer = ask(client, secret);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return SignedJWT.parse(
                JsonMapper.shared().readTree(answer.body()).get("access_token").asString());
    }

    private static HttpResponse<String> ask(String client, String secret) throws Exception {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return HTTP.send(
                HttpRequest.newBuilder(ISSUER.resolve("/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(ISSUER.resolve(path)).build(), BodyHandlers.ofString());
    }
}
