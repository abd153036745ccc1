package org.jiexu.bus.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.ProblemWriter;
import org.jiexu.bus.web.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every service is a resource server of its own: a request that went around the gateway gains nothing. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    /** What launchers and load balancers ask, without details; and the description, which the gateway shows everybody. */
    private static final List<String> OPEN = List.of(
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/v3/api-docs",
            "/v3/api-docs/**",
            "/v3/api-docs.yaml",
            "/error");

    /** Health's details are for this role, which no token gives. */
    private static final String MACHINE_ROOM = "ROLE_MACHINE_ROOM";

    /** Keys are fetched with the first token, so the issuer may start after us. */
    @Bean
    JwtDecoder jwtDecoder(
            @Value("${jiexu.issuer}") String issuer,
            @Value("${jiexu.jwks-uri:${jiexu.issuer}/oauth2/jwks}") String jwksUri) {
        return new RememberedTokens(Tokens.decoder(issuer, jwksUri));
    }

    /** Each filter timed by itself says nothing that the request's own observation does not, and costs more than it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ManagementPort jiexuManagementPort(
            @Value("${jiexu.management.port:#{null}}") @Nullable Integer port,
            @Value("${server.port:8080}") int serverPort,
            @Value("${jiexu.management.address:${server.address:#{null}}}") @Nullable InetAddress address) {
        return new ManagementPort(port, serverPort, address);
    }

    /** Without tokens: whoever reaches this port runs the platform. Nothing of the business is answered here. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain jiexuMachineRoom(HttpSecurity http, ManagementPort port) {
        return http.securityMatcher(port::isAskedBy)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(SecurityConfiguration::enterMachineRoom, AnonymousAuthenticationFilter.class)
                .exceptionHandling(handling -> handling.accessDeniedHandler(
                        (request, response, e) -> ProblemWriter.write(response, Problem.notFound())))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET, "/actuator", "/actuator/**", "/v3/api-docs", "/v3/api-docs/**")
                        .permitAll()
                        .requestMatchers("/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    private static void enterMachineRoom(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PreAuthenticatedAuthenticationToken(
                "machine-room", "", AuthorityUtils.createAuthorityList(MACHINE_ROOM)));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }

    @Bean
    SecurityFilterChain jiexuSecurity(
            HttpSecurity http, ObjectProvider<OpenPaths> more, @Value("${jiexu.clock.mode:system}") String clock) {
        var open = new ArrayList<>(OPEN);
        more.orderedStream().forEach(paths -> open.addAll(paths.patterns()));
        return http.csrf(AbstractHttpConfigurer::disable) // No cookies, no sessions: nothing to forge.
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(Tokens.converter()))
                        .authenticationEntryPoint((request, response, e) -> unauthenticated(response))
                        .accessDeniedHandler((request, response, e) -> forbidden(response)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (request, response, e) -> unauthenticated(response))
                        .accessDeniedHandler((request, response, e) -> forbidden(response)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(open.toArray(String[]::new))
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .requestMatchers("/internal/**")
                        .hasRole(Role.SERVICE.name())
                        .requestMatchers("/api/v1/agency/**")
                        .access("sandbox".equalsIgnoreCase(clock) ? authenticated() : anybodyButServices())
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /** R11.5: an agency's door is for its people. Only the sandbox's loader of sample data comes with a service's token. */
    private static <T> AuthorizationManager<T> anybodyButServices() {
        return AuthorizationManagers.allOf(
                authenticated(), AuthorizationManagers.not(AuthorityAuthorizationManager.hasRole(Role.SERVICE.name())));
    }

    private static <T> AuthorizationManager<T> authenticated() {
        return AuthenticatedAuthorizationManager.authenticated();
    }

    /** Paths that the firewall refuses: double slashes, encoded slashes, semicolons. */
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, e) ->
                ProblemWriter.write(response, Problem.badRequest("BAD_ADDRESS", "网址或请求头中含有不允许的字符。"));
    }

    @Bean
    WebMvcConfigurer jiexuCallers() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private static void unauthenticated(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        ProblemWriter.write(response, Problem.unauthenticated());
    }

    private static void forbidden(HttpServletResponse response) throws IOException {
        ProblemWriter.write(response, Problem.forbidden());
    }
}
