package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 恢复参保 — the person has resumed in the old region although a transfer was reserved (R3.5), or has died.
 *
 * @param reason null in older events: resumed
 */
public record ParticipationResumedV1(
        PersonId person,
        RegionCode region,
        Scheme scheme,
        Instant resumedAt,
        @Nullable ResumptionReason reason) implements EventData {
    /** Of a person who has come back. */
    public ParticipationResumedV1(PersonId person, RegionCode region, Scheme scheme, Instant resumedAt) {
        this(person, region, scheme, resumedAt, null);
    }

    public ResumptionReason why() {
        return reason == null ? ResumptionReason.RESUMED : reason;
    }
}
