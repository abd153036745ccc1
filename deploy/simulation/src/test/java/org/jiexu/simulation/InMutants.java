package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.State;
import org.jiexu.wire.contract.DeadlineKind;

/** Wrong rules of the receiving region. */
final class InMutants {
    private InMutants() {}

    static Machines endsAtOnce(Machines real) {
        return real.withIn((state, input) ->
                state instanceof State.Accepted && input instanceof Input.ApplicantWithdraws(var at, var _)
                        ? new Outcome.Moved(
                                new State.Withdrawn(),
                                List.of(new Fact.LimitEnded(DeadlineKind.PROMISE), new Fact.WithdrawalRequested(at)))
                        : real.in().on(state, input));
    }

    static Machines withoutNotDue(Machines real) {
        return without(real, fact -> fact instanceof Fact.NotDue);
    }

    static Machines withoutEndOfLimit(Machines real) {
        return without(real, fact -> fact instanceof Fact.LimitEnded);
    }

    private static Machines without(Machines real, Predicate<Fact> dropped) {
        return real.withIn((state, input) -> switch (real.in().on(state, input)) {
            case Outcome.Moved(var next, var facts) ->
                new Outcome.Moved(next, facts.stream().filter(dropped.negate()).toList());
            case Outcome other -> other;
        });
    }

    static Machines completesWhenBooked(Machines real) {
        return real.withIn((state, input) -> switch (real.in().on(state, input)) {
            case Outcome.Moved(State.Booked(int version, var digest, var amount), var facts) -> {
                var more = new ArrayList<>(facts);
                more.removeIf(fact -> fact instanceof Fact.LimitStarted);
                more.add(new Fact.LimitMet(DeadlineKind.PROMISE));
                more.add(new Fact.TransferCompleted(version, amount));
                yield new Outcome.Moved(new State.Completed(version, digest, amount), more);
            }
            case Outcome other -> other;
        });
    }

    static Machines forgetsTheYear(Machines real) {
        return real.withIn((state, input) -> input instanceof Input.Confirm(int version, var at, var _)
                ? real.in().on(state, new Input.Confirm(version, at, null))
                : real.in().on(state, input));
    }

    static Machines waitsWithoutPapers(Machines real) {
        return real.withIn((state, input) -> state instanceof State.Waiting && input instanceof Input.PapersMissing
                ? new Outcome.AlreadyDone(List.of())
                : real.in().on(state, input));
    }
}
