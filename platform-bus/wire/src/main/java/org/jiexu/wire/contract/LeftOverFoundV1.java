package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 历史余额推送 — an old region has found a balance that an earlier move left behind, and tells the region where the person is
 * insured now (R6.4). The amount is for people; what moves is said by the hold.
 */
public record LeftOverFoundV1(PersonId person, RegionCode region, Fen amount, Instant foundAt) implements EventData {}
