package org.jiexu.faults;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.EventType;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;

/** Signs and says what a region says, and keeps the journal and the ledger that every region keeps, in a database of its own. */
final class Speaker {
    static final String DATABASE = "lying_region";

    private static final List<String> TABLES = List.of(
            """
            create table if not exists event_journal (
                position bigint generated always as identity primary key, id uuid not null unique, topic text not null,
                source text not null, type text not null, subject text not null, time text not null,
                sequence bigint not null, key_id text not null, signature bytea not null, data bytea not null)
            """,
            "create table if not exists account (id bigint primary key, kind text, owner text, region text, balance"
                    + " bigint, held bigint)",
            "create table if not exists posting (id bigint generated always as identity primary key, business_key text,"
                    + " region text, remittance text, reverses bigint)",
            "create table if not exists posting_line (posting bigint, region text, account bigint, amount bigint)");

    private final RegionCode region;
    private final PostgresUnderFire postgres;
    private final Records records;
    private final ClientHistory history;
    private final Sm2KeyPair transferOutKey;
    private final Sm2KeyPair settlementKey;
    private final Supplier<Instant> clock;
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();

    Speaker(
            RegionCode region,
            PostgresUnderFire postgres,
            Records records,
            ClientHistory history,
            Sm2KeyPair transferOutKey,
            Sm2KeyPair settlementKey,
            Supplier<Instant> clock) {
        this.region = region;
        this.postgres = postgres;
        this.records = records;
        this.history = history;
        this.transferOutKey = transferOutKey;
        this.settlementKey = settlementKey;
        this.clock = clock;
        postgres.createDatabase(DATABASE);
        TABLES.forEach(table -> postgres.update(DATABASE, table));
        postgres.update(
                DATABASE,
                "insert into account values (1, 'TRANSIT', '" + region + "', '" + region
                        + "', 0, 0) on conflict do nothing");
    }

    void transferOut(RegionCode to, String topic, CaseNumber number, EventData data) {
        say(ServiceName.TRANSFER_OUT, transferOutKey, to, topic, number, data);
    }

    void settlement(RegionCode to, String topic, CaseNumber number, EventData data) {
        say(ServiceName.SETTLEMENT, settlementKey, to, topic, number, data);
    }

    /** What the addressee must put aside: it contradicts what was said before. */
    void lie(RegionCode to, String topic, CaseNumber number, EventData data) {
        history.mark(say(ServiceName.TRANSFER_OUT, transferOutKey, to, topic, number, data), ClientHistory.LIE);
    }

    private synchronized String say(
            ServiceName service, Sm2KeyPair key, RegionCode to, String topic, CaseNumber number, EventData data) {
        var source = Source.of(region, service).toString();
        var envelope = new Envelope(
                        UUID.randomUUID().toString(),
                        source,
                        EventType.of(data).wireName(),
                        to.value(),
                        number.value(),
                        clock.get().toString(),
                        sequences.merge(source + number.value() + topic, 1L, Long::sum),
                        null,
                        null,
                        "",
                        Bytes.of(new byte[0]),
                        WireJson.write(data))
                .signedBy(key);
        journal(topic, envelope);
        return records.send(List.of(EnvelopeHeaders.toRecord(topic, envelope))).getFirst();
    }

    private void journal(String topic, Envelope envelope) {
        postgres.update(DATABASE, """
            insert into event_journal (id, topic, source, type, subject, time, sequence, key_id, signature, data)
            values ('%s', '%s', '%s', '%s', '%s', '%s', %d, '%s', decode('%s', 'hex'), decode('%s', 'hex'))
            """.formatted(
                        envelope.id(),
                        topic,
                        envelope.source(),
                        envelope.type(),
                        envelope.subject(),
                        envelope.time(),
                        envelope.sequence(),
                        envelope.keyId(),
                        hex(envelope.signature()),
                        hex(envelope.data())));
    }

    /** The money really leaves, in the amount that is said. */
    void post(RemittanceNumber remittance, Fen amount) {
        postgres.update(DATABASE, """
            with it as (
                insert into posting (business_key, region, remittance) values ('remit:%s', '%s', '%s') returning id)
            insert into posting_line select id, '%s', 1, %d from it union all select id, '%s', 1, %d from it
            """.formatted(
                        remittance, region, remittance, region, amount.value(), region, -amount.value()));
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
