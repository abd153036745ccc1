package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.domain.Notation.amount;
import static org.jiexu.settlement.domain.Notation.group;
import static org.jiexu.settlement.domain.Notation.match;
import static org.jiexu.settlement.domain.Notation.number;

import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.SendingCase.Input;
import org.jiexu.settlement.domain.SendingCase.State;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendingCaseTest {
    private static final SendingCase.Subject AT = new SendingCase.Subject(Notation.A, Notation.NUMBER);
    private static final String MONEY = "([0-9]+\\.[0-9]{2})";

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsTheTableSays(Notation.Row row) {
        var outcome = SendingCase.on(AT, state(row.state()), input(row.input()));

        assertThat(answer(outcome)).isEqualTo(row.answer());
        assertThat(facts(outcome)).isEqualTo(row.facts());
    }

    @Test
    void theTableHasEveryPairOfStateAndInput() {
        var pairs = rows().stream()
                .map(row -> state(row.state()).getClass().getSimpleName() + " × "
                        + input(row.input()).getClass().getSimpleName())
                .collect(Collectors.toSet());

        assertThat(pairs)
                .hasSize(State.class.getPermittedSubclasses().length * Input.class.getPermittedSubclasses().length);
    }

    static List<Notation.Row> rows() {
        return Notation.rows("protocol-settlement-sending.md");
    }

    private static State state(String text) {
        var m = match("([A-Z_]+)(?:\\((?:" + MONEY + "(?:, )?)?([0-9]+)?(, advance)?\\))?", text);
        return switch (group(m, 1)) {
            case "NONE" -> new State.None();
            case "EMPTY" -> new State.Empty();
            case "REFUSED" -> new State.Refused(number(m, 3));
            case "HELD" -> new State.Held(Notation.PERSON, amount(m, 2), number(m, 3));
            case "KEPT" -> new State.Kept(Notation.PERSON, amount(m, 2));
            case "PAID_OUT" -> new State.PaidOut(Notation.PERSON, amount(m, 2));
            case "REMITTED" ->
                new State.Remitted(
                        Notation.PERSON,
                        amount(m, 2),
                        number(m, 3),
                        Route.ofAdvance(!group(m, 4).isEmpty()));
            case "SETTLED" -> new State.Settled(Notation.PERSON, amount(m, 2), number(m, 3));
            case "RELEASED" -> new State.Released(number(m, 3));
            case "HOME" -> new State.Home(Notation.PERSON, amount(m, 2), number(m, 3));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Input input(String text) {
        var m = match("([a-z-]+)(?:\\(([0-9]+)(?:, " + MONEY + ")?(?:, (open|over|advance))?\\))?(?: (.*))?", text);
        return switch (group(m, 1)) {
            case "hold-requested" ->
                new Input.HoldRequested(number(m, 2), Notation.PERSON, standing(group(m, 5)), wish(group(m, 5)));
            case "release-ordered" -> new Input.ReleaseOrdered();
            case "remit-ordered" ->
                new Input.RemitOrdered(
                        number(m, 2), amount(m, 3), Route.ofAdvance(group(m, 4).equals("advance")));
            case "credited" -> new Input.Credited(number(m, 2), amount(m, 3));
            case "returned" ->
                new Input.Returned(number(m, 2), amount(m, 3), group(m, 4).equals("open"));
            case "pay-out-ordered" ->
                new Input.PayOutOrdered(
                        group(m, 5).equals("to another person") ? new PersonId("P000000000002") : Notation.PERSON,
                        group(m, 5).equals("while stopped"));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Standing standing(String text) {
        return switch (text.split(",", -1)[0]) {
            case "of 100.00 free" -> new Standing.Free(Fen.parse("100.00"));
            case "of nothing" -> new Standing.Nothing();
            case "not possible" -> new Standing.NotPossible(new Stop(Stop.Kind.FROZEN, "").reason());
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static AccountWish wish(String text) {
        return text.endsWith(", stays")
                ? AccountWish.STAYS
                : text.endsWith(", paid out") ? AccountWish.PAID_OUT : AccountWish.MOVES;
    }

    private static String answer(Outcome<State> outcome) {
        return switch (outcome) {
            case Outcome.Moved(var next, var _) -> "→ " + write(next);
            case Outcome.AlreadyDone<State> _ -> "=";
            case Outcome.Rejected<State> _ -> "✗";
            case Outcome.Conflict<State> _ -> "conflict";
        };
    }

    private static String facts(Outcome<State> outcome) {
        return outcome instanceof Outcome.Moved(var _, var facts) ? Notation.write(facts) : "";
    }

    private static String write(State state) {
        return switch (state) {
            case State.None _ -> "NONE";
            case State.Empty _ -> "EMPTY";
            case State.Refused s -> "REFUSED(" + s.attempt() + ")";
            case State.Held s -> "HELD(" + s.amount() + ", " + s.sent() + ")";
            case State.Kept s -> "KEPT(" + s.amount() + ")";
            case State.PaidOut s -> "PAID_OUT(" + s.amount() + ")";
            case State.Remitted s ->
                "REMITTED(" + s.amount() + ", " + s.sent() + (s.route() == Route.CLEARING ? ", advance)" : ")");
            case State.Settled s -> "SETTLED(" + s.amount() + ", " + s.sent() + ")";
            case State.Released s -> "RELEASED(" + s.sent() + ")";
            case State.Home s -> "HOME(" + s.amount() + ", " + s.sent() + ")";
        };
    }
}
