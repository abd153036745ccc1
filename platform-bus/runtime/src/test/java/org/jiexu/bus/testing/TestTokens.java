package org.jiexu.bus.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** Tokens of an issuer whose door another server is, such as {@link RegistryStub}: for staff, persons and services. */
public final class TestTokens {
    private final String issuer;

    public TestTokens(String issuer) {
        this.issuer = issuer;
    }

    /** What the issuer publishes at {@code /oauth2/jwks}. */
    public String keys() {
        return new JWKSet(TestIssuer.KEY.toPublicJWK()).toString();
    }

    public String clerk(RegionCode region) {
        return clerk("clerk-" + region, region);
    }

    public String clerk(String subject, RegionCode region) {
        return token(subject, "clerk", "region", region.value());
    }

    public String reviewer(String subject, RegionCode region) {
        return token(subject, "reviewer", "region", region.value());
    }

    public String operator(String province) {
        return operator("operator-" + province, new RegionCode(province));
    }

    public String operator(String subject, RegionCode province) {
        return token(subject, "operator", "province", province.value());
    }

    public String auditor(String subject) {
        return token(subject, "auditor", "org", "audit");
    }

    public String person(PersonId person) {
        return token("person-" + person.value(), "person", "person", person.value());
    }

    public String employer(String uscc) {
        return token("employer-" + uscc, "employer", "uscc", uscc);
    }

    public String service(String name) {
        return token("service-" + name, "service", "service", name);
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
        return TestIssuer.sign(claims, TestIssuer.KEY);
    }
}
