package org.jiexu.bus.client;

import org.jspecify.annotations.Nullable;

/** The registry could not be asked: down, slow, shielded by the open breaker, or no token for it. Ask again later. */
public sealed class RegistryUnavailable extends RuntimeException permits AnswerTooLarge {
    private final boolean atOnce;

    RegistryUnavailable(String why, boolean atOnce, @Nullable Throwable cause) {
        super(why, cause);
        this.atOnce = atOnce;
    }

    /** Whether a second try within the same call makes sense: not after a time-out, not while the breaker is open. */
    boolean mayBeTriedAgainAtOnce() {
        return atOnce;
    }
}
