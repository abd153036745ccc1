package org.jiexu.bus.security;

import java.util.List;

/**
 * Paths that need no token, besides health, metrics and OpenAPI. A bean of this type, if there is one, adds to them.
 *
 * @param patterns path patterns, e.g. {@code /console/**}
 */
public record OpenPaths(List<String> patterns) {
    public OpenPaths {
        patterns = List.copyOf(patterns);
    }
}
