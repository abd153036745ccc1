package org.jiexu.transferin.domain;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;

/** 评价 — how somebody whose case has ended found the service: 1 to 5, and a remark (R10.3). */
public record Rating(
        CaseNumber number,
        long position,
        int score,
        @Nullable String remark,
        Instant ratedAt) {
    /** Without the remark: people write what they like. */
    @Override
    public String toString() {
        return "Rating[" + number + ", " + score + "]";
    }
}
