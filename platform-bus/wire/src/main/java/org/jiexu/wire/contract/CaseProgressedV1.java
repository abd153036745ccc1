package org.jiexu.wire.contract;

import java.time.Instant;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 办理进度 — one step of a case: what happened, which public state it is in (R10.1), who has it now, which limits run. */
public record CaseProgressedV1(
        CaseNumber number,
        PersonId person,
        RegionCode sending,
        RegionCode receiving,
        Scheme fromScheme,
        Scheme toScheme,
        String step,
        String state,
        PublicStatus status,
        @Nullable RegionCode holder,
        Instant at,
        List<DeadlineStatusV1> deadlines)
        implements EventData {}
