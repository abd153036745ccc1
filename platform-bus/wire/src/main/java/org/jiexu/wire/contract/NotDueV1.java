package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 不应入账 — nothing is to be credited for this case.
 *
 * @param from the old region, whose money goes back at once; null if there is no such case, and before it was said
 */
public record NotDueV1(NotDueReason reason, @Nullable RegionCode from) implements EventData {
    /** Of whichever region. */
    public NotDueV1(NotDueReason reason) {
        this(reason, null);
    }
}
