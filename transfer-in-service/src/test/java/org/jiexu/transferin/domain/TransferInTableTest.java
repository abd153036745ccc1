package org.jiexu.transferin.domain;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jiexu.transferin.domain.Outcome.AlreadyDone;
import org.jiexu.transferin.domain.Outcome.InConflict;
import org.jiexu.transferin.domain.Outcome.Moved;
import org.jiexu.transferin.domain.Outcome.NotFound;
import org.jiexu.transferin.domain.Outcome.Rejected;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Drives the machine through every line of protocol-transfer-in.md and compares the answers. */
class TransferInTableTest {
    private static final Instant AT = Instant.parse("2026-09-14T01:00:00Z");
    private static final LocalDate YEAR_END = LocalDate.of(2027, 1, 1);
    private static final RemittanceNumber FIRST = new RemittanceNumber(Cases.number(0), 1);
    private static final Pattern SHEET = Pattern.compile("issued (\\d+)/([0-9.]+)/(\\w)");
    private static final Pattern WITH_SHEET = Pattern.compile("(\\w+)\\((\\d)\\)( 0\\.00)?");

    private record Line(String state, String input, String answer) {}

    @TestFactory
    Stream<DynamicTest> answersEveryCellAsTheProtocolSays() {
        return table().stream()
                .map(line -> dynamicTest(
                        line.state() + " | " + line.input(),
                        () -> assertThat(words(TransferIn.on(state(line.state()), input(line.input()))))
                                .isEqualTo(line.answer())));
    }

    @Test
    void leavesNoCellOut() {
        var table = table();
        var missing = new TreeSet<String>();
        var kinds = Set.of(Input.class.getPermittedSubclasses());

        for (var state : table.stream().map(line -> kind(line.state())).collect(toSet())) {
            var present = table.stream()
                    .filter(line -> kind(line.state()).equals(state))
                    .map(line -> input(line.input()).getClass())
                    .collect(toSet());
            kinds.stream()
                    .filter(kind -> !present.contains(kind))
                    .forEach(kind -> missing.add(state + " | " + kind.getSimpleName()));
        }

        assertThat(missing).isEmpty();
        assertThat(table.stream().map(line -> state(line.state()).getClass()).collect(toSet()))
                .hasSize(State.Case.class.getPermittedSubclasses().length + 1);
    }

    private static String kind(String state) {
        return state.replaceAll("\\(.*", "");
    }

    private static List<Line> table() {
        try (var in = TransferInTableTest.class.getResourceAsStream("/protocol-transfer-in.md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" | ") && !line.startsWith("`"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(cells -> new Line(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static State state(String text) {
        var match = WITH_SHEET.matcher(text);
        int version = match.matches() ? Integer.parseInt(match.group(2)) : 1;
        var amount = match.matches() && match.group(3) != null ? Fen.ZERO : Fen.parse("100.00");
        return switch (kind(text)) {
            case "SUBMITTED" -> new State.Submitted();
            case "INCOMPLETE" -> new State.Incomplete();
            case "WAITING" -> new State.Waiting();
            case "REFUSED" -> new State.Refused();
            case "ACCEPTED" -> new State.Accepted();
            case "WITHDRAWING" -> new State.Withdrawing();
            case "RECEIVED" -> new State.Received(version, "a", amount);
            case "RETURNED" -> new State.Returned(version, "a", amount);
            case "YEAR_RUNNING" -> new State.YearRunning(version, "a", YEAR_END);
            case "BOOKED" -> new State.Booked(version, "a", amount);
            case "COMPLETED" -> new State.Completed(version, "a", amount);
            case "WITHDRAWN" -> new State.Withdrawn();
            case "DECLINED" -> new State.Declined();
            case "NO_SUCH_CASE" -> new State.NoSuchCase();
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Input input(String text) {
        var sheet = SHEET.matcher(text);
        if (sheet.matches()) {
            return new Input.Issued(Integer.parseInt(sheet.group(1)), sheet.group(3), Fen.parse(sheet.group(2)), AT);
        }
        var words = text.split(" ", -1);
        return switch (words[0].replace(",", "")) {
            case "acceptable" -> new Input.FoundAcceptable(AT);
            case "unacceptable" -> new Input.FoundUnacceptable();
            case "waiting" -> new Input.FoundWaiting();
            case "papers" -> text.endsWith("missing") ? new Input.PapersMissing() : new Input.PapersComplete();
            case "year" -> new Input.YearEnded(text.contains("before") ? YEAR_END.minusDays(1) : YEAR_END);
            case "withdrawn" -> new Input.WithdrawnThere();
            case "declined" -> new Input.DeclinedThere(text.endsWith("money sent"));
            case "remitted" -> new Input.Remitted(FIRST);
            case "credited" -> new Input.Credited(FIRST, Fen.parse(words[1]));
            case "taken" -> new Input.TakenBack(FIRST, Fen.parse(words[2]));
            case "suspended" -> new Input.Suspended(FIRST, SuspenseReason.AMOUNT);
            case "applicant" -> new Input.ApplicantWithdraws(AT, text.endsWith("on paper"));
            case "confirm" ->
                new Input.Confirm(
                        Integer.parseInt(words[1].replace(",", "")), AT, text.endsWith("year runs") ? YEAR_END : null);
            case "return" ->
                new Input.Return(
                        Integer.parseInt(words[1]),
                        List.of(new CodedReason("MONTHS", "缴费月数有误", "请核对后重新开具")),
                        text.endsWith("finally"));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Moved(var next, var facts) -> "→ " + words(next) + messages(facts);
            case AlreadyDone(var facts) ->
                "="
                        + (facts.stream().anyMatch(Fact.Happened.class::isInstance) ? " noted" : "")
                        + (facts.stream().anyMatch(Fact.WorkOpened.class::isInstance) ? ", exception shown" : "")
                        + messages(facts);
            case Rejected(var _, var facts) -> "✗" + messages(facts);
            case InConflict(var conflict) -> "409 " + conflict;
            case NotFound() -> "404";
        };
    }

    private static String words(State.Case state) {
        return switch (state) {
            case State.Submitted() -> "SUBMITTED";
            case State.Incomplete() -> "INCOMPLETE";
            case State.Waiting() -> "WAITING";
            case State.Refused() -> "REFUSED";
            case State.Accepted() -> "ACCEPTED";
            case State.Withdrawing() -> "WITHDRAWING";
            case State.Received r -> "RECEIVED(" + r.version() + ")";
            case State.Returned r -> "RETURNED(" + r.version() + ")";
            case State.YearRunning y -> "YEAR_RUNNING(" + y.version() + ")";
            case State.Booked b -> "BOOKED(" + b.version() + ")";
            case State.Completed _ -> "COMPLETED";
            case State.Withdrawn() -> "WITHDRAWN";
            case State.Declined() -> "DECLINED";
        };
    }

    private static String messages(List<Fact> facts) {
        return facts.stream()
                .filter(Fact.Message.class::isInstance)
                .map(Fact.Message.class::cast)
                .map(message -> " + "
                        + switch (message) {
                            case Fact.TransferAccepted _ -> "accepted";
                            case Fact.WithdrawalRequested _ -> "withdrawal-requested";
                            case Fact.SheetReturned r -> "returned(" + r.version() + (r.isFinal() ? ", final)" : ")");
                            case Fact.CreditOrdered c -> "credit-ordered(" + c.version() + ", " + c.amount() + ")";
                            case Fact.HistoryBooked h -> "history.booked(" + h.version() + ")";
                            case Fact.TransferCompleted c -> "completed(" + c.version() + ", " + c.credited() + ")";
                            case Fact.NotDue n -> "not-due(" + n.reason() + ")";
                        })
                .collect(joining());
    }
}
