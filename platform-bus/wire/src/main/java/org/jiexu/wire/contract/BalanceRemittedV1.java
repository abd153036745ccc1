package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 已划转 — the amount has left the personal account in the old region.
 *
 * @param advance 先划转后清算: it stands as a debt of the old region, cleared by quarter (R6.5, R7); null means no
 */
public record BalanceRemittedV1(
        RemittanceNumber remittance,
        Fen amount,
        RegionCode from,
        @Nullable Boolean advance) implements EventData {
    /** Money that really travels. */
    public BalanceRemittedV1(RemittanceNumber remittance, Fen amount, RegionCode from) {
        this(remittance, amount, from, null);
    }

    public boolean isAdvance() {
        return Boolean.TRUE.equals(advance);
    }
}
