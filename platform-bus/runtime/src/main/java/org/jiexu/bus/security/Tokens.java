package org.jiexu.bus.security;

import java.time.Duration;
import java.util.List;
import org.jiexu.bus.client.HttpRequests;
import org.jiexu.bus.web.Role;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.web.client.RestTemplate;

/** Which bearer tokens hold. Judged by system time: a moved sandbox clock ends no token and revives none. */
final class Tokens {
    static final String AUDIENCE = "jiexu";
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);

    private Tokens() {}

    static JwtDecoder decoder(String issuer, String jwksUri) {
        var requests = HttpRequests.within(CONNECT, READ);
        var decoder = NimbusJwtDecoder.withJwkSetUri(jwksUri)
                .restOperations(new RestTemplate(requests))
                .jwsAlgorithms(algorithms -> {
                    algorithms.add(SignatureAlgorithm.RS256);
                    algorithms.add(SignatureAlgorithm.ES256);
                })
                .validateType(false) // JwtTypeValidator below does, and knows RFC 9068's type as well.
                .build();
        var times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setAllowEmptyExpiryClaim(false);
        var type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                times,
                type,
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE)),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank()),
                new JwtClaimValidator<Object>(
                        "role", role -> role instanceof String text && Role.ofClaim(text) != null))));
        return decoder;
    }

    static JwtAuthenticationConverter converter() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(jwt -> {
            var role = Role.ofClaim(jwt.getClaimAsString("role"));
            return role == null ? List.of() : List.of(new SimpleGrantedAuthority("ROLE_" + role.name()));
        });
        return converter;
    }
}
