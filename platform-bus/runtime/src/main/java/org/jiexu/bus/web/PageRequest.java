package org.jiexu.bus.web;

import org.jspecify.annotations.Nullable;

/**
 * 分页请求 — {@code ?limit=} (1 to 200, 50 unless said) and {@code ?after=}. Controllers take it as an argument.
 *
 * @param after the {@code next} of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    public static final int DEFAULT = 50;
    public static final int MOST = 200;
    private static final int LONGEST_POSITION = 200;

    /** Throws the 400 that says which of the two is wrong. */
    public static PageRequest parse(@Nullable String limit, @Nullable String after) {
        if (after != null && after.length() > LONGEST_POSITION) {
            throw Problem.field("after", "INVALID_PARAMETER", "翻页位置无效。");
        }
        return new PageRequest(limit == null ? DEFAULT : limit(limit), after == null || after.isEmpty() ? null : after);
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw Problem.field("limit", "INVALID_PARAMETER", "每页条数应为1至200之间的整数。");
    }

    /** What to ask the database for, so that it can be seen whether another page follows. */
    public int limitPlusOne() {
        return limit + 1;
    }
}
