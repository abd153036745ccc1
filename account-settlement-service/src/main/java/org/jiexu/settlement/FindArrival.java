package org.jiexu.settlement;

import java.util.List;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/** 认款 — which arrival people mean: two regions may have sent under one number (protocol.md §5). */
final class FindArrival {
    private FindArrival() {}

    /** {@code from} may be null while only one region has sent under that number. */
    static Arrival in(ReceivingCase found, RemittanceNumber rn, @Nullable RegionCode from) {
        List<Arrival> meant = found.numbered(rn.n()).stream()
                .filter(arrival -> from == null || arrival.from().equals(from))
                .toList();
        if (meant.isEmpty()) {
            throw Problem.notFound();
        }
        if (meant.size() > 1) {
            throw Problem.conflict("SEVERAL_SENDERS", "该划转编号下有多个统筹区的来款，请指明来款统筹区（from）。");
        }
        return meant.getFirst();
    }
}
