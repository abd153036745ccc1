package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 暂停参保 — the person has stopped there; whoever waited for it goes on (R2.8, R6.1). */
public record ParticipationSuspendedV1(PersonId person, RegionCode region, Scheme scheme, Instant suspendedAt)
        implements EventData {}
