package org.jiexu.gateway;

import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.GET;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import java.net.URI;
import java.util.regex.Pattern;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.ServiceName;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/** Two kinds of routes: the API by region, and the descriptions of all services at one address. */
@Configuration(proxyBeanMethods = false)
class Routes {
    private static final String DOCS = "/docs/api/";
    private static final Pattern FORM =
            Pattern.compile("\\s*(application/x-www-form-urlencoded|multipart/)", Pattern.CASE_INSENSITIVE);

    /** Before the API: neither its rate limit nor its time fits an answer that does not end. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> changes(EventStream stream) {
        return RouterFunctions.route(
                GET(EventStream.PATH), _ -> ServerResponse.ok().build(stream::pass));
    }

    @Bean
    RouterFunction<ServerResponse> api(Targets targets, Guarded guarded, RateLimit limit) {
        return route("api")
                .route(path("/api/v1/**"), http())
                .filter((request, next) -> {
                    limit.take(request);
                    refuseForms(request);
                    var target = targets.of(Destination.of(request.path()).orElseThrow(Problem::notFound));
                    return forward(request, target, next, guarded);
                })
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> descriptions(Targets targets, Guarded guarded) {
        return route("descriptions")
                .route(GET(DOCS + "{service}"), http())
                .filter((request, next) -> {
                    var target = targets.anyOf(service(request.pathVariable("service")))
                            .orElseThrow(() ->
                                    new Problem(HttpStatus.SERVICE_UNAVAILABLE, "REGION_NOT_CONNECTED", "尚无统筹区接入该服务。"));
                    var uri = UriComponentsBuilder.fromUri(request.uri())
                            .replacePath("/v3/api-docs")
                            .build()
                            .toUri();
                    return forward(ServerRequest.from(request).uri(uri).build(), target, next, guarded);
                })
                .build();
    }

    /** With the slash too, as people type it. */
    @Bean
    RouterFunction<ServerResponse> docsWithSlash() {
        return RouterFunctions.route(
                GET("/docs/"),
                _ -> ServerResponse.temporaryRedirect(URI.create("/docs")).build());
    }

    private static ServerResponse forward(
            ServerRequest request, URI target, HandlerFunction<ServerResponse> next, Guarded guarded) throws Exception {
        MvcUtils.setRequestUrl(request, target);
        return guarded.call(target, request, next);
    }

    /** Nobody has counted a form's bytes here, and no service takes one. */
    private static void refuseForms(ServerRequest request) {
        var type = request.headers().firstHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && FORM.matcher(type).lookingAt()) {
            throw new Problem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", "不支持该内容格式，请使用application/json。");
        }
    }

    private static ServiceName service(String path) {
        for (ServiceName service : ServiceName.values()) {
            if (service.path().equals(path)) {
                return service;
            }
        }
        throw Problem.notFound();
    }
}
