package org.jiexu.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jiexu.wire.envelope.Envelopes.KEY;
import static org.jiexu.wire.envelope.Envelopes.anEnvelope;
import static org.jiexu.wire.envelope.Envelopes.delivered;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeHeadersTest {
    private static final String TOPIC = "platform.transfer.430100";
    private static final Envelope SIGNED = anEnvelope().signedBy(KEY);

    @Test
    void giveBackTheEnvelopeThatWasSent() {
        var read = EnvelopeHeaders.read(delivered(EnvelopeHeaders.toRecord(TOPIC, SIGNED)));

        assertThat(read).isEqualTo(SIGNED);
        assertThat(read.isSignedBy(KEY.publicKey())).isTrue();
    }

    @Test
    void carryNothingButAttributes() {
        var record = EnvelopeHeaders.toRecord(TOPIC, SIGNED);

        assertThat(record.key()).isEqualTo(SIGNED.subject());
        assertThat(record.value()).isEqualTo(SIGNED.data().toArray());
        assertThat(record.headers())
                .extracting(header -> header.key())
                .containsExactlyInAnyOrder(
                        "ce_specversion",
                        "ce_id",
                        "ce_source",
                        "ce_type",
                        "ce_subject",
                        "ce_time",
                        "content-type",
                        "ce_to",
                        "ce_sequence",
                        "ce_causationid",
                        "ce_keyid",
                        "ce_signature");
    }

    @Nested
    class CloudEventsSdk {
        @Test
        void readsWhatWeWrite() {
            var event = KafkaMessageFactory.createReader(delivered(EnvelopeHeaders.toRecord(TOPIC, SIGNED)))
                    .toEvent();

            assertThat(event.getSpecVersion()).hasToString("1.0");
            assertThat(event.getId()).isEqualTo(SIGNED.id());
            assertThat(event.getSource()).hasToString(SIGNED.source());
            assertThat(event.getType()).isEqualTo(SIGNED.type());
            assertThat(event.getSubject()).isEqualTo(SIGNED.subject());
            assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse(SIGNED.time()));
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getExtension("to")).isEqualTo(SIGNED.to());
            assertThat(event.getExtension("sequence")).isEqualTo("1");
            assertThat(event.getExtension("causationid")).isEqualTo(SIGNED.causationId());
            assertThat(event.getExtension("keyid")).isEqualTo(SIGNED.keyId());
            assertThat(event.getExtension("signature"))
                    .isEqualTo(SIGNED.signature().base64());
            assertThat(event.getData())
                    .satisfies(data ->
                            assertThat(data.toBytes()).isEqualTo(SIGNED.data().toArray()));
        }

        @Test
        void writesWhatWeRead() {
            var event = CloudEventBuilder.v1()
                    .withId(SIGNED.id())
                    .withSource(URI.create(SIGNED.source()))
                    .withType(SIGNED.type())
                    .withSubject(SIGNED.subject())
                    .withTime(OffsetDateTime.parse(SIGNED.time()))
                    .withExtension("to", SIGNED.to())
                    .withExtension("sequence", "1")
                    .withExtension("causationid", "01994562-9c00-7000-8000-000000000000")
                    .withExtension("keyid", SIGNED.keyId())
                    .withExtension("signature", SIGNED.signature().base64())
                    .withData("application/json", SIGNED.data().toArray())
                    .build();
            var written = KafkaMessageFactory.<String>createWriter(TOPIC, 0, 0L, SIGNED.subject())
                    .writeBinary(event);

            var read = EnvelopeHeaders.read(delivered(written));

            assertThat(read).isEqualTo(SIGNED);
            assertThat(read.isSignedBy(KEY.publicKey())).isTrue();
        }
    }

    @Nested
    class Malformed {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ce_specversion",
                    "ce_id",
                    "ce_source",
                    "ce_type",
                    "ce_subject",
                    "ce_time",
                    "ce_to",
                    "ce_sequence",
                    "ce_keyid",
                    "ce_signature",
                    "content-type"
                })
        void isARecordWithAnAttributeMissingEmptyOrTwice(String name) {
            assertMalformed(headers -> headers.remove(name));
            assertMalformed(headers -> replace(headers, name, new byte[0]));
            assertMalformed(
                    headers -> headers.add(name, headers.lastHeader(name).value()));
            assertMalformed(headers -> replace(headers, name, new byte[] {(byte) 0xC3, (byte) 0x28}));
        }

        @Test
        void isARecordWithTheCauseTwiceOrUnreadable() {
            assertMalformed(headers -> headers.add("ce_causationid", text("other")));
            assertMalformed(headers -> replace(headers, "ce_causationid", new byte[] {(byte) 0xFF}));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "+1", "01", "1.0", "9223372036854775808", "one"})
        void isASequenceThatIsNoNumberFromOne(String sequence) {
            assertMalformed(headers -> replace(headers, "ce_sequence", text(sequence)));
        }

        @Test
        void isAnotherContentTypeOrVersionOrSignature() {
            assertMalformed(headers -> replace(headers, "content-type", text("application/cloudevents+json")));
            assertMalformed(headers -> replace(headers, "ce_specversion", text("0.3")));
            assertMalformed(headers -> replace(headers, "ce_signature", text("***")));
        }

        @Test
        void isAKeyThatIsNotTheSubject() {
            var sent = EnvelopeHeaders.toRecord(TOPIC, SIGNED);

            assertMalformed(delivered(new ProducerRecord<>(TOPIC, null, null, "other", sent.value(), sent.headers())));
            assertMalformed(delivered(new ProducerRecord<>(TOPIC, null, null, null, sent.value(), sent.headers())));
        }

        @Test
        void isARecordWithoutData() {
            var sent = EnvelopeHeaders.toRecord(TOPIC, SIGNED);

            assertMalformed(delivered(new ProducerRecord<>(TOPIC, null, null, sent.key(), null, sent.headers())));
        }

        private void assertMalformed(Consumer<Headers> change) {
            var sent = EnvelopeHeaders.toRecord(TOPIC, SIGNED);
            change.accept(sent.headers());
            assertMalformed(delivered(sent));
        }

        private void assertMalformed(ConsumerRecord<String, byte[]> record) {
            assertThatExceptionOfType(EnvelopeHeaders.Malformed.class)
                    .isThrownBy(() -> EnvelopeHeaders.read(record))
                    .withMessageNotContainingAny(SIGNED.subject(), "withdrawnAt");
        }
    }

    private static void replace(Headers headers, String name, byte[] value) {
        headers.remove(name);
        headers.add(name, value);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
