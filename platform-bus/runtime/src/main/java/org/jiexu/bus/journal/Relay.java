package org.jiexu.bus.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.service.Places;
import org.jiexu.bus.service.Trouble;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.vocabulary.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the outbox, in order per key. One holder per shard (advisory lock of the transaction); the pending row goes
 * only after the broker's acknowledgement. Woken by commit, polls every 100 ms otherwise.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int LOCK_SPACE = 4711;
    private static final int BATCH = 500;
    private static final long POLL_MILLIS = 100;
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Producer<String, byte[]> producer;
    private final CrashPoints crashPoints;
    private final Semaphore work = new Semaphore(0);
    private final HeldUp heldUp = new HeldUp(System::nanoTime);
    private final String name;
    private volatile boolean running;
    private final Trouble trouble;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    private record Pending(long position, String topic, Envelope envelope) {
        /** Events of one line are sent in the order of saying. */
        String line() {
            return topic + " " + envelope.subject();
        }
    }

    private enum Answer {
        ACKNOWLEDGED,
        /** For its size: the same record will be refused again. */
        REFUSED,
        FAILED
    }

    public Relay(
            String name,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Producer<String, byte[]> producer,
            CrashPoints crashPoints) {
        this.name = name;
        this.trouble = new Trouble("the relay of " + name, LOG, GRACE);
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.producer = producer;
        this.crashPoints = crashPoints;
    }

    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofPlatform().daemon().name(name + "-relay").start(this::run);
        }
    }

    /** What may keep events from being sent. */
    public Trouble trouble() {
        return trouble;
    }

    /** How many topics and keys stand still because the broker refuses the size of their next record. */
    public int refusedLines() {
        return heldUp.count();
    }

    /** Something was committed. */
    public void wake() {
        work.release();
    }

    @Override
    public synchronized void close() {
        running = false;
        work.release();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                boolean woken = work.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (woken) {
                    work.drainPermits();
                }
                publishPending(woken);
                forgetWhatOthersHaveSent();
                trouble.over();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // The rows stay; said once, not ten times a second.
                if (running) {
                    trouble.found("it cannot publish: " + Places.inShort(e), e);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS * 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Publishes until nothing is pending that this instance may take. Whoever was woken need not ask whether there is. */
    private void publishPending(boolean woken) {
        boolean more = woken || isAnyPending();
        while (more && running) {
            more = Boolean.TRUE.equals(transaction.execute(_ -> publishBatch()));
            crashPoints.hit("relay.after-delete-commit");
        }
    }

    /** A shard may have gone to another instance, whose acknowledgement is not seen here. */
    private void forgetWhatOthersHaveSent() {
        var due = heldUp.due();
        if (due.length > 0) {
            heldUp.keepOnly(Set.copyOf(jdbc.sql("select position from outbox where position = any(:positions)")
                    .param("positions", due)
                    .query(Long.class)
                    .list()));
        }
    }

    private boolean isAnyPending() {
        return jdbc.sql("select exists (select 1 from outbox)")
                .query(Boolean.class)
                .single();
    }

    /**
     * The shards with work that no other instance holds, until the transaction ends, each found by one step on the index
     * however much waits. Its commit need not be waited for: a delete that a crash undoes is an event sent twice, which its
     * readers know by its id.
     */
    private List<Integer> lockShards() {
        return jdbc.sql("""
            with recursive waiting (shard) as (
                (select shard from outbox order by shard limit 1)
                union all
                select (select o.shard from outbox o where o.shard > w.shard order by o.shard limit 1)
                  from waiting w where w.shard is not null)
            select shard, set_config('synchronous_commit', 'off', true) from waiting
             where shard is not null and pg_try_advisory_xact_lock(:space, shard)
            """)
                .param("space", LOCK_SPACE)
                .query((row, n) -> row.getInt("shard"))
                .list();
    }

    /** All shards in one transaction. True when the batch was full, so that there may be more. */
    private boolean publishBatch() {
        var shards = lockShards();
        if (shards.isEmpty()) {
            return false;
        }
        var batch = pending(shards);
        var sent = new ArrayList<Long>(batch.size());
        int failed = send(batch, sent);
        crashPoints.hit("relay.after-send-before-delete");
        if (!sent.isEmpty()) {
            // Arrays: one statement to prepare, however many there are.
            jdbc.sql("delete from outbox where shard = any(:shards) and position = any(:positions)")
                    .param("shards", shards.toArray(Integer[]::new))
                    .param("positions", sent.toArray(Long[]::new))
                    .update();
        }
        if (failed > 0) {
            LOG.warn("{} of {} events were not acknowledged and will be sent again", failed, batch.size());
            return false;
        }
        return batch.size() == BATCH;
    }

    /** Adds to {@code sent} what was acknowledged; returns how many failed otherwise than by their size. */
    private int send(List<Pending> batch, List<Long> sent) {
        var going = batch.stream()
                .filter(pending -> !heldUp.holds(pending.line(), pending.position()))
                .toList();
        var futures = new ArrayList<Future<RecordMetadata>>(going.size());
        for (var pending : going) {
            futures.add(producer.send(record(pending)));
        }
        producer.flush();
        int failed = 0;
        var broken = new HashSet<String>();
        for (int i = 0; i < going.size(); i++) {
            var pending = going.get(i);
            var answer = answer(futures.get(i));
            // After the first failure of a key its later events are sent again behind it: order before thrift.
            if (answer == Answer.REFUSED) {
                holdUp(pending);
                broken.add(pending.line());
            } else if (broken.contains(pending.line())) {
                failed += heldUp.holds(pending.line(), pending.position()) ? 0 : 1;
            } else if (answer == Answer.ACKNOWLEDGED) {
                sent.add(pending.position());
                if (heldUp.goesOn(pending.line())) {
                    LOG.info("the broker takes {} of {} now", pending.envelope().type(), pending.line());
                }
            } else {
                failed++;
                broken.add(pending.line());
            }
        }
        return failed;
    }

    /** Said once, not at each try: trying again needs a change of the broker's limit. */
    private void holdUp(Pending pending) {
        if (heldUp.refused(pending.line(), pending.position())) {
            LOG.error(
                    "{} {} for {} has {} bytes and is larger than the broker takes: this key waits, all others go on",
                    pending.envelope().type(),
                    pending.envelope().id(),
                    pending.line(),
                    pending.envelope().data().length());
        }
    }

    private static ProducerRecord<String, byte[]> record(Pending pending) {
        return EnvelopeHeaders.toRecord(pending.topic(), pending.envelope());
    }

    private static Answer answer(Future<RecordMetadata> future) {
        try {
            future.get();
            return Answer.ACKNOWLEDGED;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return Answer.REFUSED;
            }
            LOG.warn("the broker did not take an event: {}", String.valueOf(e.getCause()));
            return Answer.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.FAILED;
        }
    }

    /** By the journal's key, whatever the planner believes: a join may read the journal from its beginning. */
    private List<Pending> pending(List<Integer> shards) {
        return jdbc.sql("""
            select j.* from event_journal j
             where j.position = any(array(
                       select o.position from unnest(:shards::smallint[]) as s (shard)
                        cross join lateral (select position from outbox
                                             where shard = s.shard and position <> all(:heldUp)
                                             order by position limit :batch) o
                        order by o.position limit :batch))
             order by j.position
            """)
                .param("shards", shards.toArray(Integer[]::new))
                .param("heldUp", heldUp.waiting())
                .param("batch", BATCH)
                .query((row, n) -> new Pending(
                        row.getLong("position"),
                        row.getString("topic"),
                        new Envelope(
                                row.getString("id"),
                                row.getString("source"),
                                row.getString("type"),
                                row.getString("destination"),
                                row.getString("subject"),
                                row.getString("time"),
                                row.getLong("sequence"),
                                row.getString("causation_id"),
                                row.getString("trace_parent"),
                                row.getString("key_id"),
                                Bytes.of(row.getBytes("signature")),
                                Bytes.of(row.getBytes("data")))))
                .list();
    }
}
