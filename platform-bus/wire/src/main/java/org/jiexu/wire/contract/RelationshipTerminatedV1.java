package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;

/** 终止参保 — on completion the old relationship has ended by itself (43号 Art. 13). */
public record RelationshipTerminatedV1(
        CaseNumber caseNumber, PersonId person, RegionCode region, Scheme scheme, Instant terminatedAt)
        implements EventData {}
