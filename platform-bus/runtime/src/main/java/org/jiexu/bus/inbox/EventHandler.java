package org.jiexu.bus.inbox;

import org.jiexu.wire.contract.EventType;

/** What a service does with messages. One bean per service. */
public interface EventHandler {
    Subscription subscription();

    /**
     * Whether this service ever acts on that type. Others on the same topics are for other readers, who verify them:
     * they are passed over without a trace here.
     */
    boolean hears(EventType type);

    /**
     * Decides and writes, inside the bus's transaction (inbox row, offsets, state and outbox together). May be called
     * again for the same message after a rollback, and with parked messages after a move.
     */
    Answer handle(Received received);
}
