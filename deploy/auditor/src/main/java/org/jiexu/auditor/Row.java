package org.jiexu.auditor;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row of a table as text, by column. */
public record Row(Map<String, @Nullable String> columns) {
    String text(String column) {
        return Objects.requireNonNull(columns.get(column), column);
    }

    @Nullable
    String orNull(String column) {
        return columns.get(column);
    }

    long number(String column) {
        return Long.parseLong(text(column));
    }

    boolean is(String column, String value) {
        return value.equals(columns.get(column));
    }

    @Override
    public String toString() {
        return "Row";
    }
}
