package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.domain.Notation.amount;
import static org.jiexu.settlement.domain.Notation.group;
import static org.jiexu.settlement.domain.Notation.match;
import static org.jiexu.settlement.domain.Notation.number;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.settlement.domain.ReceivingCase.Input;
import org.jiexu.settlement.domain.ReceivingCase.Order;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceivingCaseTest {
    private static final String MONEY = "([0-9]+\\.[0-9]{2})";

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsTheTableSays(Notation.Row row) {
        var outcome = receivingCase(row.state()).on(input(row.input()));

        assertThat(answer(outcome)).isEqualTo(row.answer());
        assertThat(outcome instanceof Outcome.Moved(var _, var facts) ? Notation.write(facts) : "")
                .isEqualTo(row.facts());
    }

    @Test
    void theTableHasEveryPairOfOrderAndInput() {
        var pairs = rows().stream()
                .map(row -> receivingCase(row.state()).order().getClass().getSimpleName() + " × "
                        + input(row.input()).getClass().getSimpleName())
                .collect(Collectors.toSet());

        assertThat(pairs)
                .hasSize(Order.class.getPermittedSubclasses().length * Input.class.getPermittedSubclasses().length);
    }

    static List<Notation.Row> rows() {
        return Notation.rows("protocol-settlement-receiving.md");
    }

    private static ReceivingCase receivingCase(String text) {
        var parts = text.split("; ", -1);
        var m = match("([A-Z_]+)(?:\\((.*)\\))?", parts[0]);
        var arrivals = new TreeMap<Integer, Arrival>();
        for (int i = 1; i < parts.length; i++) {
            var arrival = arrival(parts[i]);
            arrivals.put(arrival.n(), arrival);
        }
        var order = switch (group(m, 1)) {
            case "NONE" -> new Order.None();
            case "DUE" -> new Order.Due(Notation.PERSON, amount(m, 2));
            case "NOT_DUE" -> new Order.NotDue(NotDueReason.valueOf(group(m, 2)));
            case "PAID" -> new Order.Paid(Notation.PERSON, amount(m, 2));
            default -> throw new IllegalArgumentException(text);
        };
        return new ReceivingCase(Notation.NUMBER, order, arrivals);
    }

    private static Arrival arrival(String text) {
        var m = match("([0-9]+) ([A-Z_]+)(?:\\((.*)\\))? (advance |bank )?" + MONEY, text);
        var place = switch (group(m, 2)) {
            case "HERE" -> new Place.Here();
            case "CREDITED" -> new Place.Credited();
            case "SUSPENDED" -> new Place.Suspended(SuspenseReason.valueOf(group(m, 3)));
            case "MATCHED" -> new Place.Matched(Notation.OTHER);
            case "SENT_BACK" -> new Place.SentBack();
            default -> throw new IllegalArgumentException(text);
        };
        var route = route(group(m, 4).strip());
        return new Arrival(number(m, 1), Notation.A, amount(m, 5), route, place);
    }

    private static Input input(String text) {
        var m = match(
                "([a-z-]+)\\((?:([0-9]+)(?:, |(?=\\))))?" + MONEY + "?(?:, (advance|bank))?(?:(Y|itself)|([A-Z_]+))?\\)"
                        + "( from another region| of another person)?",
                text);
        return switch (group(m, 1)) {
            case "remitted" ->
                new Input.Remitted(
                        number(m, 2),
                        amount(m, 3),
                        group(m, 7).isEmpty() ? Notation.A : Notation.C,
                        route(group(m, 4)));
            case "match-to" ->
                new Input.MatchTo(
                        number(m, 2), group(m, 5).equals("Y") ? Notation.OTHER : Notation.NUMBER, person(group(m, 7)));
            case "paid-by" ->
                new Input.PaidBy(new RemittanceNumber(Notation.OTHER, number(m, 2)), amount(m, 3), person(group(m, 7)));
            case "credit-ordered" -> new Input.CreditOrdered(Notation.PERSON, amount(m, 3));
            case "not-due" -> new Input.NotDue(NotDueReason.valueOf(group(m, 6)));
            case "send-back" -> new Input.SendBack(number(m, 2));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Route route(String text) {
        return switch (text) {
            case "" -> Route.TRANSIT;
            case "advance" -> Route.CLEARING;
            case "bank" -> Route.BANK;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static PersonId person(String text) {
        return text.isEmpty() ? Notation.PERSON : new PersonId("P000000000002");
    }

    private static String answer(Outcome<ReceivingCase> outcome) {
        return switch (outcome) {
            case Outcome.Moved(var next, var _) -> "→ " + write(next);
            case Outcome.AlreadyDone<ReceivingCase> _ -> "=";
            case Outcome.Rejected<ReceivingCase> _ -> "✗";
            case Outcome.Conflict<ReceivingCase> _ -> "conflict";
        };
    }

    private static String write(ReceivingCase c) {
        var text = new StringBuilder(
                switch (c.order()) {
                    case Order.None _ -> "NONE";
                    case Order.Due o -> "DUE(" + o.amount() + ")";
                    case Order.NotDue o -> "NOT_DUE(" + o.reason() + ")";
                    case Order.Paid o -> "PAID(" + o.amount() + ")";
                });
        for (var arrival : c.arrivals().values()) {
            text.append("; ").append(arrival.n()).append(' ');
            text.append(
                    switch (arrival.place()) {
                        case Place.Here _ -> "HERE";
                        case Place.Credited _ -> "CREDITED";
                        case Place.Suspended(var reason) -> "SUSPENDED(" + reason + ")";
                        case Place.Matched(var to) -> to.equals(Notation.OTHER) ? "MATCHED" : "MATCHED to nowhere";
                        case Place.SentBack _ -> "SENT_BACK";
                    });
            text.append(
                    switch (arrival.route()) {
                        case TRANSIT -> " ";
                        case CLEARING -> " advance ";
                        case BANK -> " bank ";
                    });
            text.append(arrival.amount());
        }
        return text.toString();
    }
}
