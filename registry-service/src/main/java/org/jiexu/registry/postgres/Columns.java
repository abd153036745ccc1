package org.jiexu.registry.postgres;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many rows in one statement, each column as an array. */
final class Columns {
    private Columns() {}

    /** As PostgreSQL reads them; what a row does not have is null there. */
    static <T> @Nullable String[] texts(List<T> rows, Function<? super T, ? extends @Nullable Object> of) {
        return rows.stream()
                .map(of)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }
}
