package org.jiexu.transferout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.contract.ResumptionReason;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@link TransferOut} with {@code protocol-transfer-out.md}, cell by cell. */
class TransferOutTableTest {
    private static final Fen HUNDRED = Fen.parse("100.00");
    private static final CodedReason REASON = new CodedReason("CODE", "原因", "办法");
    private static final List<CodedReason> REASONS = List.of(REASON);
    private static final CaseNumber OTHER = CaseNumbers.valid("430100-26-22222222");

    record Row(String state, String input, String answer) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyCellAnswersAsTheProtocolSays(Row row) {
        var state = Objects.requireNonNull(states().get(row.state()), row.state());
        var input = Objects.requireNonNull(inputs().get(row.input()), row.input());

        var outcome = TransferOut.on(state, input);

        assertThat(words(outcome)).isEqualTo(row.answer());
    }

    @Test
    void everyStateMeetsEveryInputOnce() throws IOException {
        var wanted = states().keySet().stream()
                .flatMap(state -> inputs().keySet().stream().map(input -> state + " × " + input))
                .toList();

        assertThat(rows().map(row -> row.state() + " × " + row.input())).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void theSamplesCoverEveryKindOfStateAndInput() {
        assertThat(kinds(states().values())).isEqualTo(names(State.class.getPermittedSubclasses()));
        assertThat(kinds(inputs().values()))
                .isEqualTo(names(Stream.of(Input.class.getPermittedSubclasses())
                        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                        .toArray(Class<?>[]::new)));
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TransferOutTableTest.class.getResourceAsStream("/protocol-transfer-out.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("| ") && !line.startsWith("| state"))
                            .map(TransferOutTableTest::row)
                            .toList()
                            .stream();
        }
    }

    private static Row row(String line) {
        var cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        return new Row(cells[0], cells[1], cells[2]);
    }

    private static Map<String, State> states() {
        var states = new LinkedHashMap<String, State>();
        states.put("NO_CASE", new State.NoCase());
        states.put("HOLDING(2)", new State.Holding(2));
        states.put("HOLD_REFUSED(2)", new State.HoldRefused(2, REASON));
        states.put("HELD(100)", new State.Held(HUNDRED));
        states.put("HELD(0)", new State.Held(Fen.ZERO));
        states.put("ISSUED(2, 100)", new State.Issued(2, HUNDRED, 2, false));
        states.put("ISSUED(2, 0)", new State.Issued(2, Fen.ZERO, 0, false));
        states.put("ISSUED(2, 100, back)", new State.Issued(2, HUNDRED, 2, true));
        states.put("RETURNED(2, 100)", new State.Returned(2, HUNDRED, 2, false, REASONS));
        states.put("RETURNED(2, 0)", new State.Returned(2, Fen.ZERO, 0, false, REASONS));
        states.put("RETURNED(2, 100, back)", new State.Returned(2, HUNDRED, 2, true, REASONS));
        states.put("COMPLETED", new State.Completed());
        states.put("COMPLETED(paid 100)", new State.Completed(HUNDRED));
        states.put("COMPLETED(2 sent)", new State.Completed(Fen.ZERO, 2, false));
        states.put("COMPLETED(2 sent, back)", new State.Completed(Fen.ZERO, 2, true));
        states.put("WITHDRAWN", new State.Withdrawn());
        states.put("DECLINED", new State.Declined(REASONS));
        return states;
    }

    private static Map<String, Input> inputs() {
        var inputs = new LinkedHashMap<String, Input>();
        inputs.put("accepted", new Input.Accepted(null));
        inputs.put("accepted(second)", new Input.Accepted(OTHER));
        inputs.put("withdrawal-requested", new Input.WithdrawalRequested());
        inputs.put("held(100)", new Input.AmountHeld(HUNDRED));
        inputs.put("hold-refused(1)", new Input.HoldRefusal(1, REASON));
        inputs.put("hold-refused(2)", new Input.HoldRefusal(2, REASON));
        inputs.put("returned(1)", new Input.SheetReturned(1, REASONS, false));
        inputs.put("returned(2)", new Input.SheetReturned(2, REASONS, false));
        inputs.put("returned(2, final)", new Input.SheetReturned(2, REASONS, true));
        inputs.put("returned(3)", new Input.SheetReturned(3, REASONS, false));
        inputs.put("completed(1, 100)", new Input.CaseCompleted(1, HUNDRED));
        inputs.put("completed(2, 100)", new Input.CaseCompleted(2, HUNDRED));
        inputs.put("completed(2, 0)", new Input.CaseCompleted(2, Fen.ZERO));
        inputs.put("completed(2, 0, paid out)", new Input.CaseCompleted(2, Fen.ZERO, AccountWish.PAID_OUT));
        inputs.put("paid-out(100)", new Input.PaidOut(HUNDRED));
        inputs.put("money-returned(1, open)", new Input.MoneyReturned(1, true));
        inputs.put("money-returned(2, open)", new Input.MoneyReturned(2, true));
        inputs.put("money-returned(2, ended)", new Input.MoneyReturned(2, false));
        inputs.put("money-returned(3, open)", new Input.MoneyReturned(3, true));
        inputs.put("resumed", new Input.ParticipationResumed());
        inputs.put("died", new Input.ParticipationResumed(ResumptionReason.DIED));
        inputs.put("issue", new Input.Issue());
        inputs.put("correct", new Input.Correct());
        inputs.put("decline", new Input.Decline(REASONS));
        inputs.put("retry-hold", new Input.RetryHold());
        inputs.put("remit-again", new Input.RemitAgain());
        return inputs;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Moved moved -> {
                var parts = new ArrayList<String>();
                parts.add("→ " + words(moved.next()));
                moved.facts().forEach(fact -> parts.add(words(fact)));
                yield String.join(" + ", parts);
            }
            case Outcome.AlreadyDone _ -> "=";
            case Outcome.Noted noted -> "= + task " + noted.task();
            case Outcome.Rejected _ -> "✗";
            case Outcome.Conflict conflict -> "409 " + conflict.obstacle();
            case Outcome.NoSuchCase _ -> "404";
        };
    }

    private static String words(State state) {
        return switch (state) {
            case State.Holding s -> "HOLDING(%d)".formatted(s.attempt());
            case State.HoldRefused s -> "HOLD_REFUSED(%d)".formatted(s.attempt());
            case State.Held s -> "HELD(%s)".formatted(words(s.amount()));
            case State.Issued s ->
                "ISSUED(%d, %s%s)".formatted(s.version(), words(s.amount()), s.moneyCameBack() ? ", back" : "");
            case State.Returned s ->
                "RETURNED(%d, %s%s)".formatted(s.version(), words(s.amount()), s.moneyCameBack() ? ", back" : "");
            case State.NoCase s -> s.name().name();
            case State.Completed s -> words(s);
            case State.Withdrawn s -> s.name().name();
            case State.Declined s -> s.name().name();
        };
    }

    private static String words(State.Completed s) {
        if (!s.paidOut().isZero()) {
            return "COMPLETED(paid %s)".formatted(words(s.paidOut()));
        }
        return s.remittances() == 0
                ? s.name().name()
                : "COMPLETED(%d sent%s)".formatted(s.remittances(), s.moneyCameBack() ? ", back" : "");
    }

    private static String words(Fact fact) {
        return switch (fact) {
            case Fact.HoldRequested f -> "hold-requested(%d)".formatted(f.attempt());
            case Fact.ReleaseOrdered _ -> "release-ordered";
            case Fact.SheetIssued f ->
                "issued(%d, %s, %s)"
                        .formatted(
                                f.version(), words(f.amount()), f.remittance() == 0 ? "no rn" : "rn " + f.remittance());
            case Fact.RemitOrdered f ->
                "remit-ordered(%d, %s, v%d)".formatted(f.remittance(), words(f.amount()), f.sheetVersion());
            case Fact.PayOutOrdered _ -> "pay-out-ordered";
            case Fact.AccountPaidOut f -> "account paid out(%s)".formatted(words(f.amount()));
            case Fact.CaseWithdrawn _ -> "withdrawn";
            case Fact.CaseDeclined f -> f.moneySent() ? "declined(money sent)" : "declined(no money)";
            case Fact.RelationshipTerminated _ -> "relationship.terminated";
        };
    }

    private static String words(Fen amount) {
        return Long.toString(amount.value() / 100);
    }

    private static Set<String> kinds(Collection<?> values) {
        return values.stream()
                .map(value -> value.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Class<?>[] kinds) {
        return Stream.of(kinds).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }
}
