package org.jiexu.sandbox.issuer;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The sandbox's users and services. They are not listed anywhere: a client id says who it is, so that every person of the
 * sample and every region has an account.
 */
public final class SandboxClients implements RegisteredClientRepository {

    /** What every sample user says; the services have a secret of their own. */
    public static final String USER_SECRET = "sandbox";

    private static final Duration TOKEN_LIVES = Duration.ofHours(1);
    private static final Pattern PERSON = Pattern.compile("(person|app)-(P[0-9A-Z]{12})");
    private static final Pattern STAFF = Pattern.compile("(clerk|reviewer)-([0-9]{4}[0-9A-Z]{2})");
    private static final Pattern PROVINCIAL = Pattern.compile("operator-([0-9]{2}0000)");
    private static final Pattern EMPLOYER = Pattern.compile("employer-([0-9A-HJ-NP-RT-UW-Y]{18})");
    private static final Pattern SERVICE = Pattern.compile("service-[a-z0-9-]{1,60}");

    /** 控制台 — the one client of people: public, with PKCE, back to the console alone. */
    static final String CONSOLE = "console";

    private final String serviceSecret;
    private final List<URI> consoles;

    /** @param consoles where the operators' console stands, under each name of this machine */
    SandboxClients(String serviceSecret, List<URI> consoles) {
        this.serviceSecret = serviceSecret;
        this.consoles = List.copyOf(consoles);
    }

    /** The claims that say who {@code clientId} is; empty for an id that is nobody's. */
    static Optional<Map<String, String>> claims(String clientId) {
        var person = PERSON.matcher(clientId);
        if (person.matches()) {
            String role = person.group(1).equals("person") ? "PERSON" : "APP";
            return claims(role, "person", new PersonId(person.group(2)).value());
        }
        var staff = STAFF.matcher(clientId);
        if (staff.matches()) {
            return claims(staff.group(1).equals("clerk") ? "CLERK" : "REVIEWER", "region", staff.group(2));
        }
        var provincial = PROVINCIAL.matcher(clientId);
        if (provincial.matches()) {
            return claims("OPERATOR", "province", provincial.group(1));
        }
        var employer = EMPLOYER.matcher(clientId);
        if (employer.matches()) {
            return claims("EMPLOYER", "uscc", employer.group(1));
        }
        if (SERVICE.matcher(clientId).matches()) {
            return claims("SERVICE", null, "");
        }
        return switch (clientId) {
            case "operator" -> claims("OPERATOR", null, "");
            case "auditor" -> claims("AUDITOR", null, "");
            default -> Optional.empty();
        };
    }

    private static Optional<Map<String, String>> claims(String role, @Nullable String name, String value) {
        var claims = new LinkedHashMap<String, String>();
        claims.put("role", role);
        if (name != null) {
            claims.put(name, value);
        }
        return Optional.of(claims);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        if (clientId.equals(CONSOLE)) {
            return console();
        }
        return claims(clientId).isEmpty() ? null : client(clientId);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("the sandbox's clients are not stored");
    }

    private RegisteredClient client(String clientId) {
        boolean isService = SERVICE.matcher(clientId).matches();
        return RegisteredClient.withId(clientId)
                .clientId(clientId)
                .clientSecret(isService ? serviceSecret : USER_SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIVES)
                        .build())
                .build();
    }

    private RegisteredClient console() {
        return RegisteredClient.withId(CONSOLE)
                .clientId(CONSOLE)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(uris -> consoles.forEach(console -> {
                    uris.add(console.resolve("/console/").toString());
                    uris.add(console.resolve("/console/silent.html").toString());
                }))
                .postLogoutRedirectUris(uris -> consoles.forEach(
                        console -> uris.add(console.resolve("/console/").toString())))
                .scope(OidcScopes.OPENID)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIVES)
                        .build())
                .build();
    }
}
