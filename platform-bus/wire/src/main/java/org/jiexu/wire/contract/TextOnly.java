package org.jiexu.wire.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** 文本日期 — dates and moments are ISO 8601 texts on the wire: no numbers whose unit one must guess, no arrays. */
public final class TextOnly<T> extends StdScalarDeserializer<T> {
    private final Function<String, T> parse;

    private TextOnly(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    public static SimpleModule module() {
        return new SimpleModule("text-only")
                .addDeserializer(Instant.class, new TextOnly<>(Instant.class, Instant::parse))
                .addDeserializer(LocalDate.class, new TextOnly<>(LocalDate.class, LocalDate::parse))
                .addDeserializer(YearMonth.class, new TextOnly<>(YearMonth.class, YearMonth::parse));
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "not a text");
        }
        try {
            return parse.apply(parser.getString());
        } catch (DateTimeException e) {
            return context.reportInputMismatch(this, "not a date");
        }
    }
}
