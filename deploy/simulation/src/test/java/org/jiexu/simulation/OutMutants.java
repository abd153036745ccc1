package org.jiexu.simulation;

import java.util.function.UnaryOperator;
import org.jiexu.transferout.domain.DeclineReasons;
import org.jiexu.transferout.domain.Fact;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome;
import org.jiexu.transferout.domain.State;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/** Wrong rules of the old region. */
final class OutMutants {
    private OutMutants() {}

    static Machines withoutRelease(Machines real) {
        return changed(real, fact -> fact instanceof Fact.ReleaseOrdered ? null : fact);
    }

    static Machines withoutRemit(Machines real) {
        return changed(real, fact -> fact instanceof Fact.RemitOrdered ? null : fact);
    }

    static Machines oneFenShortSheet(Machines real) {
        return changed(
                real,
                fact -> fact instanceof Fact.SheetIssued(int version, var amount, int rn) && amount.isPositive()
                        ? new Fact.SheetIssued(version, amount.minus(Fen.of(1)), rn)
                        : fact);
    }

    static Machines issuesWhatCannotTravel(Machines real) {
        return real.withOut((state, input) -> input instanceof Input.Decline(var reasons)
                        && reasons.contains(DeclineReasons.SHEET_TOO_LARGE)
                        && state instanceof State.Held
                ? real.out().on(state, new Input.Issue())
                : real.out().on(state, input));
    }

    private static Machines changed(Machines real, UnaryOperator<@Nullable Fact> change) {
        return real.withOut((state, input) -> switch (real.out().on(state, input)) {
            case Outcome.Moved(var next, var facts) ->
                new Outcome.Moved(
                        next,
                        facts.stream()
                                .<Fact>mapMulti((fact, into) -> {
                                    var changed = change.apply(fact);
                                    if (changed != null) {
                                        into.accept(changed);
                                    }
                                })
                                .toList());
            case Outcome other -> other;
        });
    }

    static Machines withoutTombstone(Machines real) {
        return real.withOut((state, input) -> state instanceof State.Withdrawn && input instanceof Input.Accepted
                ? real.out().on(new State.NoCase(), input)
                : real.out().on(state, input));
    }
}
