package org.jiexu.wire.contract;

import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 冻结请求 — the old region asks its settlement to hold the balance before the sheet states it. A balance that is paid out
 * later is held too, and the answer is 0.00; one that stays is not held.
 *
 * @param account null in older events: it moves
 */
public record HoldRequestedV1(
        int attempt,
        PersonId person,
        Scheme scheme,
        @Nullable AccountWish account) implements EventData {
    /** A hold of a balance that moves. */
    public HoldRequestedV1(int attempt, PersonId person, Scheme scheme) {
        this(attempt, person, scheme, null);
    }

    public AccountWish accountWish() {
        return account == null ? AccountWish.MOVES : account;
    }
}
