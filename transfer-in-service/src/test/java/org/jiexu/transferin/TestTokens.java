package org.jiexu.transferin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** An issuer of tokens. */
final class TestTokens {
    private final String issuer;
    private final RSAKey key;

    TestTokens(String issuer) {
        this.issuer = issuer;
        try {
            this.key = new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String clerk(RegionCode region) {
        return token("clerk", "region", region.value());
    }

    String operator(String province) {
        return token("operator", "province", province);
    }

    String person(PersonId person) {
        return token("person", "person", person.value());
    }

    String employer(String uscc) {
        return token("employer", "uscc", uscc);
    }

    private String token(String role, String claim, String value) {
        // Tokens live by system time, like everything technical.
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("jiexu")
                .subject(role + "-" + value)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))))
                .claim("role", role)
                .claim(claim, value)
                .build();
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
