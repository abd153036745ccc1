package org.jiexu.transferout.domain;

import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 受理条件 — how the case was accepted.
 *
 * @param wish what the receiving region said of the account
 * @param account what becomes of it, as this region decided when the case was accepted
 * @param instant no human step, the money is advanced (R6)
 */
public record Terms(AccountWish wish, AccountWish account, boolean instant) {
    /** The account moves, by the ordinary path. */
    public static final Terms ORDINARY = new Terms(AccountWish.MOVES, AccountWish.MOVES, false);

    /**
     * R2.10, R11.4. Only the employee scheme has an account, and only there can it be credited. Between employee schemes
     * "it does not move" is the applicant's word, what happens then is {@code left}, this region's rule; inside a province
     * at once it is the province's rule, which the receiving region has applied (rulebook 13). Towards the resident scheme
     * it is what was applied for, and it stays where nothing was.
     */
    public static Terms of(Scheme from, Scheme to, AccountWish wish, boolean instant, AccountWish left) {
        return new Terms(wish, decide(from, to, wish, instant ? wish : left), instant);
    }

    private static AccountWish decide(Scheme from, Scheme to, AccountWish wish, AccountWish left) {
        if (from != Scheme.EMPLOYEE) {
            return AccountWish.STAYS;
        }
        boolean moves = wish == AccountWish.MOVES;
        if (to == Scheme.EMPLOYEE) {
            return moves ? AccountWish.MOVES : left;
        }
        return moves ? AccountWish.STAYS : wish;
    }

    /** Whether the receiving region said the same; what was decided here is no part of it. */
    boolean saysTheSameAs(Terms other) {
        return wish == other.wish && instant == other.instant;
    }
}
