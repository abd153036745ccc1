package org.jiexu.simulation;

import java.time.LocalDate;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * One case as the outside world knows it: whose relationship goes from where to where, and how.
 *
 * @param automatic begun by the platform, because a push found a balance
 */
record Matter(
        CaseNumber number,
        PersonId person,
        Region old,
        Scheme fromScheme,
        Region receiving,
        Scheme toScheme,
        AccountWish wish,
        boolean instant,
        boolean automatic,
        @Nullable LocalDate notBefore) {
    RegionCode from() {
        return old.code();
    }

    RegionCode to() {
        return receiving.code();
    }
}
