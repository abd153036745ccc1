package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 催办、投诉 — what somebody whose case is open asks, and what he is answered (R10.4).
 *
 * @param region the region that had the case when it was asked, and answers
 * @param person the person who asks; otherwise {@code uscc}, the employer
 */
public record Reminder(
        String id,
        long position,
        CaseNumber number,
        Kind kind,
        String text,
        RegionCode region,
        @Nullable PersonId person,
        @Nullable String uscc,
        Instant askedAt,
        @Nullable String answer,
        @Nullable Instant answeredAt) {

    /** 类别. */
    public enum Kind {
        /** 催办. */
        REMINDER,
        /** 投诉. */
        COMPLAINT
    }

    /** Without the texts: people write what they like. */
    @Override
    public String toString() {
        return "Reminder[" + id + ", " + number + ", " + kind + "]";
    }
}
