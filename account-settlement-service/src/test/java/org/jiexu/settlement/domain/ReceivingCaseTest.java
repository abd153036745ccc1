package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.domain.Notation.amount;
import static org.jiexu.settlement.domain.Notation.group;
import static org.jiexu.settlement.domain.Notation.match;

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
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
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
        var m = match("([A-Z_]+)(?:\\(([^,]*)(, any)?\\))?", parts[0]);
        var from = group(m, 3).isEmpty() ? Notation.A : null;
        var arrivals = new TreeMap<ArrivalId, Arrival>();
        for (int i = 1; i < parts.length; i++) {
            var arrival = arrival(parts[i]);
            arrivals.put(arrival.id(), arrival);
        }
        var order = switch (group(m, 1)) {
            case "NONE" -> new Order.None();
            case "DUE" -> new Order.Due(Notation.PERSON, amount(m, 2), from);
            case "NOT_DUE" -> notDue(group(m, 2), from);
            case "PAID" -> new Order.Paid(Notation.PERSON, amount(m, 2), from);
            default -> throw new IllegalArgumentException(text);
        };
        return new ReceivingCase(Notation.NUMBER, order, arrivals);
    }

    private static Arrival arrival(String text) {
        var m = match("(C?[0-9]+) ([A-Z_]+)(?:\\((.*)\\))? (advance |bank )?" + MONEY, text);
        var id = id(group(m, 1));
        var place = switch (group(m, 2)) {
            case "HERE" -> new Place.Here();
            case "CREDITED" -> new Place.Credited();
            case "SUSPENDED" -> new Place.Suspended(SuspenseReason.valueOf(group(m, 3)));
            case "MATCHED" -> new Place.Matched(Notation.OTHER);
            case "SENT_BACK" -> new Place.SentBack();
            default -> throw new IllegalArgumentException(text);
        };
        var route = route(group(m, 4).strip());
        return new Arrival(id.n(), id.from(), amount(m, 5), route, place);
    }

    /** {@code 1} came from A, {@code C1} from C. */
    private static ArrivalId id(String text) {
        return text.startsWith("C")
                ? new ArrivalId(Notation.C, Integer.parseInt(text.substring(1)))
                : new ArrivalId(Notation.A, Integer.parseInt(text));
    }

    /** Where there is no such case, no old region is known either. */
    private static Order.NotDue notDue(String reason, @Nullable RegionCode from) {
        var why = NotDueReason.valueOf(reason);
        return new Order.NotDue(why, why == NotDueReason.NO_SUCH_CASE ? null : from);
    }

    private static Input input(String text) {
        var m = match(
                "([a-z-]+)\\((?:(C?[0-9]+)(?:, |(?=\\))))?" + MONEY
                        + "?(?:, (advance|bank))?(?:(Y|itself)|([A-Z_]+))?(?:, (any|C))?\\)"
                        + "( of another person)?",
                text);
        var from = switch (group(m, 7)) {
            case "any" -> null;
            case "C" -> Notation.C;
            default -> Notation.A;
        };
        return switch (group(m, 1)) {
            case "remitted" -> {
                var id = id(group(m, 2));
                yield new Input.Remitted(id.n(), amount(m, 3), id.from(), route(group(m, 4)));
            }
            case "match-to" ->
                new Input.MatchTo(
                        id(group(m, 2)),
                        group(m, 5).equals("Y") ? Notation.OTHER : Notation.NUMBER,
                        person(group(m, 8)));
            case "paid-by" -> {
                var id = id(group(m, 2));
                var rn = new RemittanceNumber(Notation.OTHER, id.n());
                yield new Input.PaidBy(rn, id.from(), amount(m, 3), person(group(m, 8)));
            }
            case "credit-ordered" -> new Input.CreditOrdered(Notation.PERSON, amount(m, 3), from);
            case "not-due" -> {
                var order = notDue(group(m, 6), from);
                yield new Input.NotDue(order.reason(), order.from());
            }
            case "send-back" -> new Input.SendBack(id(group(m, 2)));
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
                    case Order.Due o -> "DUE(" + o.amount() + any(o) + ")";
                    case Order.NotDue o ->
                        "NOT_DUE(" + o.reason() + (o.reason() == NotDueReason.NO_SUCH_CASE ? "" : any(o)) + ")";
                    case Order.Paid o -> "PAID(" + o.amount() + any(o) + ")";
                });
        for (var arrival : c.arrivals().values()) {
            text.append("; ").append(arrival.from().equals(Notation.C) ? "C" : "");
            text.append(arrival.n()).append(' ');
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

    private static String any(Order order) {
        return order.oldRegion() == null ? ", any" : "";
    }
}
