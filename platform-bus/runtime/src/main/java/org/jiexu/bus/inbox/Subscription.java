package org.jiexu.bus.inbox;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The topics a service reads: a list, or every topic whose name matches. */
public record Subscription(List<String> topics, @Nullable Pattern pattern) {
    public static Subscription of(List<String> topics) {
        return new Subscription(List.copyOf(topics), null);
    }

    public static Subscription matching(Pattern pattern) {
        return new Subscription(List.of(), pattern);
    }
}
