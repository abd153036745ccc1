package org.jiexu.bus.journal;

import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.envelope.Envelope;

/**
 * An event's data are larger than any reader takes, so it was not said and its transaction has to end without effect. The
 * doors bound what people write; whoever gathers many rows asks {@link Outbox#carries} before anything depends on it.
 */
public final class EventTooLarge extends RuntimeException {
    EventTooLarge(Event event, int bytes) {
        super(EventType.of(event.data()).wireName() + " of " + event.subject() + " has " + bytes
                + " bytes and cannot travel: the most is " + Envelope.MOST_DATA_BYTES);
    }
}
