package org.jiexu.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jiexu.wire.envelope.Envelope;
import org.jiexu.wire.envelope.EnvelopeHeaders;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;

/** Records that no reader may take. Most are signed with the speaker's true key, so that they are judged by their fault. */
final class Poison {
    private static final int TOO_LARGE = 300 << 10;
    private static final int LARGER_THAN_THE_BROKER_TAKES = (1 << 20) + 4096;

    private final PostgresUnderFire postgres;
    private final Records records;

    Poison(PostgresUnderFire postgres, Records records) {
        this.postgres = postgres;
        this.records = records;
    }

    /**
     * Sends one, made from a true record among those.
     *
     * @return where it stands; empty when the broker refused it, as it must what is larger than it takes
     */
    String send(String kind, int number, List<ConsumerRecord<String, byte[]>> examples) {
        var random = new Random(number);
        var example = examples.get(random.nextInt(examples.size()));
        var poison = made(kind, random, example);
        return records.send(List.of(poison)).getFirst();
    }

    private ProducerRecord<String, byte[]> made(String kind, Random random, ConsumerRecord<String, byte[]> example) {
        var truth = EnvelopeHeaders.read(example);
        var key = keyOf(truth.source());
        return switch (kind) {
            case "not-json" ->
                record(example, saying(truth, truth.type(), "{\"number\":").signedBy(key));
            case "wrong-schema" ->
                record(example, saying(truth, truth.type(), "[1,2]").signedBy(key));
            case "unknown-version" ->
                record(
                        example,
                        saying(truth, truth.type().replace(".v1", ".v9"), "{}").signedBy(key));
            case "bad-signature" ->
                record(example, saying(truth, truth.type(), truth.data().utf8()).signedBy(Sm2KeyPair.generate()));
            case "oversize" -> {
                int size = random.nextBoolean() ? TOO_LARGE : LARGER_THAN_THE_BROKER_TAKES;
                yield record(
                        example,
                        saying(truth, truth.type(), "\"" + "x".repeat(size) + "\"")
                                .signedBy(key));
            }
            case "null-key" ->
                withKey(
                        null,
                        example,
                        saying(truth, truth.type(), truth.data().utf8()).signedBy(key));
            case "wrong-key" ->
                withKey(
                        "another",
                        example,
                        saying(truth, truth.type(), truth.data().utf8()).signedBy(key));
            default -> throw new IllegalArgumentException("no poison is called " + kind);
        };
    }

    /** As the speaker would say it, with a new id and in the line's far future. */
    private static Envelope saying(Envelope truth, String type, String data) {
        return new Envelope(
                UUID.randomUUID().toString(),
                truth.source(),
                type,
                truth.to(),
                truth.subject(),
                truth.time(),
                truth.sequence() + 1_000_000,
                truth.causationId(),
                truth.traceParent(),
                truth.keyId(),
                truth.signature(),
                Bytes.of(data.getBytes(StandardCharsets.UTF_8)));
    }

    private static ProducerRecord<String, byte[]> record(ConsumerRecord<String, byte[]> example, Envelope envelope) {
        return EnvelopeHeaders.toRecord(example.topic(), envelope);
    }

    private static ProducerRecord<String, byte[]> withKey(
            @org.jspecify.annotations.Nullable String key, ConsumerRecord<String, byte[]> example, Envelope envelope) {
        var record = record(example, envelope);
        return new ProducerRecord<>(record.topic(), null, key, record.value(), record.headers());
    }

    /** The speaker's own, out of its database. */
    private Sm2KeyPair keyOf(String source) {
        for (var database : postgres.databases()) {
            if (postgres.has(database, "signing_key")) {
                var keys = postgres.query(
                        database,
                        "select encode(private_key, 'base64') from signing_key where source = '" + source + "'");
                if (!keys.isEmpty()) {
                    return Sm2KeyPair.ofPrivate(Bytes.ofBase64(keys.getFirst().replace("\n", "")));
                }
            }
        }
        throw new IllegalStateException("nobody signs as " + source);
    }
}
