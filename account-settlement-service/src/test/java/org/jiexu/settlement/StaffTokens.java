package org.jiexu.settlement;

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

/** An issuer of tokens for staff and persons. */
final class StaffTokens {
    private final String issuer;
    private final RSAKey key;

    StaffTokens(String issuer) {
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

    String clerk(String subject, RegionCode region) {
        return token(subject, "clerk", "region", region.value());
    }

    String reviewer(String subject, RegionCode region) {
        return token(subject, "reviewer", "region", region.value());
    }

    String operator(String subject, RegionCode province) {
        return token(subject, "operator", "province", province.value());
    }

    String auditor(String subject) {
        return token(subject, "auditor", "org", "audit");
    }

    String person(PersonId person) {
        return token("u-1", "person", "person", person.value());
    }

    String service() {
        return token("service-transfer-in", "service", "service", "transfer-in");
    }

    private String token(String subject, String role, String claim, String value) {
        // Tokens live by system time, like everything technical.
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("jiexu")
                .subject(subject)
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
