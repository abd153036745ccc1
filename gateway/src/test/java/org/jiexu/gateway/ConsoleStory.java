package org.jiexu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as it is served: to everybody, strictly, and nothing besides. */
class ConsoleStory {
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void opensWithoutATokenAndLetsNothingInButItsOwn() {
        var page = anonymous("/console/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        var policy = policy(page);
        var nonce = Pattern.compile("'nonce-([^']+)'")
                .matcher(policy.get("style-src"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        // Nothing inline, nothing evaluated, nobody's frame.
        assertThat(policy)
                .isEqualTo(Map.of(
                        "default-src", "'none'",
                        "script-src", "'self'",
                        "style-src", "'self' 'nonce-" + nonce + "'",
                        "img-src", "'self' data:",
                        "font-src", "'self'",
                        "connect-src", "'self' " + gateway.issuer.url(),
                        "frame-src", "'self' " + gateway.issuer.url(),
                        "base-uri", "'none'",
                        "form-action", "'none'",
                        "frame-ancestors", "'none'"));
        assertThat(page.raw().body()).contains("content=\"" + nonce + "\"").doesNotContain("{{");
        assertThat(policy(anonymous("/console/")).get("style-src")).doesNotContain(nonce);
    }

    @Test
    void servesEveryFileThatItNamesForGood() {
        var linked = LINKED.matcher(anonymous("/console/").raw().body())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(linked).hasSizeGreaterThan(10).allSatisfy(file -> {
            var reply = anonymous("/console/" + file);
            assertThat(reply.status()).as(file).isEqualTo(200);
            assertThat(reply.header("Cache-Control")).contains("max-age=31536000", "immutable");
            assertThat(reply.header("Content-Type")).matches("(text/(javascript|css)|image/svg\\+xml);charset=UTF-8");
        });
    }

    @Test
    void tellsThePagesWhereToLogIn() {
        var settings = anonymous("/console/config.json").json();

        assertThat(settings.path("issuer").asString()).isEqualTo(gateway.issuer.url());
        assertThat(settings.path("clientId").asString()).isEqualTo("console");
        assertThat(settings.path("movableClock").asBoolean()).isTrue();
        assertThat(settings.has("sandbox")).isFalse();
    }

    @Test
    void framesItsSilentLogInAloneAndOnlyItself() {
        var frame = policy(anonymous("/console/silent.html"));

        assertThat(frame.get("frame-ancestors")).isEqualTo("'self'");
        assertThat(frame.get("script-src")).isEqualTo("'self'");
    }

    @Test
    void isFoundWithoutTheSlash() {
        assertThat(anonymous("/console").header("Location")).endsWith("/console/");
    }

    @Test
    void answersWhoeverAsksForTheHeadAlone() {
        var head = gateway.send(gateway.anonymous("/console/").HEAD());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.raw().body()).isEmpty();
    }

    /** What is not the console's own stays where it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/EDITION/lib/vue.global.js",
                "/console/EDITION/app/nowhere.js",
                "/console/EDITION/index.html",
                "/console/EDITION/app/",
                "/console/0123456789abcdef/app/main.js",
            })
    void hasNothingElse(String path) {
        var edition = LINKED.matcher(anonymous("/console/").raw().body())
                .results()
                .map(found -> found.group(1).split("/", 2)[0])
                .findFirst()
                .orElseThrow();

        var reply = anonymous(path.replace("EDITION", edition));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console/x/../gateway.yml", "/console/x/%2e%2e/gateway.yml", "/console/x/..%2fgateway.yml"})
    void leadsNowhereElse(String target) {
        assertThat(gateway.raw("GET", target)).doesNotContain("springdoc").containsPattern("^HTTP/1.1 40[0-4] ");
    }

    @Test
    void opensNoOtherDoor() {
        assertThat(List.of("/webjars/vue/3.5.26/dist/vue.global.js", "/api/v1/operations/regions"))
                .allSatisfy(
                        path -> assertThat(anonymous(path).status()).as(path).isEqualTo(401));
    }

    private Reply anonymous(String path) {
        return gateway.send(gateway.anonymous(path).GET());
    }

    private static Map<String, String> policy(Reply page) {
        return Stream.of(page.header("Content-Security-Policy").split("; "))
                .collect(Collectors.toMap(part -> part.split(" ", 2)[0], part -> part.split(" ", 2)[1]));
    }
}
