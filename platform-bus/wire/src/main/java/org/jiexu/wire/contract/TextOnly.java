package org.jiexu.wire.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

    /** For doors, which judge by themselves what a day may be. */
    public static SimpleModule module() {
        return module(text -> text);
    }

    /** For the wire: a year has four digits. No database of ours keeps the others, and no case has one. */
    static SimpleModule ofFourDigits() {
        return module(text -> {
            if (text.startsWith("+") || text.startsWith("-")) {
                throw new DateTimeException("a year of more than four digits, or before year 0");
            }
            return text;
        });
    }

    private static SimpleModule module(UnaryOperator<String> judge) {
        return new SimpleModule("text-only")
                .addDeserializer(Instant.class, new TextOnly<>(Instant.class, text -> Instant.parse(judge.apply(text))))
                .addDeserializer(
                        LocalDate.class, new TextOnly<>(LocalDate.class, text -> LocalDate.parse(judge.apply(text))))
                .addDeserializer(
                        YearMonth.class, new TextOnly<>(YearMonth.class, text -> YearMonth.parse(judge.apply(text))));
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
