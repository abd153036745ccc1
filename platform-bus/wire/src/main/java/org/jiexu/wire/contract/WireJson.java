package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON on the wire. Reading accepts unknown properties (additive changes inside a version) and nothing else that is
 * unclear: no duplicate keys, no missing creator values, no trailing text.
 */
public final class WireJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private WireJson() {}

    public static Bytes write(Object data) {
        return Bytes.of(MAPPER.writeValueAsBytes(data));
    }

    public static String text(Object data) {
        return MAPPER.writeValueAsString(data);
    }

    /** Throws {@link Unreadable} when the bytes are not that record. The message never quotes the content. */
    public static <T> T read(Bytes json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json.toArray(), type);
            if (value == null) {
                throw new Unreadable(type, "null");
            }
            return value;
        } catch (JacksonException e) {
            throw new Unreadable(type, e.getClass().getSimpleName());
        }
    }

    public static <T> T read(String json, Class<T> type) {
        return read(Bytes.ofUtf8(json), type);
    }

    /** The bytes are not what they claim to be. Carries no content: it may be about a person. */
    public static final class Unreadable extends RuntimeException {
        public Unreadable(Class<?> type, String why) {
            super("not a " + type.getSimpleName() + ": " + why);
        }
    }
}
