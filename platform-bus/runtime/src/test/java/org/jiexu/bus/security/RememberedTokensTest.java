package org.jiexu.bus.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RememberedTokensTest {
    private final AtomicInteger workedOut = new AtomicInteger();

    @Test
    void aGoodTokenIsWorkedOutOnce() {
        var tokens = tokensThatEnd(Instant.now().plusSeconds(600));

        assertThat(tokens.decode("a")).isEqualTo(tokens.decode("a"));
        tokens.decode("b");

        assertThat(workedOut).hasValue(2);
    }

    @Test
    void aTokenThatHasEndedIsJudgedAnew() {
        var tokens = tokensThatEnd(Instant.now().minusSeconds(1));

        tokens.decode("a");
        tokens.decode("a");

        assertThat(workedOut).hasValue(2);
    }

    @Test
    void aBadTokenIsBadEachTime() {
        var tokens = new RememberedTokens(token -> {
            workedOut.incrementAndGet();
            throw new BadJwtException("no");
        });

        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode("a")).isInstanceOf(BadJwtException.class);
        assertThat(workedOut).hasValue(2);
    }

    private RememberedTokens tokensThatEnd(Instant end) {
        return new RememberedTokens(token -> {
            workedOut.incrementAndGet();
            return Jwt.withTokenValue(token)
                    .header("alg", "RS256")
                    .subject("anna")
                    .issuedAt(end.minusSeconds(900))
                    .expiresAt(end)
                    .build();
        });
    }
}
