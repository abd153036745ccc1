package org.jiexu.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jiexu.wire.vocabulary.ServiceName;

/** Where a request goes, and at what pace an answer is expected. */
record Target(ServiceName service, URI address, Pace pace) {
    private static final int DIGITS = 6;

    /** For measures: tells instances apart without saying where they stand. */
    String name() {
        return service.path() + "-" + digest(address.getAuthority()) + "-"
                + pace.name().toLowerCase(Locale.ROOT);
    }

    private static String digest(String authority) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(authority.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
