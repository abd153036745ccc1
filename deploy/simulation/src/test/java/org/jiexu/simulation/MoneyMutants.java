package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Order;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/** Wrong rules of settlement, on both sides. */
final class MoneyMutants {
    private MoneyMutants() {}

    static Machines notHeldAgain(Machines real) {
        return real.withSending((at, state, input) -> {
            var answer = real.sending().on(at, state, input);
            return answer instanceof Outcome.Moved<SendingCase.State>(var next, var facts)
                            && input instanceof SendingCase.Input.Returned
                    ? new Outcome.Moved<>(
                            next,
                            facts.stream()
                                    .filter(fact -> !(fact instanceof Fact.Reserve))
                                    .toList())
                    : answer;
        });
    }

    static Machines creditsAgain(Machines real) {
        return real.withReceiving((state, input) -> input instanceof ReceivingCase.Input.Remitted remitted
                        && state.order() instanceof Order.Paid paid
                        && state.arrivals().containsKey(new ArrivalId(remitted.from(), remitted.n()))
                ? new Outcome.Moved<>(state, List.of(again(state, paid)))
                : real.receiving().on(state, input));
    }

    private static Fact again(ReceivingCase state, Order.Paid paid) {
        var region = state.number().receivingRegion();
        var lines = List.of(
                new Posting.Line(new AccountKey.Suspense(region), paid.amount().negated()),
                new Posting.Line(new AccountKey.Personal(region, paid.person()), paid.amount()));
        return new Fact.Post(new Posting("credit-again:" + state.number(), region, lines, Fen.ZERO, null, null));
    }

    static Machines oneFenStays(Machines real) {
        return real.withReceiving((state, input) -> switch (real.receiving().on(state, input)) {
            case Outcome.Moved<ReceivingCase>(var next, var facts) ->
                new Outcome.Moved<>(
                        next, facts.stream().map(MoneyMutants::oneFenLess).toList());
            case Outcome<ReceivingCase> other -> other;
        });
    }

    private static Fact oneFenLess(Fact fact) {
        if (!(fact instanceof Fact.Post(var posting) && posting.key().startsWith("credit:"))) {
            return fact;
        }
        var lines = posting.lines().stream()
                .map(line -> new Posting.Line(
                        line.account(),
                        line.amount().isPositive()
                                ? line.amount().minus(Fen.of(1))
                                : line.amount().plus(Fen.of(1))))
                .toList();
        return new Fact.Post(new Posting(
                posting.key(), posting.ledger(), lines, posting.fromHold(), posting.remittance(), posting.reverses()));
    }

    static Machines debtOnArrival(Machines real) {
        return real.withReceiving((state, input) -> {
            var answer = real.receiving().on(state, input);
            if (!(answer instanceof Outcome.Moved<ReceivingCase>(var next, var facts))) {
                return answer;
            }
            var changed = new ArrayList<>(facts);
            changed.removeIf(fact -> fact instanceof Fact.RecordDebt);
            if (input instanceof ReceivingCase.Input.Remitted(int n, var amount, var from, var route)
                    && route == Route.CLEARING) {
                var number = state.number();
                changed.add(
                        new Fact.RecordDebt(new RemittanceNumber(number, n), from, number.receivingRegion(), amount));
            }
            return new Outcome.Moved<>(next, changed);
        });
    }

    static Machines backThroughTransit(Machines real) {
        return real.withSending((at, state, input) -> input instanceof SendingCase.Input.Returned
                        && state instanceof SendingCase.State.Remitted s
                ? real.sending()
                        .on(at, new SendingCase.State.Remitted(s.person(), s.amount(), s.sent(), Route.TRANSIT), input)
                : real.sending().on(at, state, input));
    }

    static Machines keptForEver(Machines real) {
        return real.withSending((at, state, input) ->
                state instanceof SendingCase.State.Kept && input instanceof SendingCase.Input.ReleaseOrdered
                        ? new Outcome.Moved<>(new SendingCase.State.Released(0), List.of())
                        : real.sending().on(at, state, input));
    }

    static Machines paidOutAtOnce(Machines real) {
        return real.withSending((at, state, input) -> {
            var answer = real.sending().on(at, state, input);
            return answer
                            instanceof
                            Outcome.Moved<SendingCase.State>(SendingCase.State.Kept(var person, var amount), var facts)
                    ? new Outcome.Moved<>(
                            new SendingCase.State.PaidOut(person, amount),
                            and(facts, new Fact.Post(Posting.payOut(at.number(), at.region(), person, amount))))
                    : answer;
        });
    }

    static Machines arrivalsByNumberAlone(Machines real) {
        return real.withReceiving((state, input) -> input instanceof ReceivingCase.Input.Remitted remitted
                        && state.numbered(remitted.n()).stream()
                                .anyMatch(known -> !known.from().equals(remitted.from()))
                ? new Outcome.Conflict<>("this remittance arrived with another content")
                : real.receiving().on(state, input));
    }

    static Machines creditsWhoeverSent(Machines real) {
        return real.withReceiving((state, input) -> real.receiving()
                .on(
                        state,
                        input instanceof ReceivingCase.Input.CreditOrdered(var person, var amount, var _)
                                ? new ReceivingCase.Input.CreditOrdered(person, amount, null)
                                : input));
    }

    private static List<Fact> and(List<Fact> facts, Fact more) {
        var all = new ArrayList<>(facts);
        all.add(more);
        return all;
    }
}
