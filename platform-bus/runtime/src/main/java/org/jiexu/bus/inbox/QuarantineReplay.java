package org.jiexu.bus.inbox;

import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 重新处理 — offers what was kept out to the same intake again, bytes untouched: once a key is registered, a fault mended or
 * a policy set, the same record may pass. Nothing is edited, and nothing is forced.
 */
public final class QuarantineReplay {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineReplay.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Verifier verifier;
    private final Inbox inbox;
    private final Parking parking;
    private final EventHandler handler;

    QuarantineReplay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Verifier verifier,
            Parking parking,
            EventHandler handler) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.verifier = verifier;
        this.inbox = new Inbox(jdbc);
        this.parking = parking;
        this.handler = handler;
    }

    /** Whether the record passes now. A trial writes nothing; otherwise what passes is done, and marked so. */
    public boolean passes(long position, boolean trial, String who) {
        var record = record(position);
        if (record.isEmpty()) {
            return false;
        }
        try {
            var verdict = verifier.verify(record.get());
            return Boolean.TRUE.equals(transaction.execute(status -> {
                boolean passed = switch (verdict) {
                    case Verifier.Verdict.Good(Received received) -> take(received);
                    case Verifier.Verdict.Unheard() -> true;
                    case Verifier.Verdict.Bad(String _) -> false;
                };
                if (trial || !passed) {
                    status.setRollbackOnly();
                } else {
                    resolve(position, who);
                }
                return passed;
            }));
        } catch (Verifier.KeyNotYetKnown e) {
            return false;
        } catch (RuntimeException e) {
            LOG.warn(
                    "the quarantined record {} still fails: {}",
                    position,
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /** A known id with the same content was kept out by the handler: states answer by content, so it may be asked again. */
    private boolean take(Received received) {
        if (inbox.enter(received) == Inbox.Entry.CONFLICT) {
            return false;
        }
        return switch (handler.handle(received)) {
            case Answer.Moved() -> {
                parking.offerAgain(received.envelope().subject());
                yield true;
            }
            case Answer.AlreadyDone() -> true;
            case Answer.Skipped() -> true;
            case Answer.Rejected(String reason) -> {
                parking.park(received, reason);
                yield true;
            }
            case Answer.Quarantined(String _) -> false;
        };
    }

    private void resolve(long position, String who) {
        int rows = jdbc.sql("""
            update quarantined set resolved_at = now(), resolved_by = :who
             where position = :position and resolved_at is null
            """).param("position", position).param("who", who).update();
        if (rows != 1) {
            throw new IllegalStateException("somebody else has replayed record " + position);
        }
    }

    private Optional<ConsumerRecord<String, byte[]>> record(long position) {
        return jdbc.sql("""
            select topic, partition, log_offset, record_key, headers::text as headers, value
              from quarantined where position = :position and resolved_at is null
            """)
                .param("position", position)
                .query((row, n) -> {
                    var headers = new RecordHeaders();
                    for (JsonNode header : JSON.readTree(row.getString("headers"))) {
                        headers.add(
                                header.path("name").asString(),
                                header.has("value")
                                        ? Base64.getDecoder()
                                                .decode(header.path("value").asString())
                                        : null);
                    }
                    byte[] value = row.getBytes("value");
                    return new ConsumerRecord<>(
                            row.getString("topic"),
                            row.getInt("partition"),
                            row.getLong("log_offset"),
                            ConsumerRecord.NO_TIMESTAMP,
                            TimestampType.NO_TIMESTAMP_TYPE,
                            ConsumerRecord.NULL_SIZE,
                            value == null ? ConsumerRecord.NULL_SIZE : value.length,
                            row.getString("record_key"),
                            value,
                            headers,
                            Optional.empty());
                })
                .optional();
    }
}
