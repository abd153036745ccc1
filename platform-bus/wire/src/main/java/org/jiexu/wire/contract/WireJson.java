package org.jiexu.wire.contract;

import java.util.Arrays;
import org.jiexu.wire.vocabulary.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * 报文 — JSON on the wire. Reading accepts unknown properties (additive changes inside a version) and nothing else that is
 * unclear: no duplicate keys, nothing missing or null that is not {@code @Nullable}, no other JSON type than the
 * contract's, no trailing text. Writing gives one text for each value.
 */
public final class WireJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NotNullUnlessSaid())
            .addModule(TextOnly.ofFourDigits())
            .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, WireJson::onlyTextIsText)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final byte[] NUL = {'u', '0', '0', '0', '0'};

    private WireJson() {}

    private static void onlyTextIsText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    public static Bytes write(Object data) {
        return Bytes.of(MAPPER.writeValueAsBytes(data));
    }

    public static String text(Object data) {
        return MAPPER.writeValueAsString(data);
    }

    /** Throws {@link Unreadable} when the bytes are not that record. The message never quotes the content. */
    public static <T> T read(Bytes json, Class<T> type) {
        byte[] content = json.toArray();
        if (holdsNul(content)) {
            throw new Unreadable(type, "NUL");
        }
        try {
            T value = MAPPER.readValue(content, type);
            if (value == null) {
                throw new Unreadable(type, "null");
            }
            return value;
        } catch (JacksonException e) {
            throw new Unreadable(type, e.getClass().getSimpleName());
        }
    }

    /** No text of a person or an agency holds the character 0, and no database of ours can keep it. */
    private static boolean holdsNul(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\\') {
                // The character after a backslash belongs to it, so a doubled one begins no escape.
                if (isNul(json, i + 1)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean isNul(byte[] json, int from) {
        return from + NUL.length <= json.length && Arrays.equals(json, from, from + NUL.length, NUL, 0, NUL.length);
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
