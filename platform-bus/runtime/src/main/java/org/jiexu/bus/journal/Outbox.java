package org.jiexu.bus.journal;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The only way to say something to another service. Events wait in memory until the transaction commits, are then
 * signed and written together with the state they tell of, and the relay is woken after the commit.
 */
public final class Outbox {
    private final Journal journal;
    private final Relay relay;

    public Outbox(Journal journal, Relay relay) {
        this.journal = journal;
        this.relay = relay;
    }

    /** Is the event small enough to be taken by its readers? */
    public static boolean carries(EventData data) {
        return WireJson.write(data).length() <= Envelope.MOST_DATA_BYTES;
    }

    /**
     * Throws {@link IllegalStateException} outside a transaction: an event without its state would be a lie. Throws {@link
     * EventTooLarge} for one that no reader would take: its state must not be kept either.
     */
    public void append(Event event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an event is said inside the transaction of the state it tells of");
        }
        var pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        var dated = journal.dated(event);
        if (dated.data().length() > Envelope.MOST_DATA_BYTES) {
            throw new EventTooLarge(event, dated.data().length());
        }
        pending.events.add(dated);
    }

    /**
     * Forgets what was appended after {@code mark}: the caller rolled back to a savepoint taken when {@link #mark()}
     * gave that number.
     */
    public void forgetAfter(int mark) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Pending pending) {
            pending.events.subList(mark, pending.events.size()).clear();
        }
    }

    /** How many events this transaction has appended so far. */
    public int mark() {
        return TransactionSynchronizationManager.getResource(this) instanceof Pending pending
                ? pending.events.size()
                : 0;
    }

    private final class Pending implements TransactionSynchronization {
        private final List<Journal.Dated> events = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!events.isEmpty()) {
                journal.write(events);
            }
        }

        @Override
        public void afterCommit() {
            if (!events.isEmpty()) {
                relay.wake();
            }
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Outbox.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Outbox.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Outbox.this);
        }
    }
}
