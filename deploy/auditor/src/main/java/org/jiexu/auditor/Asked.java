package org.jiexu.auditor;

import org.jspecify.annotations.Nullable;

/**
 * One line of the client's own history: what it asked under which Idempotency-Key, and what it was answered.
 *
 * @param outcome {@code invoke}, {@code ok}, {@code fail}, or {@code unknown} when no answer came
 */
public record Asked(String key, String outcome, @Nullable String number) {}
