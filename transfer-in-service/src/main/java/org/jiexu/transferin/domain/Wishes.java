package org.jiexu.transferin.domain;

import static org.jiexu.wire.vocabulary.AccountWish.MOVES;
import static org.jiexu.wire.vocabulary.AccountWish.PAID_OUT;
import static org.jiexu.wire.vocabulary.AccountWish.STAYS;

import java.util.List;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Scheme;

/**
 * 申请意愿 — what the applicant wishes beside the move itself.
 *
 * @param account 个人账户去向 (R2.10, R11.4)
 * @param oneStop 一站式联办: what can be mended on-line shall be mended, and the application waits for it (R2.8)
 */
public record Wishes(AccountWish account, boolean oneStop) {

    /** R2.10: an account that cannot move along is paid out or stays, and the applicant is asked; silence is no answer. */
    public static boolean isAsked(Scheme from, Scheme to) {
        return from == Scheme.EMPLOYEE && to == Scheme.RESIDENT;
    }

    /** What an applicant who says nothing wishes, where nothing has to be said. */
    public static Wishes standard(Scheme from, Scheme to) {
        return new Wishes(allowed(from, to).getFirst(), false);
    }

    /** Protocol §1: what may become of the account, the rule first. Only the employee scheme has one (R11.4). */
    public static List<AccountWish> allowed(Scheme from, Scheme to) {
        return switch (from) {
            case EMPLOYEE ->
                switch (to) {
                    case EMPLOYEE -> List.of(MOVES, STAYS, PAID_OUT);
                    case RESIDENT -> List.of(PAID_OUT, STAYS);
                };
            case RESIDENT -> List.of(STAYS);
        };
    }
}
