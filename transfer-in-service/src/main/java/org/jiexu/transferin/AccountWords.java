package org.jiexu.transferin;

import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.State;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/** 账户去向 — where the account is that does not move with its relationship, and how the person gets it (R2.10). */
final class AccountWords {
    private AccountWords() {}

    /** Null where the money moves, where there never was an account, and where nothing is transferred. The amount is the old region's. */
    static @Nullable String of(CaseFile file) {
        var application = file.application();
        if (application.fromScheme() != Scheme.EMPLOYEE || !goesThrough(file.state())) {
            return null;
        }
        return switch (application.wishes().account()) {
            case MOVES -> null;
            case PAID_OUT -> "个人账户余额不随同划转，办结后由转出地支付给本人，支付情况另行告知，也可以向转出地经办机构查询。";
            case STAYS ->
                application.toScheme() == Scheme.EMPLOYEE
                        ? "个人账户余额保留在转出地，不随同划转；办结后可以再次申请将余额转入，能否提取按转出地规定，请向转出地经办机构查询。"
                        : "个人账户余额保留在转出地，不随同划转；能否提取按转出地规定，请向转出地经办机构查询。";
        };
    }

    private static boolean goesThrough(State.Case state) {
        return switch (state) {
            case State.Accepted _,
                    State.Withdrawing _,
                    State.Received _,
                    State.Returned _,
                    State.YearRunning _,
                    State.Booked _,
                    State.Completed _ -> true;
            case State.Submitted _,
                    State.Incomplete _,
                    State.Waiting _,
                    State.Refused _,
                    State.Withdrawn _,
                    State.Declined _ -> false;
        };
    }
}
