package org.jiexu.bus.web;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What the work behind an {@code Idempotency-Key} tells about itself while it runs. Outside such a request: nothing. */
public final class Idempotency {
    private static final ThreadLocal<@Nullable Held> HELD = new ThreadLocal<>();

    private Idempotency() {}

    /**
     * Names what the work creates, in the work's transaction: a retry after a crash is answered from there instead of
     * doing the work again. If another request has taken the work over meanwhile, the transaction must not commit.
     *
     * @param location path of this service that answers GET for it
     */
    public static void produced(String location) {
        var held = HELD.get();
        if (held == null) {
            return;
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("named outside the work's transaction: " + location);
        }
        if (!held.store.created(held.client, held.key, held.fence, location)) {
            throw inFlight();
        }
    }

    /** This request's answer is about the moment, not about the request: the same key may be tried again. */
    static void passing() {
        var held = HELD.get();
        if (held != null) {
            held.passing = true;
        }
    }

    static void hold(@Nullable Held held) {
        if (held == null) {
            HELD.remove();
        } else {
            HELD.set(held);
        }
    }

    static Problem inFlight() {
        return Problem.conflict("IDEMPOTENCY_IN_FLIGHT", "相同 Idempotency-Key 的请求正在办理中，请稍后再试。")
                .retryAfter(Duration.ofSeconds(1));
    }

    /** The row of {@code idempotency_key} that the current thread works for. */
    static final class Held {
        final IdempotencyStore store;
        final String client;
        final String key;
        final OffsetDateTime fence;
        boolean passing;

        Held(IdempotencyStore store, String client, String key, OffsetDateTime fence) {
            this.store = store;
            this.client = client;
            this.key = key;
            this.fence = fence;
        }
    }
}
