package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.Outcome.Moved;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.SendingCase.State;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/**
 * Another maker's settlement that remits by hand: the first remittance of a case is one fen short (R3.2). The fen stays
 * held; when the money has come back, the whole is held again.
 */
final class CarelessSettlement implements Machines.Sending {
    private static final Fen ONE = Fen.of(1);

    private final Machines.Sending table;
    private final Rows<CaseNumber, Fen> keptBack;

    CarelessSettlement(Machines.Sending table, Undo undo) {
        this.table = table;
        keptBack = new Rows<>(undo);
    }

    long keptBack(CaseNumber number) {
        return keptBack.getOrDefault(number, Fen.ZERO).value();
    }

    @Override
    public Outcome<State> on(SendingCase.Subject at, State before, SendingCase.Input input) {
        var answer = table.on(at, before, said(at.number(), before, input));
        if (!(answer instanceof Moved<State>(var next, var facts))) {
            return answer;
        }
        boolean kept = keptBack(at.number()) > 0;
        return switch (next) {
            case State.Remitted s when s.sent() == 1 && s.amount().value() > 1 -> oneFenShort(at, s);
            case State.Held s
            when kept && input instanceof SendingCase.Input.Returned -> {
                keptBack.put(at.number(), Fen.ZERO);
                yield new Moved<>(new State.Held(s.person(), s.amount().plus(ONE), s.sent()), facts);
            }
            case State.Settled s when kept -> freed(at, s, s.person(), facts);
            case State.Home s when kept -> freed(at, s, s.person(), facts);
            default -> answer;
        };
    }

    /** The order that this settlement has carried out short is, told again, the same order. */
    private SendingCase.Input said(CaseNumber number, State before, SendingCase.Input input) {
        return input instanceof SendingCase.Input.RemitOrdered order
                        && before instanceof State.Remitted sent
                        && order.n() == sent.sent()
                        && keptBack(number) > 0
                ? new SendingCase.Input.RemitOrdered(order.n(), order.amount().minus(ONE), order.route())
                : input;
    }

    private Outcome<State> oneFenShort(SendingCase.Subject at, State.Remitted s) {
        var less = s.amount().minus(ONE);
        var receiving = at.number().receivingRegion();
        var rn = new RemittanceNumber(at.number(), s.sent());
        keptBack.put(at.number(), ONE);
        return new Moved<>(
                new State.Remitted(s.person(), less, s.sent(), s.route()),
                List.of(
                        new Fact.Post(Posting.remit(s.route(), rn, at.region(), receiving, s.person(), less)),
                        new Fact.Tell(
                                receiving,
                                new BalanceRemittedV1(
                                        rn, less, at.region(), s.route() == Route.CLEARING ? true : null))));
    }

    private Outcome<State> freed(SendingCase.Subject at, State next, PersonId person, List<Fact> facts) {
        keptBack.put(at.number(), Fen.ZERO);
        var all = new ArrayList<>(facts);
        all.add(new Fact.Release(new AccountKey.Personal(at.region(), person), ONE));
        return new Moved<>(next, all);
    }
}
