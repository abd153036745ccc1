package org.jiexu.bus.journal;

import java.security.SecureRandom;
import java.util.UUID;

/** Random ids whose order is roughly that of their making (RFC 9562), kind to the index they stand in. */
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    public static UUID next() {
        long random = RANDOM.nextLong();
        // Technical time: an id says nothing about business.
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (random & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
