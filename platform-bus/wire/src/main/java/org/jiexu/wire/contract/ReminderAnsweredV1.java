package org.jiexu.wire.contract;

import java.time.Instant;

/** 催办答复 — the old region's answer on record, which the complainer sees (R10.4). */
public record ReminderAnsweredV1(String reminder, String text, Instant at) implements EventData {
    /** Without the text: people write what they like. */
    @Override
    public String toString() {
        return "ReminderAnsweredV1[" + reminder + "]";
    }
}
