package org.jiexu.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jiexu.infrastructure.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IssuerTest {

    @TempDir
    static Path directory;

    private static final URI ISSUER = URI.create("http://127.0.0.1:" + Ports.free());
    private static final URI CONSOLE = URI.create("http://127.0.0.1:9");
    private static final String VERIFIER = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext issuer;

    /** Stands where the sandbox's desk stands. */
    @RestController
    static final class Desk {
        @GetMapping("/sandbox/test")
        String says() {
            return "here";
        }
    }

    @BeforeAll
    static void start() {
        issuer = IssuerApplication.start(
                ISSUER, directory.resolve("issuer-key.json"), "between-services", CONSOLE, new Desk());
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

    /** As the console does it: log in as one of the staff, code with PKCE, token; then once more without being asked. */
    @Test
    void letsPeopleLogInToTheConsole() throws Exception {
        var browser = browser();
        var challenge = authorize(browser, "");
        assertThat(challenge.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        var back = logIn(browser, "clerk-430100", "sandbox");
        var code = code(follow(browser, back));

        var token = SignedJWT.parse(exchange(code, VERIFIER).get("access_token").asString());

        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("clerk-430100");
        assertThat(token.getJWTClaimsSet().getStringClaim("role")).isEqualTo("CLERK");
        assertThat(token.getJWTClaimsSet().getStringClaim("region")).isEqualTo("430100");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("jiexu");
        assertThat(code(authorize(browser, "&prompt=none"))).isNotEmpty();
    }

    @Test
    void asksAStrangerInTheSilentFrameForNothing() throws Exception {
        var answer = authorize(browser(), "&prompt=none");

        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith(CONSOLE + "/console/")
                .contains("error=login_required");
    }

    @Test
    void givesNoTokenForAnothersCode() throws Exception {
        var browser = browser();
        authorize(browser, "");
        var code = code(follow(browser, logIn(browser, "operator", "sandbox")));

        assertThat(exchange(code, "x".repeat(43)).path("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void letsNobodyInAsAServiceOrWithAnotherSecret() throws Exception {
        assertThat(logIn(browser(), "service-registry", "sandbox")).endsWith("/login?error");
        assertThat(logIn(browser(), "clerk-430100", "guess")).endsWith("/login?error");
        assertThat(logIn(browser(), "nobody", "sandbox")).endsWith("/login?error");
    }

    @Test
    void sendsNobodyElsewhere() throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(
                                ISSUER.resolve("/oauth2/authorize?response_type=code&client_id=console&scope=openid"
                                        + "&redirect_uri=http://127.0.0.2:9/console/&code_challenge="
                                        + challenge(VERIFIER)
                                        + "&code_challenge_method=S256"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void keepsItsDesksForOperators() throws Exception {
        assertThat(desk("operator")).isEqualTo(200);
        assertThat(desk("clerk-430100")).isEqualTo(403);
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

    private static int desk(String user) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(ISSUER.resolve("/sandbox/test"))
                                .header(
                                        "Authorization",
                                        "Bearer " + token(user, "sandbox").serialize())
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    private static HttpResponse<String> authorize(HttpClient browser, String more) throws Exception {
        return open(
                browser,
                ISSUER.resolve("/oauth2/authorize?response_type=code&client_id=console&scope=openid&state=s"
                        + "&redirect_uri=" + CONSOLE + "/console/&code_challenge=" + challenge(VERIFIER)
                        + "&code_challenge_method=S256" + more));
    }

    private static HttpResponse<String> open(HttpClient browser, URI address) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> follow(HttpClient browser, String address) throws Exception {
        return open(browser, URI.create(address));
    }

    /** Where the log-in leads. */
    private static String logIn(HttpClient browser, String user, String secret) throws Exception {
        var page = open(browser, ISSUER.resolve("/login")).body();
        var csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(csrf.find()).isTrue();
        return browser.send(
                        HttpRequest.newBuilder(ISSUER.resolve("/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("username=" + user + "&password=" + secret + "&_csrf="
                                        + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static String code(HttpResponse<String> redirect) {
        var location = redirect.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(CONSOLE + "/console/?code=");
        return location.replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    private static JsonNode exchange(String code, String verifier) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(ISSUER.resolve("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", CONSOLE.toString())
                        .POST(BodyPublishers.ofString("grant_type=authorization_code&client_id=console&code=" + code
                                + "&redirect_uri=" + CONSOLE + "/console/&code_verifier=" + verifier))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(CONSOLE.toString());
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String challenge(String verifier) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(ISSUER.resolve(path)).build(), BodyHandlers.ofString());
    }
}
