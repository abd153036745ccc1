package org.jiexu.gateway;

import java.util.regex.Pattern;

/**
 * How long an answer may take. What reads or writes much at once has a breaker, places and a time of its own: if it is
 * slow, nobody else is refused for it.
 */
enum Pace {
    QUICK,
    LONG;

    private static final Pattern MUCH = Pattern.compile("/api/v1/("
            + "agency/[^/]+/(accounts/import|participation/imports?|ledger/summary|ratings|clearing/.*)"
            + "|regions/[^/]+/transfer-batches"
            + "|operations/(clearing/.*|projections/.*|cases\\.csv|overview|deadlines/(summary|on-time)))");

    static Pace of(String path) {
        return MUCH.matcher(path).matches() ? LONG : QUICK;
    }
}
