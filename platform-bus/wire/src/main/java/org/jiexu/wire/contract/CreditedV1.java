package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 资金到账 — the amount stands on the person's account in the receiving region.
 *
 * @param matchedTo 手工匹配: the case that two persons matched the remittance to (R3.2); null when it is the remittance's own
 */
public record CreditedV1(
        RemittanceNumber remittance, Fen amount, @Nullable CaseNumber matchedTo) implements EventData {
    /** In the remittance's own case. */
    public CreditedV1(RemittanceNumber remittance, Fen amount) {
        this(remittance, amount, null);
    }

    /** The case that was paid. */
    public CaseNumber paid() {
        return matchedTo == null ? remittance.caseNumber() : matchedTo;
    }
}
