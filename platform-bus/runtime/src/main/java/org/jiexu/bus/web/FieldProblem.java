package org.jiexu.bus.web;

/**
 * 字段问题 — what is wrong with one field of a request. Never repeats the value: it may be about a person.
 *
 * @param field path of the field, e.g. {@code person.certificateNumber}
 * @param code stable, for programs
 * @param message one Chinese sentence
 */
public record FieldProblem(String field, String code, String message) {}
