package org.jiexu.wire.vocabulary;

/**
 * 原因 — why something was refused, declined, returned or suspended.
 *
 * @param code stable, for programs
 * @param message one Chinese sentence, for people; names no person
 * @param remedy what the reader can do about it, in Chinese
 */
public record CodedReason(String code, String message, String remedy) {}
