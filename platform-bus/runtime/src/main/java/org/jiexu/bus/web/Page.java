package org.jiexu.bus.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * 分页 — one page of a list. Every list is paged.
 *
 * @param next to be given back as {@code ?after=} for the page that follows; absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of {@code request} out of rows fetched with {@link PageRequest#limitPlusOne()}: one row more than asked for
     * means that another page follows.
     */
    public static <T> Page<T> of(PageRequest request, List<T> fetched, Function<T, String> position) {
        if (fetched.size() <= request.limit()) {
            return new Page<>(fetched, null);
        }
        var items = fetched.subList(0, request.limit());
        return new Page<>(items, position.apply(items.getLast()));
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), next);
    }
}
