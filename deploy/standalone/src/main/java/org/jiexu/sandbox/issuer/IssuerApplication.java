package org.jiexu.sandbox.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * SANDBOX ONLY — issues RS256 tokens for one hour, on loopback: by {@code client_credentials} to programs, and by
 * authorization code with PKCE to the console's people.
 *
 * <p>It names its few auto-configurations instead of enabling all: it shares its class path with the services and must
 * not start a pool or a consumer because of them.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableWebSecurity
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
public class IssuerApplication {

    private static final String AUDIENCE = "jiexu";

    /**
     * Starts on that port; the caller closes the context.
     *
     * @param console the gateway, where the console stands
     * @param desks further controllers, below {@code /sandbox}, for operators
     */
    public static ConfigurableApplicationContext start(
            URI issuer, Path keyFile, String serviceSecret, URI console, Object... desks) {
        return new SpringApplicationBuilder(IssuerApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(context -> {
                    for (Object desk : desks) {
                        context.getBeanFactory()
                                .registerSingleton(desk.getClass().getSimpleName(), desk);
                    }
                })
                .run(
                        // Not jiexu.yml nor a service's file.
                        "--spring.config.name=sandbox-issuer",
                        "--spring.application.name=sandbox-issuer",
                        "--server.address=127.0.0.1",
                        "--server.port=" + issuer.getPort(),
                        "--spring.threads.virtual.enabled=true",
                        "--sandbox.issuer=" + issuer,
                        "--sandbox.key-file=" + keyFile,
                        "--sandbox.service-secret=" + serviceSecret,
                        "--sandbox.console=" + console,
                        // Cookies know no ports: two sandboxes on one machine must not share a log-in.
                        "--server.servlet.session.cookie.name=sandbox-issuer-" + issuer.getPort());
    }

    @Bean
    SecurityFilterChain doors(HttpSecurity http, RegisteredClientRepository clients) {
        var server = new OAuth2AuthorizationServerConfigurer();
        return http.with(server, configured -> configured.oidc(Customizer.withDefaults()))
                .csrf(csrf -> csrf.ignoringRequestMatchers(server.getEndpointsMatcher()))
                .cors(Customizer.withDefaults())
                .authenticationProvider(new BelievesEverybody())
                .formLogin(form -> form.loginPage(LogInPage.PATH))
                .exceptionHandling(strangers -> strangers.defaultAuthenticationEntryPointFor(
                        (request, response, e) -> loginRequired(request, response, clients),
                        request -> "none".equals(request.getParameter("prompt"))))
                .oauth2ResourceServer(desks -> desks.jwt(jwt -> jwt.jwtAuthenticationConverter(roles())))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/", "/health", LogInPage.PATH)
                        .permitAll()
                        .requestMatchers("/sandbox/**")
                        .hasRole("OPERATOR")
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /** In the frame that nobody sees there is nobody to ask: back to the console, which then asks. */
    private static void loginRequired(
            HttpServletRequest request, HttpServletResponse response, RegisteredClientRepository clients)
            throws IOException {
        var console = Objects.requireNonNull(clients.findByClientId(SandboxClients.CONSOLE));
        String back = request.getParameter("redirect_uri");
        if (back == null || !console.getRedirectUris().contains(back)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        String state = Objects.requireNonNullElse(request.getParameter("state"), "");
        response.sendRedirect(back + "?error=login_required&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8));
    }

    private static JwtAuthenticationConverter roles() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(
                token -> List.of(new SimpleGrantedAuthority("ROLE_" + token.getClaimAsString("role"))));
        return converter;
    }

    @Bean
    AuthorizationServerSettings settings(@Value("${sandbox.issuer}") String issuer) {
        return AuthorizationServerSettings.builder().issuer(issuer).build();
    }

    @Bean
    RegisteredClientRepository clients(
            @Value("${sandbox.service-secret}") String serviceSecret, @Value("${sandbox.console}") URI console) {
        return new SandboxClients(serviceSecret, consoles(console));
    }

    /** For the console alone: its pages exchange their code here. */
    @Bean
    CorsConfigurationSource corsConfigurationSource(@Value("${sandbox.console}") URI console) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(consoles(console).stream().map(URI::toString).toList());
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of("*"));
        var everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", cors);
        return everywhere;
    }

    /** By its number, and as people type it. */
    private static List<URI> consoles(URI console) {
        return List.of(console, URI.create("http://localhost:" + console.getPort()));
    }

    @Bean
    LogInPage logInPage() {
        return new LogInPage();
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new RecentAuthorizations();
    }

    @Bean
    JWKSource<SecurityContext> keys(@Value("${sandbox.key-file}") Path file) {
        return new ImmutableJWKSet<>(new JWKSet(IssuerKey.in(file)));
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return context -> context.getClaims().claims(claims -> {
            // A program is its client; people are who they logged in as.
            Authentication principal = Objects.requireNonNull(context.getPrincipal());
            String user = principal.getName();
            claims.putAll(SandboxClients.claims(user).orElseThrow());
            if (context.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)) {
                claims.put("aud", List.of(AUDIENCE));
            }
        });
    }

    /** The sandbox's secrets are no secrets: nothing is hashed, and a token costs no time. */
    @Bean
    PasswordEncoder plainSecrets() {
        return new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence secret) {
                return secret == null ? null : secret.toString();
            }

            @Override
            public boolean matches(@Nullable CharSequence given, @Nullable String kept) {
                return given != null && kept != null && MessageDigest.isEqual(bytes(given), bytes(kept));
            }

            private static byte[] bytes(CharSequence text) {
                return text.toString().getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    /** Whoever knows the sandbox's secret is who he says. */
    private static final class BelievesEverybody implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication given) {
            String user = given.getName();
            if (user.startsWith("service-")
                    || SandboxClients.claims(user).isEmpty()
                    || !SandboxClients.USER_SECRET.equals(given.getCredentials())) {
                throw new BadCredentialsException("nobody's account");
            }
            return UsernamePasswordAuthenticationToken.authenticated(
                    user,
                    null,
                    // Says when: an id token tells it.
                    List.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)));
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
        }
    }

    /** Says what this is to whoever looks. */
    @RestController
    static class Welcome {

        @GetMapping("/")
        String says() {
            return """
                接续 sandbox issuer. For trying only: everybody who says "sandbox" is believed.
                curl -s -u clerk-430100:sandbox -d grant_type=client_credentials <this address>/oauth2/token
                Users: person-<person>, app-<person>, clerk-<region>, reviewer-<region>, operator, operator-<province>,
                auditor, employer-<uscc>
                """;
        }

        @GetMapping("/health")
        String health() {
            return "UP\n";
        }
    }
}
