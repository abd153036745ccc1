package org.jiexu.auditor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SM3Digest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One record of a topic, its attributes as the text that stands in its headers. */
public record Said(
        String topic,
        int partition,
        long offset,
        String id,
        String source,
        String type,
        String to,
        String subject,
        String time,
        long sequence,
        String keyId,
        Octets signature,
        Octets data) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What the signature covers: attributes with their lengths before them, then the digest of the data. */
    byte[] signed() {
        var out = new ByteArrayOutputStream();
        for (String part : List.of(id, type, source, to, subject, time, Long.toString(sequence), "application/json")) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            out.writeBytes(text);
        }
        out.writeBytes(sm3(data.toArray()));
        return out.toByteArray();
    }

    /** Missing where the data are no JSON: whoever asks for a field finds none. */
    JsonNode json() {
        try {
            return JSON.readTree(data.toArray());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    String line() {
        return source + " " + subject + " " + topic;
    }

    String place() {
        return topic + "-" + partition + "@" + offset;
    }

    /** The same words, wherever they stand. */
    boolean saysTheSameAs(Said other) {
        return id.equals(other.id) && Arrays.equals(signed(), other.signed()) && signature.equals(other.signature);
    }

    static byte[] sm3(byte[] content) {
        var digest = new SM3Digest();
        digest.update(content, 0, content.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    @Override
    public String toString() {
        return type + " " + subject + " at " + place();
    }
}
