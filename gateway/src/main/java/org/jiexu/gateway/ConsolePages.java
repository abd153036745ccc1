package org.jiexu.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.bus.security.OpenPaths;
import org.jiexu.bus.service.JiexuProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * 控制台 — the operators' pages. Open to everybody, as they hold nothing: what they show is asked for with the token of
 * whoever has logged in. Scripts and styles stand below the digest of them all, so that a browser keeps them for good and
 * yet never mixes two editions.
 */
@Configuration(proxyBeanMethods = false)
class ConsolePages {
    private static final String BASE = "/console/";
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** What the pages have to know before anybody has logged in; {@code sandbox} is null outside the sandbox. */
    record Settings(
            URI issuer,
            String clientId,
            String scope,
            boolean movableClock,
            @Nullable URI sandbox) {}

    @Bean
    OpenPaths console() {
        return new OpenPaths(List.of("/console", BASE + "**"));
    }

    /** {@code jiexu.console.directory}: pages from a directory, to work on them without building. */
    @Bean
    ConsoleFiles consoleFiles(
            ResourceLoader loader, @Value("${jiexu.console.directory:classpath:/console/}") String directory) {
        return new ConsoleFiles(loader, directory);
    }

    @Bean
    RouterFunction<ServerResponse> pages(
            ConsoleFiles files,
            JiexuProperties properties,
            @Value("${jiexu.console.client-id:console}") String clientId,
            @Value("${jiexu.console.scope:openid}") String scope,
            @Value("${jiexu.console.sandbox:#{null}}") @Nullable URI sandbox) {
        var issuer = properties.issuer();
        var settings = new Settings(issuer, clientId, scope, properties.isSandbox(), sandbox);
        var others = Stream.of(issuer, sandbox == null ? issuer : sandbox)
                .map(ConsolePages::origin)
                .distinct()
                .collect(Collectors.joining(" "));
        return RouterFunctions.route(
                        shown("/console"),
                        _ -> ServerResponse.permanentRedirect(URI.create(BASE)).build())
                .andRoute(shown(BASE), _ -> page(files, "index.html", " " + others, "'none'"))
                // The frame in which a log-in renews itself; nobody else's frame.
                .andRoute(shown(BASE + "silent.html"), _ -> page(files, "silent.html", "", "'self'"))
                .andRoute(
                        shown(BASE + "config.json"),
                        _ -> ServerResponse.ok()
                                .cacheControl(CacheControl.noCache())
                                .body(settings))
                .andRoute(shown(BASE + "{edition}/{*file}"), request -> file(files, request));
    }

    /** HEAD too: those who watch a page ask for no more. */
    private static RequestPredicate shown(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    private static ServerResponse page(ConsoleFiles files, String name, String connect, String framedBy) {
        var nonce = nonce();
        var text = text(files, name).replace("{{edition}}", files.edition()).replace("{{nonce}}", nonce);
        // Ant Design writes its styles at run time: they carry the page's nonce. No inline script, nothing evaluated.
        var policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'" + connect + "; frame-src 'self'"
                + connect
                + "; base-uri 'none'; form-action 'none'; frame-ancestors " + framedBy;
        return ServerResponse.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
                .body(text);
    }

    private static ServerResponse file(ConsoleFiles files, ServerRequest request) {
        var name = request.pathVariable("file");
        return files.find(request.pathVariable("edition"), name.substring(1))
                .map(found -> ServerResponse.ok()
                        .contentType(type(name))
                        .cacheControl(files.isFixed() ? FOR_GOOD : CacheControl.noStore())
                        .body(found))
                // An edition that has gone: the page that asks loads itself anew.
                .orElseGet(() -> ServerResponse.notFound()
                        .cacheControl(CacheControl.noStore())
                        .build());
    }

    private static MediaType type(String name) {
        return Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml").entrySet().stream()
                .filter(known -> name.endsWith("." + known.getKey()))
                .map(known -> new MediaType(MediaType.parseMediaType(known.getValue()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(MediaType.APPLICATION_OCTET_STREAM);
    }

    private static String text(ConsoleFiles files, String name) {
        try {
            return files.page(name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nonce() {
        var random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
