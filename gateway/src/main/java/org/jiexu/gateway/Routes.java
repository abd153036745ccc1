package org.jiexu.gateway;

import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.GET;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import java.net.URI;
import org.jiexu.bus.web.Problem;
import org.jiexu.wire.vocabulary.ServiceName;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
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

    /** Before the API, whose time does not fit an answer that does not end. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> changes(EventStream stream) {
        return RouterFunctions.route(
                GET(EventStream.PATH),
                request -> ServerResponse.ok()
                        .build((asked, response) -> stream.pass(target(request).address(), asked, response)));
    }

    @Bean
    RouterFunction<ServerResponse> api(Guarded guarded) {
        return route("api")
                .route(path("/api/v1/**"), http())
                .filter((request, next) -> forward(request, target(request), next, guarded))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> descriptions(Targets targets, Guarded guarded) {
        return route("descriptions")
                .route(GET(DOCS + "{service}"), http())
                .filter((request, next) -> {
                    var service = service(request.pathVariable("service"));
                    var address = targets.anyOf(service)
                            .orElseThrow(() ->
                                    new Problem(HttpStatus.SERVICE_UNAVAILABLE, "REGION_NOT_CONNECTED", "尚无统筹区接入该服务。"));
                    var uri = UriComponentsBuilder.fromUri(request.uri())
                            .replacePath("/v3/api-docs")
                            .build()
                            .toUri();
                    // Put together with the first request after a start.
                    var target = new Target(service, address, Pace.LONG);
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

    /** Found at the entrance; whoever has not come through it finds nothing. */
    private static Target target(ServerRequest request) {
        return request.attribute(Entrance.TARGET)
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .orElseThrow(Problem::notFound);
    }

    private static ServerResponse forward(
            ServerRequest request, Target target, HandlerFunction<ServerResponse> next, Guarded guarded)
            throws Exception {
        MvcUtils.setRequestUrl(request, target.address());
        return guarded.call(target, request, next);
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
