package org.jiexu.simulation;

import java.io.Serial;
import java.util.function.Supplier;

/** An invariant does not hold; says which, about what. */
final class Broken extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Broken(String message) {
        super(message);
    }

    /** The message is only made when it is needed: the invariants are looked at some million times. */
    static void unless(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new Broken(message.get());
        }
    }
}
