package org.jiexu.bus.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.TopicFamily;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 暂存 — messages that are impossible in the present state wait here, per subject, and are offered again after each of
 * its moves. They block nobody; operators see what waits longer than a minute.
 */
public final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final JdbcClient jdbc;
    private final ObjectProvider<EventHandler> handler;

    private record Parked(long position, Received received) {}

    public Parking(JdbcClient jdbc, ObjectProvider<EventHandler> handler) {
        this.jdbc = jdbc;
        this.handler = handler;
    }

    void park(Received received, String reason) {
        var envelope = received.envelope();
        jdbc.sql("""
            insert into parked_input (id, topic, source, type, destination, subject, time, sequence,
                                      causation_id, trace_parent, key_id, signature, data, reason)
            values (:id, :topic, :source, :type, :to, :subject, :time, :sequence,
                    :causationId, :traceParent, :keyId, :signature, :data, :reason)
            on conflict (id) do nothing
            """)
                .param("id", envelope.id())
                .param("topic", received.topic())
                .param("source", envelope.source())
                .param("type", envelope.type())
                .param("to", envelope.to())
                .param("subject", envelope.subject())
                .param("time", envelope.time())
                .param("sequence", envelope.sequence())
                .param("causationId", envelope.causationId())
                .param("traceParent", envelope.traceParent())
                .param("keyId", envelope.keyId())
                .param("signature", envelope.signature().toArray())
                .param("data", envelope.data().toArray())
                .param("reason", reason)
                .update();
    }

    /** Inside the transaction of a move: offers what waits for that subject, again and again while something moves. */
    public void offerAgain(String subject) {
        offerAgain(Set.of(subject));
    }

    /** The same for several that have moved: one look for all of them, since mostly nothing waits. */
    void offerAgain(Collection<String> subjects) {
        boolean moved = !subjects.isEmpty();
        while (moved) {
            moved = false;
            for (var parked : of(subjects)) {
                switch (handler.getObject().handle(parked.received())) {
                    case Answer.Moved() -> {
                        leave(parked);
                        moved = true;
                    }
                    case Answer.AlreadyDone() -> leave(parked);
                    case Answer.Skipped() -> leave(parked);
                    case Answer.Rejected(String _) -> {}
                    case Answer.Quarantined(String reason) -> {
                        // Its bytes stay here under the graver reason; the broker's record is long past.
                        LOG.warn(
                                "a parked {} turned out contradictory: {}",
                                parked.received().type(),
                                reason);
                        jdbc.sql("update parked_input set reason = :reason where position = :position")
                                .param("reason", "QUARANTINED: " + reason)
                                .param("position", parked.position())
                                .update();
                    }
                }
            }
        }
    }

    /** One message, at an operator's word and whatever its reason; empty when it does not wait any more. */
    Optional<ParkedOffer.Outcome> offer(String region, long position) {
        var parked = jdbc.sql("""
            select * from parked_input
             where position = :position and closed_at is null and (:region = '' or destination = :region)
            """)
                .param("position", position)
                .param("region", region)
                .query(Parking::parked)
                .optional();
        if (parked.isEmpty()) {
            return Optional.empty();
        }
        var answer = handler.getObject().handle(parked.get().received());
        if (answer instanceof Answer.Rejected) {
            return Optional.of(ParkedOffer.Outcome.STILL_WAITS);
        }
        if (answer instanceof Answer.Quarantined) {
            return Optional.of(ParkedOffer.Outcome.CONTRADICTS);
        }
        // Handled before it is taken off, as after a move: the case's row is locked first by everybody.
        if (!leave(parked.get())) {
            return Optional.empty();
        }
        if (answer instanceof Answer.Moved) {
            offerAgain(parked.get().received().envelope().subject());
        }
        return Optional.of(ParkedOffer.Outcome.DONE);
    }

    /** False when another has done it. */
    private boolean leave(Parked parked) {
        return jdbc.sql("delete from parked_input where position = :position and closed_at is null")
                        .param("position", parked.position())
                        .update()
                == 1;
    }

    /** Locked: what is offered now, nobody closes meanwhile. */
    private List<Parked> of(Collection<String> subjects) {
        return jdbc.sql("""
            select * from parked_input
             where subject = any(:subjects) and closed_at is null and reason not like 'QUARANTINED:%' order by position
               for update
            """)
                .param("subjects", subjects.toArray(String[]::new))
                .query(Parking::parked)
                .list();
    }

    private static Parked parked(ResultSet row, int n) throws SQLException {
        var envelope = new Envelope(
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
                Bytes.of(row.getBytes("data")));
        return new Parked(row.getLong("position"), received(row.getString("topic"), envelope));
    }

    private static Received received(String topic, Envelope envelope) {
        var type = EventType.ofWireName(envelope.type()).orElseThrow();
        var data = WireJson.read(envelope.data(), type.dataClass());
        var source = Source.parse(envelope.source());
        TopicFamily family = type.family();
        var region = family.isPerRegion()
                ? new RegionCode(topic.substring(family.prefix().length() + 1))
                : null;
        return new Received(topic, region, envelope, type, data, source);
    }
}
