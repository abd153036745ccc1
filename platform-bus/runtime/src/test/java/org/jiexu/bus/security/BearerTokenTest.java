package org.jiexu.bus.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.bus.testing.TestIssuer;
import org.jiexu.bus.web.TestDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BearerTokenTest {
    private static final TestDoor DOOR = TestDoor.shared();
    private static final TestIssuer ISSUER = DOOR.issuer;

    private static final RSAKey OTHER_KEY = TestIssuer.newKey();
    private static final Map<String, String> BAD = bad();

    /** quality.md A15: every way that a token can be wrong. */
    static Stream<String> attacks() {
        return BAD.keySet().stream();
    }

    private static Map<String, String> bad() {
        try {
            return build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> build() throws JOSEException {
        var now = Instant.now();
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("no algorithm", new PlainJWT(claims().build()).serialize());
        tokens.put(
                "HS256 with the public key", hs256(ISSUER.key().toRSAPublicKey().getEncoded()));
        tokens.put(
                "HS256 with the public key as text",
                hs256(ISSUER.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        tokens.put("RS512", rs512());
        tokens.put("expired", sign(claims().expirationTime(Date.from(now.minusSeconds(60)))));
        tokens.put("no exp", sign(claims().expirationTime(null)));
        tokens.put("other audience", sign(claims().audience("elsewhere")));
        tokens.put("no audience", sign(claims().audience((String) null)));
        tokens.put("other issuer", sign(claims().issuer("http://127.0.0.1:1")));
        tokens.put("no issuer", sign(claims().issuer(null)));
        tokens.put("not yet valid", sign(claims().notBeforeTime(Date.from(now.plusSeconds(600)))));
        tokens.put("no subject", sign(claims().subject(null)));
        tokens.put("no role", sign(claims().claim("role", null)));
        tokens.put("unknown role", sign(claims().claim("role", "EMPEROR")));
        tokens.put("another's key of the same name", TestIssuer.sign(claims().build(), OTHER_KEY));
        tokens.put("keys from elsewhere", elsewhere());
        tokens.put("tampered", tampered());
        tokens.put("no token at all", "x.y.z");
        tokens.put("empty", "");
        return tokens;
    }

    private static JWTClaimsSet.Builder claims() {
        return ISSUER.claims("anna", "OPERATOR");
    }

    private static String sign(JWTClaimsSet.Builder claims) {
        return TestIssuer.sign(claims.build(), ISSUER.key());
    }

    private static String hs256(byte[] secret) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test").build(), claims().build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private static String rs512() throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("test").build(), claims().build());
        jwt.sign(new RSASSASigner(ISSUER.key()));
        return jwt.serialize();
    }

    private static String elsewhere() throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("../../../dev/null")
                .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                .jwk(OTHER_KEY.toPublicJWK())
                .build();
        var jwt = new SignedJWT(header, claims().build());
        jwt.sign(new RSASSASigner(OTHER_KEY));
        return jwt.serialize();
    }

    private static String tampered() {
        var parts = sign(ISSUER.claims("anna", "PERSON")).split("\\.", -1);
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("PERSON", "OPERATOR");
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void opensNothing(String attack) {
        var token = BAD.get(attack);

        var answer = DOOR.send(DOOR.request("/api/v1/me").header("Authorization", "Bearer " + token));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void isNeededForEverythingButHealthAndTheDescription() {
        assertThat(DOOR.send(DOOR.request("/api/v1/me")).status()).isEqualTo(401);
        assertThat(DOOR.send(DOOR.request("/nothing/here")).status()).isEqualTo(401);
        for (var path : List.of("/actuator/env", "/actuator/prometheus", "/actuator", "/actuator/health/db")) {
            assertThat(DOOR.send(DOOR.request(path)).status()).as(path).isEqualTo(401);
            assertThat(DOOR.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(DOOR.send(DOOR.request("/actuator/health")).body())
                .isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
        assertThat(DOOR.send(DOOR.request("/actuator/health/readiness")).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(DOOR.send(DOOR.request("/v3/api-docs")).status()).isEqualTo(200);
    }

    @Test
    void opensNothingMoreOnThePortOfTheMachineRoomWhichAnswersMeasuresAndNothingOfTheBusiness() {
        assertThat(DOOR.send(HttpRequest.newBuilder(URI.create(DOOR.machineRoom + "/actuator/prometheus")))
                        .body())
                .contains("jiexu_web_bodies_bytes");
        assertThat(DOOR.send(HttpRequest.newBuilder(URI.create(DOOR.machineRoom + "/actuator/health")))
                        .json()
                        .at("/components/db/status")
                        .asString())
                .isEqualTo("UP");
        for (var path : List.of("/api/v1/me", "/internal/ping", "/nothing/here")) {
            var answer = DOOR.send(HttpRequest.newBuilder(URI.create(DOOR.machineRoom + path))
                    .header("Authorization", "Bearer " + ISSUER.service()));

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.code()).as(path).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void tellsTheControllerWhoIsCalling() {
        var answer = DOOR.get("/api/v1/me");

        assertThat(answer.body()).isEqualTo("{\"subject\":\"anna\",\"role\":\"CLERK\",\"region\":\"430100\"}");
    }

    @ParameterizedTest
    @CsvSource({"region, 长沙", "person, 430102199001011234", "province, ''", "uscc, x"})
    void withAClaimThatCannotBeReadGivesNoRight(String claim, String value) {
        var token = ISSUER.token("anna", "OPERATOR", Map.of(claim, value));

        var answer = DOOR.send(DOOR.request("/api/v1/me").header("Authorization", "Bearer " + token));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void ofAServiceOpensTheInternalDoorAndNoOther() {
        var service = DOOR.request("/internal/ping").header("Authorization", "Bearer " + ISSUER.service());

        assertThat(DOOR.send(service).status()).isEqualTo(200);
        assertThat(DOOR.send(DOOR.request("/api/v1/agency/430100/participation/import")
                                .header("Authorization", "Bearer " + ISSUER.service())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("[]")))
                        .status())
                .isEqualTo(403);
        assertThat(DOOR.post("/api/v1/agency/430100/participation/import", "[]").status())
                .isEqualTo(200);
        assertThat(DOOR.get("/internal/ping").status()).isEqualTo(403);
        assertThat(DOOR.get("/internal/ping").contentType()).isEqualTo("application/problem+json");
        assertThat(DOOR.get("/internal/ping").json().path("detail").asString()).isEqualTo("当前身份无权办理此项业务。");
        assertThat(DOOR.get("//internal/ping").code()).isEqualTo("BAD_ADDRESS");
        assertThat(DOOR.get("/internal/ping;a=b").code()).isEqualTo("BAD_ADDRESS");
        assertThat(DOOR.get("/internal%2fping").code()).isEqualTo("BAD_ADDRESS");
    }
}
