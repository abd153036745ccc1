package org.jiexu.settlement.domain;

import java.util.Comparator;
import org.jiexu.wire.vocabulary.RegionCode;

/** 来款标识 — who sent a remittance of a case, and its running number there; in the order of the numbers. */
public record ArrivalId(RegionCode from, int n) implements Comparable<ArrivalId> {
    private static final Comparator<ArrivalId> ORDER =
            Comparator.comparingInt(ArrivalId::n).thenComparing(ArrivalId::from);

    @Override
    public int compareTo(ArrivalId other) {
        return ORDER.compare(this, other);
    }
}
