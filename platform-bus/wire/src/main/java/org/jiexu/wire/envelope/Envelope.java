package org.jiexu.wire.envelope;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.jiexu.wire.signing.Sm2PublicKey;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands on the wire: CloudEvents attributes as the exact text that was signed, and the untouched data.
 *
 * @param id random, UUIDv7
 * @param source who states it
 * @param type with version
 * @param to the addressed region, or {@code *}
 * @param subject the topic's key
 * @param time business time, RFC 3339
 * @param sequence per source, subject and topic, from 1
 * @param causationId the event that led to this one
 * @param traceParent W3C trace context; not signed
 */
public record Envelope(
        String id,
        String source,
        String type,
        String to,
        String subject,
        String time,
        long sequence,
        @Nullable String causationId,
        @Nullable String traceParent,
        String keyId,
        Bytes signature,
        Bytes data) {
    public static final String DATA_CONTENT_TYPE = "application/json";

    /** The most bytes that an event's data may have: a larger record is kept out by every reader, so it is never said. */
    public static final int MOST_DATA_BYTES = 256 * 1024;

    /** The same event, signed by that key. */
    public Envelope signedBy(Sm2KeyPair key) {
        return new Envelope(
                id,
                source,
                type,
                to,
                subject,
                time,
                sequence,
                causationId,
                traceParent,
                key.publicKey().keyId(),
                key.sign(signedBytes()),
                data);
    }

    public boolean isSignedBy(Sm2PublicKey key) {
        return key.verifies(signedBytes(), signature);
    }

    /** Business time of the event; throws {@link DateTimeParseException} when the text is none. */
    public Instant instant() {
        return Instant.parse(time);
    }

    /**
     * Length-prefixed UTF-8 of the attributes that say who, what, to whom, about which case and when, then the SM3 of
     * the data: a valid event cannot be sent again to somebody else or for another case.
     */
    public Bytes signedBytes() {
        var out = new ByteArrayOutputStream(512);
        for (String part : List.of(id, type, source, to, subject, time, Long.toString(sequence), DATA_CONTENT_TYPE)) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
            out.writeBytes(text);
        }
        out.writeBytes(Sm3.of(data).toArray());
        return Bytes.of(out.toByteArray());
    }

    /** What the inbox compares: the same id with another digest is a conflict. */
    public String digest() {
        return Sm3.of(signedBytes()).hex();
    }
}
