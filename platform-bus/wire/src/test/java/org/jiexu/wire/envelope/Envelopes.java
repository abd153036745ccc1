package org.jiexu.wire.envelope;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.vocabulary.Bytes;

/** Envelopes for tests, and what the broker does to a record. */
final class Envelopes {
    static final Sm2KeyPair KEY = Sm2KeyPair.generate();

    private Envelopes() {}

    static Envelope anEnvelope() {
        return new Envelope(
                "01994562-9c00-7000-8000-000000000001",
                "/regions/370800/transfer-out",
                "transfer.withdrawn.v1",
                "430100",
                "430100-26-7KQ4M2XD-9",
                "2026-09-14T01:00:00Z",
                1,
                "01994562-9c00-7000-8000-000000000000",
                null,
                "",
                Bytes.ofUtf8(""),
                Bytes.ofUtf8("{\"withdrawnAt\":\"2026-09-14T01:00:00Z\"}"));
    }

    static ConsumerRecord<String, byte[]> delivered(ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0L,
                0L,
                TimestampType.CREATE_TIME,
                0,
                sent.value() == null ? 0 : sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
