package org.jiexu.transferout;

import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.Outcome;

/** How the table's answers to staff look at the door. */
final class Wishes {
    private Wishes() {}

    /** Returns when the wish is, or already was, done; throws the problem that says why not. */
    static void answer(Outcome outcome) {
        switch (outcome) {
            case Outcome.Moved _, Outcome.AlreadyDone _, Outcome.Noted _ -> {}
            case Outcome.Conflict conflict ->
                throw Problem.conflict(
                        conflict.obstacle().name(), conflict.obstacle().words() + "。");
            case Outcome.Rejected rejected -> throw new IllegalStateException(rejected.why());
            case Outcome.NoSuchCase _ -> throw Problem.notFound();
        }
    }
}
