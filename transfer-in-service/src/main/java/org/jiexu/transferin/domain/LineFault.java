package org.jiexu.transferin.domain;

import org.jspecify.annotations.Nullable;

/**
 * 名单差错 — what is wrong with one line of an employer's list. Never repeats the value: it may be about a person.
 *
 * @param column none when the whole line is meant
 */
public record LineFault(int line, @Nullable String column, String code, String message) {}
