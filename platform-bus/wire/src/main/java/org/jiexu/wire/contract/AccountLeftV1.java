package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 留存余额 — what lies free on the personal account of somebody who has had a transfer from there, told by that region's
 * settlement whenever it becomes another amount (R2.10). 0.00: nothing is left.
 *
 * @param change counts what was said of this account; only a higher one is news
 * @param chosen the person said that it shall stay, and no later application has lifted that
 * @param ground why a correction brought the money back (R7.6); null where no correction did
 * @param caseNumber the case whose money a correction brought back; null where no correction did
 */
public record AccountLeftV1(
        PersonId person,
        RegionCode region,
        Fen amount,
        long change,
        LeftReason why,
        boolean chosen,
        Instant at,
        @Nullable String ground,
        @Nullable CaseNumber caseNumber)
        implements EventData {}
