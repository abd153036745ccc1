package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 参保人合并 — two records were one person's: who was {@code merged} is from now on {@code kept}. Told to each region where the
 * merged one took part, whose settlement puts the two accounts together (R6.2).
 *
 * @param merge the registry's number of the merge
 */
public record PersonMergedV1(String merge, PersonId kept, PersonId merged, RegionCode region, Instant mergedAt)
        implements EventData {}
