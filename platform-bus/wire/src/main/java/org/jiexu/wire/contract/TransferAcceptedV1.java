package org.jiexu.wire.contract;

import java.time.Instant;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 受理 — the receiving region has accepted the case; the old region's ten working days run from {@code acceptedAt} (43号
 * Art. 8).
 *
 * @param account what becomes of the balance; null in older events: it moves
 * @param instant 即时办理: no human step on either side, the money is advanced (R6); null means no
 */
public record TransferAcceptedV1(
        PersonId person,
        RegionCode from,
        Scheme fromScheme,
        RegionCode to,
        Scheme toScheme,
        Instant acceptedAt,
        @Nullable AccountWish account,
        @Nullable Boolean instant)
        implements EventData {
    /** Across provinces, with the account. */
    public TransferAcceptedV1(
            PersonId person, RegionCode from, Scheme fromScheme, RegionCode to, Scheme toScheme, Instant acceptedAt) {
        this(person, from, fromScheme, to, toScheme, acceptedAt, null, null);
    }

    public AccountWish accountWish() {
        return account == null ? AccountWish.MOVES : account;
    }

    public boolean isInstant() {
        return Boolean.TRUE.equals(instant);
    }
}
