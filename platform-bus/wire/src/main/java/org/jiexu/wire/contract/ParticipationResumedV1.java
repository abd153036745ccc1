package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 恢复参保 — the person has resumed in the old region although a transfer was reserved (R3.5). */
public record ParticipationResumedV1(PersonId person, RegionCode region, Scheme scheme, Instant resumedAt)
        implements EventData {}
