package org.jiexu.simulation;

import java.time.Duration;
import java.util.Optional;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.wire.vocabulary.Fen;

/** Wrong rules of clearing. */
final class ClearingMutants {
    private ClearingMutants() {}

    static Machines believesTheCreditor(Machines real) {
        return real.withBelieving((correction, remitted) -> Optional.empty());
    }

    static Machines doesNotWait(Machines real) {
        return real.withCounting((stated, debts, amount) -> true);
    }

    /** The number alone would be taken back by an advance of the same moment. */
    static Machines countsMoneyOnly(Machines real) {
        return real.withCounting(
                (stated, debts, amount) -> (stated == null ? Fen.ZERO : stated.amount()).equals(amount));
    }

    static Machines intoTheOldQuarter(Machines real) {
        return real.withCorrecting(
                (debt, now) -> Debts.correction(debt, debt.bookedAt().plus(Duration.ofMillis(1))));
    }
}
