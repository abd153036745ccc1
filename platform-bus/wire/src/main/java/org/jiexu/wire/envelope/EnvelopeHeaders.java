package org.jiexu.wire.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0, Kafka binary mode: attributes in {@code ce_…} headers, data as the record's value. Ours, and not the
 * SDK's, because the signature covers the attributes' exact text, which the SDK parses and prints anew.
 */
public final class EnvelopeHeaders {
    private static final Pattern SEQUENCE = Pattern.compile("[1-9][0-9]{0,17}");

    private EnvelopeHeaders() {}

    public static ProducerRecord<String, byte[]> toRecord(String topic, Envelope envelope) {
        var record = new ProducerRecord<String, byte[]>(
                topic, envelope.subject(), envelope.data().toArray());
        var headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", envelope.id());
        put(headers, "ce_source", envelope.source());
        put(headers, "ce_type", envelope.type());
        put(headers, "ce_subject", envelope.subject());
        put(headers, "ce_time", envelope.time());
        put(headers, "content-type", Envelope.DATA_CONTENT_TYPE);
        put(headers, "ce_to", envelope.to());
        put(headers, "ce_sequence", Long.toString(envelope.sequence()));
        if (envelope.causationId() != null) {
            put(headers, "ce_causationid", envelope.causationId());
        }
        if (envelope.traceParent() != null) {
            put(headers, "ce_traceparent", envelope.traceParent());
        }
        put(headers, "ce_keyid", envelope.keyId());
        put(headers, "ce_signature", envelope.signature().base64());
        return record;
    }

    /** Throws {@link Malformed} when the record is no CloudEvent of this platform. */
    public static Envelope read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            throw new Malformed("no data");
        }
        if (!"1.0".equals(required(record, "ce_specversion"))) {
            throw new Malformed("ce_specversion is not 1.0");
        }
        if (!Envelope.DATA_CONTENT_TYPE.equals(required(record, "content-type"))) {
            throw new Malformed("content-type is not " + Envelope.DATA_CONTENT_TYPE);
        }
        var subject = required(record, "ce_subject");
        if (!subject.equals(record.key())) {
            throw new Malformed("the key is not the subject");
        }
        try {
            return new Envelope(
                    required(record, "ce_id"),
                    required(record, "ce_source"),
                    required(record, "ce_type"),
                    required(record, "ce_to"),
                    subject,
                    required(record, "ce_time"),
                    sequence(required(record, "ce_sequence")),
                    optional(record, "ce_causationid"),
                    optional(record, "ce_traceparent"),
                    required(record, "ce_keyid"),
                    Bytes.ofBase64(required(record, "ce_signature")),
                    Bytes.of(record.value()));
        } catch (IllegalArgumentException e) {
            throw new Malformed("ce_signature is not Base64");
        }
    }

    private static long sequence(String text) {
        // Only the text that was signed: no sign, no leading zero, nothing below 1.
        if (!SEQUENCE.matcher(text).matches()) {
            throw new Malformed("ce_sequence is not a number from 1");
        }
        return Long.parseLong(text);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(ConsumerRecord<String, byte[]> record, String name) {
        var value = optional(record, name);
        if (value == null || value.isEmpty()) {
            throw new Malformed(name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(ConsumerRecord<String, byte[]> record, String name) {
        var found = record.headers().headers(name).iterator();
        if (!found.hasNext()) {
            return null;
        }
        byte[] value = found.next().value();
        if (found.hasNext()) {
            throw new Malformed(name + " stands there twice");
        }
        if (value == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed(name + " is not UTF-8");
        }
    }

    /** The record is no event of this platform; the message names the attribute, never the content. */
    public static final class Malformed extends RuntimeException {
        public Malformed(String why) {
            super(why);
        }
    }
}
