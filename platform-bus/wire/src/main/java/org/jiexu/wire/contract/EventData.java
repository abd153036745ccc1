package org.jiexu.wire.contract;

/** What an event says: the JSON object in its body. {@link EventType} lists every type with its record. */
public interface EventData {}
