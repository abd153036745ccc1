package org.jiexu.wire.contract;

import java.time.Instant;

/**
 * 催办、投诉 — put on an open case that is with the old region (R10.4); answered with the same {@code reminder}.
 *
 * @param complaint a complaint, otherwise a reminder
 */
public record TransferRemindedV1(String reminder, boolean complaint, String text, Instant at) implements EventData {
    /** Without the text: people write what they like. */
    @Override
    public String toString() {
        return "TransferRemindedV1[" + reminder + "]";
    }
}
