package org.jiexu.bus.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Tokens that were found good are not worked out again for half a minute, and never beyond their own end. A key that the
 * issuer takes back counts from then on at the latest half a minute later.
 */
final class RememberedTokens implements JwtDecoder {
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final JwtDecoder decoder;
    private final Cache<String, Jwt> good =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    RememberedTokens(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public Jwt decode(String token) throws JwtException {
        var known = good.getIfPresent(token);
        if (known != null && isYetToEnd(known)) {
            return known;
        }
        var jwt = decoder.decode(token);
        good.put(token, jwt);
        return jwt;
    }

    private static boolean isYetToEnd(Jwt jwt) {
        var end = jwt.getExpiresAt();
        return end != null && Instant.now().isBefore(end);
    }
}
