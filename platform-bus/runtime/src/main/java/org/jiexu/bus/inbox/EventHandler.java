package org.jiexu.bus.inbox;

/** What a service does with messages. One bean per service. */
public interface EventHandler {
    Subscription subscription();

    /**
     * Decides and writes, inside the bus's transaction (inbox row, offsets, state and outbox together). May be called
     * again for the same message after a rollback, and with parked messages after a move.
     */
    Answer handle(Received received);
}
