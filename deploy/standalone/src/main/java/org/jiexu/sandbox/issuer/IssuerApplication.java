package org.jiexu.sandbox.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * SANDBOX ONLY — issues RS256 tokens for one hour by {@code client_credentials}, on loopback.
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

    /** Starts on that port; the caller closes the context. */
    public static ConfigurableApplicationContext start(URI issuer, Path keyFile, String serviceSecret) {
        return new SpringApplicationBuilder(IssuerApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(
                        // Not jiexu.yml nor a service's file.
                        "--spring.config.name=sandbox-issuer",
                        "--spring.application.name=sandbox-issuer",
                        "--server.address=127.0.0.1",
                        "--server.port=" + issuer.getPort(),
                        "--spring.threads.virtual.enabled=true",
                        "--sandbox.issuer=" + issuer,
                        "--sandbox.key-file=" + keyFile,
                        "--sandbox.service-secret=" + serviceSecret);
    }

    @Bean
    SecurityFilterChain doors(HttpSecurity http) {
        var server = new OAuth2AuthorizationServerConfigurer();
        return http.with(server, _ -> {})
                .csrf(csrf -> csrf.ignoringRequestMatchers(server.getEndpointsMatcher()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/", "/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    AuthorizationServerSettings settings(@Value("${sandbox.issuer}") String issuer) {
        return AuthorizationServerSettings.builder().issuer(issuer).build();
    }

    @Bean
    RegisteredClientRepository clients(@Value("${sandbox.service-secret}") String serviceSecret) {
        return new SandboxClients(serviceSecret);
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new ForgottenAuthorizations();
    }

    @Bean
    JWKSource<SecurityContext> keys(@Value("${sandbox.key-file}") Path file) {
        return new ImmutableJWKSet<>(new JWKSet(IssuerKey.in(file)));
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return context -> context.getClaims().claims(claims -> {
            String client = context.getRegisteredClient().getClientId();
            claims.putAll(SandboxClients.claims(client).orElseThrow());
            claims.put("aud", List.of(AUDIENCE));
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
