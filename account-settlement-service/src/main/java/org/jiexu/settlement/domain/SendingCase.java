package org.jiexu.settlement.domain;

import java.util.List;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.Outcome.AlreadyDone;
import org.jiexu.settlement.domain.Outcome.Conflict;
import org.jiexu.settlement.domain.Outcome.Moved;
import org.jiexu.settlement.domain.Outcome.Rejected;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.PaidOutV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;

/**
 * 转出资金 — one case's money in the old region (SA, protocol.md §4). It is held before the sheet states it, leaves when
 * the sheet leaves, is settled when the receiving region has credited it, and comes home when it is sent back. What is to
 * be paid out to the person is kept until the case is completed (R11.4). A case that ends before money moved leaves a
 * tombstone, so that a late order finds it.
 */
public final class SendingCase {
    private SendingCase() {}

    /** Which case, seen from which region. */
    public record Subject(RegionCode region, CaseNumber number) {
        RegionCode receiving() {
            return number.receivingRegion();
        }

        RemittanceNumber remittance(int n) {
            return new RemittanceNumber(number, n);
        }
    }

    /** {@code sent} is the running number of the last remittance, 0 before the first. */
    public sealed interface State {
        /** 无 — nothing known of this case. */
        record None() implements State {}

        /** 无余额 — nothing to move, nothing reserved. */
        record Empty() implements State {}

        /** 未能冻结 — attempt {@code attempt} found the account not possible to hold. */
        record Refused(int attempt) implements State {}

        /** 已冻结 — this amount is reserved, and will be the sheet's amount. */
        record Held(PersonId person, Fen amount, int sent) implements State {}

        /** 待提取 — this amount is reserved and will be paid out to the person; the sheet states 0.00. */
        record Kept(PersonId person, Fen amount) implements State {}

        /** 已提取 — paid out to the person. */
        record PaidOut(PersonId person, Fen amount) implements State {}

        /** 已划转 — left the personal account under remittance number {@code sent}, on that route. */
        record Remitted(PersonId person, Fen amount, int sent, Route route) implements State {}

        /** 已到账 — credited in the receiving region. */
        record Settled(PersonId person, Fen amount, int sent) implements State {}

        /** 已解除 — the case ended before money moved, or after it had come back. */
        record Released(int sent) implements State {}

        /** 已退回 — the money is back on the personal account and the case is over. */
        record Home(PersonId person, Fen amount, int sent) implements State {}
    }

    public sealed interface Input {
        record HoldRequested(int attempt, PersonId person, Standing standing, AccountWish wish) implements Input {
            /** A hold of a balance that moves. */
            public HoldRequested(int attempt, PersonId person, Standing standing) {
                this(attempt, person, standing, AccountWish.MOVES);
            }
        }

        record ReleaseOrdered() implements Input {}

        record RemitOrdered(int n, Fen amount, Route route) implements Input {
            /** Money that really travels. */
            public RemitOrdered(int n, Fen amount) {
                this(n, amount, Route.TRANSIT);
            }
        }

        record Credited(int n, Fen amount) implements Input {}

        record Returned(int n, Fen amount, boolean caseOpen) implements Input {}

        /** {@code stopped}: nothing may leave the account now. */
        record PayOutOrdered(PersonId person, boolean stopped) implements Input {}
    }

    private record Cell(State state, Input input) {}

    /** The table of protocol.md §4, a row at a time. */
    public static Outcome<State> on(Subject at, State state, Input input) {
        return switch (new Cell(state, input)) {
            case Cell(State.None _, Input.HoldRequested i) -> hold(at, i);
            case Cell(State.None _, Input.ReleaseOrdered _) -> moved(new State.Released(0));
            case Cell(State.None _, Input.RemitOrdered _) -> rejected("nothing is held for this case");
            case Cell(State.None _, Input.Credited _) -> rejected("nothing was remitted for this case");
            case Cell(State.None _, Input.Returned _) -> rejected("nothing was remitted for this case");
            case Cell(State.None _, Input.PayOutOrdered _) -> rejected("nothing is kept for this case");

            case Cell(State.Empty _, Input.HoldRequested _) -> same();
            case Cell(State.Empty _, Input.ReleaseOrdered _) -> moved(new State.Released(0));
            case Cell(State.Empty _, Input.RemitOrdered _) -> rejected("there is no balance to remit");
            case Cell(State.Empty _, Input.Credited _) -> rejected("nothing was remitted for this case");
            case Cell(State.Empty _, Input.Returned _) -> rejected("nothing was remitted for this case");
            case Cell(State.Empty _, Input.PayOutOrdered _) -> same(); // there was nothing to pay out

            case Cell(State.Refused s, Input.HoldRequested i) -> i.attempt() > s.attempt() ? hold(at, i) : same();
            case Cell(State.Refused _, Input.ReleaseOrdered _) -> moved(new State.Released(0));
            case Cell(State.Refused _, Input.RemitOrdered _) -> rejected("nothing is held for this case");
            case Cell(State.Refused _, Input.Credited _) -> rejected("nothing was remitted for this case");
            case Cell(State.Refused _, Input.Returned _) -> rejected("nothing was remitted for this case");
            case Cell(State.Refused _, Input.PayOutOrdered _) -> rejected("nothing is kept for this case");

            case Cell(State.Kept _, Input.HoldRequested _) -> same();
            case Cell(State.Kept s, Input.ReleaseOrdered _) -> release(at, 0, s.person(), s.amount());
            case Cell(State.Kept _, Input.RemitOrdered _) -> rejected("the balance does not move");
            case Cell(State.Kept _, Input.Credited _) -> rejected("nothing was remitted for this case");
            case Cell(State.Kept _, Input.Returned _) -> rejected("nothing was remitted for this case");
            case Cell(State.Kept s, Input.PayOutOrdered i) -> payOut(at, s, i);

            case Cell(State.PaidOut _, Input.HoldRequested _) -> same();
            case Cell(State.PaidOut _, Input.ReleaseOrdered _) -> rejected("the money was paid out");
            case Cell(State.PaidOut _, Input.RemitOrdered _) -> rejected("the money was paid out");
            case Cell(State.PaidOut _, Input.Credited _) -> rejected("nothing was remitted for this case");
            case Cell(State.PaidOut _, Input.Returned _) -> rejected("nothing was remitted for this case");
            case Cell(State.PaidOut _, Input.PayOutOrdered _) -> same();

            case Cell(State.Held _, Input.HoldRequested _) -> same();
            case Cell(State.Held s, Input.ReleaseOrdered _) -> release(at, s.sent(), s.person(), s.amount());
            case Cell(State.Held s, Input.RemitOrdered i) -> remit(at, s, i);
            case Cell(State.Held _, Input.Credited _) -> rejected("what is held cannot have been credited");
            case Cell(State.Held s, Input.Returned i) ->
                i.n() <= s.sent() ? same() : rejected("this remittance has not left yet");
            case Cell(State.Held _, Input.PayOutOrdered _) -> rejected("the balance moves");

            case Cell(State.Remitted _, Input.HoldRequested _) -> same();
            case Cell(State.Remitted _, Input.ReleaseOrdered _) -> rejected("the money has left");
            case Cell(State.Remitted s, Input.RemitOrdered i) -> remitAgain(s, i);
            case Cell(State.Remitted s, Input.Credited i) -> settle(s, i);
            case Cell(State.Remitted s, Input.Returned i) -> takeBack(at, s, i);
            case Cell(State.Remitted _, Input.PayOutOrdered _) -> rejected("the balance moves");

            case Cell(State.Settled _, Input.HoldRequested _) -> same();
            case Cell(State.Settled _, Input.ReleaseOrdered _) -> rejected("the money was credited");
            case Cell(State.Settled _, Input.RemitOrdered _) -> same();
            case Cell(State.Settled _, Input.Credited _) -> same();
            case Cell(State.Settled s, Input.Returned i) ->
                i.n() < s.sent() ? same() : rejected("the money was credited");
            case Cell(State.Settled _, Input.PayOutOrdered _) -> rejected("the balance has moved");

            case Cell(State.Released _, Input.HoldRequested _) -> same();
            case Cell(State.Released _, Input.ReleaseOrdered _) -> same();
            case Cell(State.Released s, Input.RemitOrdered i) -> remitAfterEnd(s.sent(), i);
            case Cell(State.Released _, Input.Credited _) -> rejected("the case ended without money");
            case Cell(State.Released _, Input.Returned _) -> same();
            case Cell(State.Released _, Input.PayOutOrdered _) -> rejected("the case ended without money");

            case Cell(State.Home _, Input.HoldRequested _) -> same();
            case Cell(State.Home _, Input.ReleaseOrdered _) -> same();
            case Cell(State.Home s, Input.RemitOrdered i) -> remitAfterEnd(s.sent(), i);
            case Cell(State.Home _, Input.Credited _) -> rejected("the money came back");
            case Cell(State.Home _, Input.Returned _) -> same();
            case Cell(State.Home _, Input.PayOutOrdered _) -> rejected("the balance was to move");
        };
    }

    /** R2.10: what stays is not touched; what moves or is paid out is reserved, all that is free. */
    private static Outcome<State> hold(Subject at, Input.HoldRequested i) {
        return switch (i.wish()) {
            // 43号 Art. 8: the whole balance moves with the relationship.
            case MOVES -> reserve(at, i);
            case PAID_OUT -> reserve(at, i);
            case STAYS -> nothing(at, i);
        };
    }

    private static Outcome<State> reserve(Subject at, Input.HoldRequested i) {
        return switch (i.standing()) {
            case Standing.Free(Fen amount) -> {
                boolean moves = i.wish() == AccountWish.MOVES;
                yield moved(
                        moves ? new State.Held(i.person(), amount, 0) : new State.Kept(i.person(), amount),
                        new Fact.Reserve(new AccountKey.Personal(at.region(), i.person()), amount),
                        // Only what moves may stand on the sheet.
                        new Fact.Tell(at.region(), new HeldV1(i.attempt(), moves ? amount : Fen.ZERO)));
            }
            case Standing.Nothing _ -> nothing(at, i);
            case Standing.NotPossible(var reason) ->
                moved(
                        new State.Refused(i.attempt()),
                        new Fact.Tell(at.region(), new HoldRefusedV1(i.attempt(), reason)));
        };
    }

    private static Outcome<State> nothing(Subject at, Input.HoldRequested i) {
        return moved(new State.Empty(), new Fact.Tell(at.region(), new HeldV1(i.attempt(), Fen.ZERO)));
    }

    private static Outcome<State> release(Subject at, int sent, PersonId person, Fen amount) {
        return moved(new State.Released(sent), new Fact.Release(new AccountKey.Personal(at.region(), person), amount));
    }

    private static Outcome<State> payOut(Subject at, State.Kept s, Input.PayOutOrdered i) {
        if (!i.person().equals(s.person())) {
            return conflict("kept for another person than it is to be paid out to");
        }
        // House rule: a stop made after the hold keeps the money from the person; it is paid out when the stop ends.
        return i.stopped()
                ? rejected("the account is stopped")
                : moved(
                        new State.PaidOut(s.person(), s.amount()),
                        new Fact.Post(Posting.payOut(at.number(), at.region(), s.person(), s.amount())),
                        new Fact.Tell(at.region(), new PaidOutV1(s.amount())));
    }

    private static Outcome<State> remit(Subject at, State.Held s, Input.RemitOrdered i) {
        if (i.n() <= s.sent()) {
            return same(); // the order of a remittance that has come back, told again
        }
        if (i.n() != s.sent() + 1 || !i.amount().equals(s.amount())) {
            return rejected("not the next remittance of the held amount");
        }
        var rn = at.remittance(i.n());
        return moved(
                new State.Remitted(s.person(), s.amount(), i.n(), i.route()),
                new Fact.Post(Posting.remit(i.route(), rn, at.region(), at.receiving(), s.person(), s.amount())),
                new Fact.Tell(at.receiving(), said(rn, s.amount(), at.region(), i.route())));
    }

    private static BalanceRemittedV1 said(RemittanceNumber rn, Fen amount, RegionCode from, Route route) {
        return switch (route) {
            case TRANSIT -> new BalanceRemittedV1(rn, amount, from);
            case CLEARING -> new BalanceRemittedV1(rn, amount, from, true);
            case BANK -> throw new IllegalArgumentException("a region of the platform does not pay by the bank");
        };
    }

    private static Outcome<State> remitAgain(State.Remitted s, Input.RemitOrdered i) {
        if (i.n() == s.sent() && !(i.amount().equals(s.amount()) && i.route() == s.route())) {
            return conflict("this remittance was ordered with another amount or on another route");
        }
        return i.n() <= s.sent() ? same() : rejected("the remittance before this one has not come back");
    }

    private static Outcome<State> settle(State.Remitted s, Input.Credited i) {
        if (i.n() != s.sent()) {
            return rejected("not the remittance that is on its way");
        }
        return i.amount().equals(s.amount())
                ? moved(new State.Settled(s.person(), s.amount(), s.sent()))
                : conflict("credited with another amount than was remitted");
    }

    private static Outcome<State> takeBack(Subject at, State.Remitted s, Input.Returned i) {
        if (i.n() != s.sent()) {
            return i.n() < s.sent() ? same() : rejected("this remittance has not left yet");
        }
        if (!i.amount().equals(s.amount())) {
            return conflict("returned with another amount than was remitted");
        }
        var home = new Fact.Post(
                Posting.home(s.route(), at.remittance(i.n()), at.region(), at.receiving(), s.person(), s.amount()));
        return i.caseOpen()
                ? moved(
                        new State.Held(s.person(), s.amount(), s.sent()),
                        home,
                        new Fact.Reserve(new AccountKey.Personal(at.region(), s.person()), s.amount()))
                : moved(new State.Home(s.person(), s.amount(), s.sent()), home);
    }

    /** An order that was carried out once and is told again moves nothing; a new one is impossible after the end. */
    private static Outcome<State> remitAfterEnd(int sent, Input.RemitOrdered i) {
        return i.n() <= sent ? same() : rejected("the case has ended here");
    }

    private static Outcome<State> moved(State next, Fact... facts) {
        return new Moved<>(next, List.of(facts));
    }

    private static Outcome<State> same() {
        return new AlreadyDone<>();
    }

    private static Outcome<State> rejected(String reason) {
        return new Rejected<>(reason);
    }

    private static Outcome<State> conflict(String reason) {
        return new Conflict<>(reason);
    }
}
