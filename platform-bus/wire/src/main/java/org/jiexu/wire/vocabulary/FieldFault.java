package org.jiexu.wire.vocabulary;

/**
 * 字段差错 — what is wrong with what stands in a field, the same at every door. Never repeats it: it may be about a person.
 *
 * @param code stable, for programs
 * @param message one Chinese sentence that says what to do
 */
public record FieldFault(String code, String message) {}
