package org.jiexu.bus.inbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.Places;
import org.jiexu.bus.web.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One batch from the broker, one transaction: offsets (the fence), inbox, state, parked messages, outbox. When one
 * message fails unforeseen, the batch is done again message by message, and only that one is kept aside, loudly.
 */
final class BatchIntake {
    private static final Logger LOG = LoggerFactory.getLogger(BatchIntake.class);
    private static final int TRIES = 3;

    private final TransactionTemplate transaction;
    private final TopicOffsets offsets;
    private final Inbox inbox;
    private final Parking parking;
    private final Quarantine quarantine;
    private final Verifier verifier;
    private final EventHandler handler;
    private final Outbox outbox;
    private final CrashPoints crashPoints;

    /** A record with what verification said of it. */
    record Item(ConsumerRecord<String, byte[]> record, Verifier.Verdict verdict) {}

    BatchIntake(
            TransactionTemplate transaction,
            TopicOffsets offsets,
            Inbox inbox,
            Parking parking,
            Quarantine quarantine,
            Verifier verifier,
            EventHandler handler,
            Outbox outbox,
            CrashPoints crashPoints) {
        this.transaction = transaction;
        this.offsets = offsets;
        this.inbox = inbox;
        this.parking = parking;
        this.quarantine = quarantine;
        this.verifier = verifier;
        this.handler = handler;
        this.outbox = outbox;
        this.crashPoints = crashPoints;
    }

    /** Handles the records, which stand in log order per partition, and moves the positions past them. */
    void take(List<ConsumerRecord<String, byte[]>> records, Positions positions) {
        var items = new ArrayList<Item>(records.size());
        for (var record : records) {
            if (record.offset() >= positions.next(partition(record))) {
                items.add(new Item(record, verdict(record)));
            }
        }
        if (items.isEmpty()) {
            return;
        }
        if (items.stream().allMatch(item -> item.verdict() instanceof Verifier.Verdict.Unheard)) {
            positions.pass(items);
            return;
        }
        try {
            handleAll(items, positions);
        } catch (RuntimeException e) {
            if (isPassing(e)) {
                throw e;
            }
            LOG.warn("a batch of {} failed, going on message by message: {}", items.size(), Places.of(e));
            oneByOne(items, positions);
            return;
        }
        crashPoints.hit("inbox.after-commit");
    }

    /** Bytes that verification itself stumbles over are kept aside like any other fault of ours: they block nobody. */
    private Verifier.Verdict verdict(ConsumerRecord<String, byte[]> record) {
        try {
            return verifier.verify(record);
        } catch (Verifier.KeyNotYetKnown e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "message {}-{}@{} cannot be verified and is quarantined: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Places.of(e));
            return new Verifier.Verdict.Bad("UNFORESEEN: " + e.getClass().getSimpleName());
        }
    }

    /** Tells the database how far records were passed over: when nothing else comes that would. */
    void settle(Positions positions) {
        if (!positions.hasPassed()) {
            return;
        }
        handleAll(List.of(), positions);
    }

    private void handleAll(List<Item> items, Positions positions) {
        var moves = positions.moves(items);
        transaction.executeWithoutResult(status -> {
            offsets.move(moves);
            handleEach(items, positions);
            crashPoints.hit("inbox.before-commit");
        });
        positions.advance(moves);
    }

    private void handleEach(List<Item> items, Positions positions) {
        if (items.isEmpty()) {
            return;
        }
        var entries = inbox.enter(items.stream()
                        .map(Item::verdict)
                        .filter(Verifier.Verdict.Good.class::isInstance)
                        .map(verdict -> ((Verifier.Verdict.Good) verdict).received())
                        .toList())
                .iterator();
        var moved = new LinkedHashSet<String>();
        for (var item : items) {
            String topicId = positions.topicId(partition(item.record()));
            switch (item.verdict()) {
                case Verifier.Verdict.Bad(String reason) -> keep(item, topicId, reason);
                case Verifier.Verdict.Unheard() -> {}
                case Verifier.Verdict.Good(Received received) -> {
                    String subject = received.envelope().subject();
                    // What waits is offered in the state that the move led to, not in a later one.
                    if (moved.remove(subject)) {
                        parking.offerAgain(subject);
                    }
                    if (handle(item, entries.next(), received, topicId)) {
                        moved.add(subject);
                    }
                }
            }
        }
        parking.offerAgain(moved);
    }

    private void oneByOne(List<Item> items, Positions positions) {
        for (var item : items) {
            var one = List.of(item);
            for (int attempt = 1; ; attempt++) {
                try {
                    handleAll(one, positions);
                    break;
                } catch (RuntimeException e) {
                    if (isPassing(e)) {
                        throw e;
                    }
                    if (attempt == TRIES) {
                        keepAside(item, positions, e);
                        break;
                    }
                }
            }
        }
    }

    private void keepAside(Item item, Positions positions, RuntimeException cause) {
        var record = item.record();
        // Loud, and the message is kept: an operator can replay it when the fault is mended.
        LOG.error(
                "message {}-{}@{} failed unforeseen and is quarantined: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                Places.of(cause));
        var moves = positions.moves(List.of(item));
        transaction.executeWithoutResult(status -> {
            offsets.move(moves);
            quarantine.keep(
                    record,
                    positions.topicId(partition(record)),
                    "UNFORESEEN: " + cause.getClass().getSimpleName());
        });
        positions.advance(moves);
    }

    /** Whether something moved. */
    private boolean handle(Item item, Inbox.Entry entry, Received received, String topicId) {
        switch (entry) {
            case REPEATED -> {}
            case CONFLICT -> keep(item, topicId, "CONFLICT: the same id with other content");
            case FIRST -> {
                int mark = outbox.mark();
                switch (answer(received)) {
                    case Answer.Moved() -> {
                        return true;
                    }
                    case Answer.AlreadyDone() -> {}
                    case Answer.Skipped() -> {}
                    case Answer.Rejected(String reason) -> parking.park(received, reason);
                    case Answer.Quarantined(String reason) -> {
                        outbox.forgetAfter(mark);
                        keep(item, topicId, reason);
                    }
                }
            }
        }
        return false;
    }

    private Answer answer(Received received) {
        try (var _ = TraceContext.continuing(received.envelope().traceParent()).open()) {
            return handler.handle(received);
        }
    }

    private void keep(Item item, String topicId, String reason) {
        var record = item.record();
        LOG.warn("quarantined {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), reason);
        quarantine.keep(record, topicId, reason);
    }

    /** Faults of the moment: the whole batch is delivered again until they pass. */
    private static boolean isPassing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof CannotCreateTransactionException
                || e instanceof TransactionSystemException
                || e instanceof TopicOffsets.FenceLost;
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
