package org.jiexu.wire.contract;

/** 事件内容 — what an event says: the JSON object in its body. {@link EventType} lists every type with its record. */
public interface EventData {}
