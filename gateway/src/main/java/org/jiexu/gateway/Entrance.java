package org.jiexu.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jiexu.bus.web.DoorConfiguration;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.bus.web.SenderRoles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * After the token and before the body: how often may this caller ask, is there such an address, may this role send
 * anything there? Whoever is refused here has sent nothing that was read.
 */
final class Entrance extends OncePerRequestFilter {
    static final String TARGET = Entrance.class.getName() + ".target";
    private static final String API = "/api/v1/";
    private static final Pattern FORM =
            Pattern.compile("\\s*(application/x-www-form-urlencoded|multipart/)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DESCRIPTION = Pattern.compile("/(docs/api|v3/api-docs)(/.*)?");
    private static final Role[] WATCHING = {Role.OPERATOR, Role.AUDITOR, Role.CLERK, Role.REVIEWER};

    private final RateLimit limit;
    private final Targets targets;

    private Entrance(RateLimit limit, Targets targets) {
        this.limit = limit;
        this.targets = targets;
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {
        @Bean
        FilterRegistrationBean<Entrance> entrance(RateLimit limit, Targets targets) {
            var registration = new FilterRegistrationBean<>(new Entrance(limit, targets));
            registration.setOrder(DoorConfiguration.BEFORE_BODY);
            return registration;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (path.startsWith(API)) {
            enter(request, path);
        } else if (DESCRIPTION.matcher(path).matches()) {
            limit.takeForDescription(request);
        }
        chain.doFilter(request, response);
    }

    private void enter(HttpServletRequest request, String path) {
        limit.take(request);
        refuseForms(request);
        var destination = Destination.of(path).orElseThrow(Problem::notFound);
        var address = targets.of(destination);
        SenderRoles.check(request);
        if (path.equals(EventStream.PATH)) {
            requireWatching(request);
        }
        request.setAttribute(TARGET, new Target(destination.service(), address, Pace.of(path)));
    }

    private static void requireWatching(HttpServletRequest request) {
        for (Role role : WATCHING) {
            if (request.isUserInRole(role.name())) {
                return;
            }
        }
        throw Problem.forbidden();
    }

    /** Nobody has counted a form's bytes here, and no service takes one. */
    private static void refuseForms(HttpServletRequest request) {
        var type = request.getContentType();
        if (type != null && FORM.matcher(type).lookingAt()) {
            throw new Problem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", "不支持该内容格式，请使用application/json。");
        }
    }
}
