package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 划转指令 — remit the held amount; leaves in one transaction with the sheet.
 *
 * @param advance 先划转后清算: no money travels now, a debt between the regions arises (R6.5); null means no
 */
public record RemitOrderedV1(
        RemittanceNumber remittance,
        Fen amount,
        RegionCode to,
        int sheetVersion,
        @Nullable Boolean advance) implements EventData {
    /** Money that really travels. */
    public RemitOrderedV1(RemittanceNumber remittance, Fen amount, RegionCode to, int sheetVersion) {
        this(remittance, amount, to, sheetVersion, null);
    }

    public boolean isAdvance() {
        return Boolean.TRUE.equals(advance);
    }
}
