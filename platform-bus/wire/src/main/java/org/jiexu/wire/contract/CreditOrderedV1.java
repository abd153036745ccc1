package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 入账指令 — the sheet is booked, this amount is due to the person (43号 Art. 9).
 *
 * @param from the old region, whose money alone is credited; null in orders of before it was said
 */
public record CreditOrderedV1(
        int sheetVersion,
        Fen amount,
        PersonId person,
        Scheme scheme,
        @Nullable RegionCode from) implements EventData {
    /** Of whichever region: as it was said before. */
    public CreditOrderedV1(int sheetVersion, Fen amount, PersonId person, Scheme scheme) {
        this(sheetVersion, amount, person, scheme, null);
    }
}
