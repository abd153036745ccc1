package org.jiexu.settlement.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.HeldV1;
import org.jiexu.wire.contract.HoldRefusedV1;
import org.jiexu.wire.contract.PaidOutV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;

/** How the two tables under src/test/resources write cases, inputs and facts. */
final class Notation {
    static final RegionCode A = new RegionCode("370800");
    static final RegionCode B = new RegionCode("430100");
    static final RegionCode C = new RegionCode("510100");
    static final CaseNumber NUMBER = new CaseNumber("430100-26-7KQ4M2XD-S");
    /** Another case of B. */
    static final CaseNumber OTHER = CaseNumber.random(B, 2026, new Random(2));

    static final PersonId PERSON = new PersonId("P000000000001");

    private Notation() {}

    record Row(String state, String input, String answer, String facts) {
        @Override
        public String toString() {
            return state + " × " + input;
        }
    }

    static List<Row> rows(String file) {
        try (var in = Notation.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("|"))
                    .skip(2)
                    .map(line -> line.substring(1).split("\\|", -1))
                    .map(c -> new Row(c[0].strip(), c[1].strip(), c[2].strip(), c[3].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Matcher match(String regex, String text) {
        var matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return matcher;
    }

    static String group(Matcher matcher, int n) {
        var group = matcher.group(n);
        return group == null ? "" : group;
    }

    static int number(Matcher matcher, int n) {
        return Integer.parseInt(group(matcher, n));
    }

    static Fen amount(Matcher matcher, int n) {
        return Fen.parse(group(matcher, n));
    }

    static String write(List<Fact> facts) {
        return facts.stream().map(Notation::write).collect(Collectors.joining("; "));
    }

    private static String write(Fact fact) {
        return switch (fact) {
            case Fact.Post(var posting) -> {
                var verb = posting.key().substring(0, posting.key().indexOf(':'));
                var from = posting.lines().get(0);
                var to = posting.lines().get(1);
                yield "post " + verb + " " + write(from.account()) + " to " + write(to.account()) + " " + to.amount();
            }
            case Fact.Reserve(var account, var amount) -> expect(account) + "reserve " + amount;
            case Fact.Release(var account, var amount) -> expect(account) + "unreserve " + amount;
            case Fact.Tell(var region, var data) ->
                switch (data) {
                            case HeldV1 e -> "held(" + e.amount() + ")";
                            case HoldRefusedV1 e ->
                                "hold-refused(" + e.attempt() + ", "
                                        + e.reason().code() + ")";
                            case BalanceRemittedV1 e ->
                                "remitted(" + e.remittance().n() + ", " + e.amount()
                                        + (e.isAdvance() ? ", advance)" : ")");
                            case PaidOutV1 e -> "paid-out(" + e.amount() + ")";
                            case CreditedV1 e ->
                                (e.remittance().caseNumber().equals(NUMBER) ? "credited(" : "credited(other case's ")
                                        + e.remittance().n() + ", " + e.amount()
                                        + (e.matchedTo() == null
                                                ? ")"
                                                : e.matchedTo().equals(NUMBER) ? ", matched here)" : ", matched to Y)");
                            case SuspendedV1 e ->
                                "suspended(" + e.remittance().n() + ", " + e.amount() + ", " + e.reason() + ")";
                            case ReturnedV1 e ->
                                "returned(" + e.remittance().n() + ", " + e.amount() + ", " + e.reason()
                                        + (e.caseOpen() ? ", open)" : ", over)");
                            default ->
                                throw new IllegalArgumentException(
                                        data.getClass().getName());
                        }
                        + " to "
                        + name(region);
            case Fact.RecordDebt(var rn, var debtor, var creditor, var amount) ->
                "debt(" + rn.n() + ", " + name(debtor) + " owes " + name(creditor) + " " + amount + ")";
            case Fact.AwaitOrder _ -> "clock starts";
            case Fact.OrderCame _ -> "clock met";
        };
    }

    private static String expect(AccountKey.Personal account) {
        if (!account.equals(new AccountKey.Personal(A, PERSON))) {
            throw new IllegalArgumentException("a hold on another account");
        }
        return "";
    }

    static String write(AccountKey key) {
        return switch (key) {
            case AccountKey.Personal k -> "personal(" + name(k.ledger()) + ")";
            case AccountKey.Transit k -> "transit(" + name(k.from()) + ">" + name(k.to()) + ")";
            case AccountKey.Bank k -> "bank(" + name(k.ledger()) + ")";
            case AccountKey.Clearing k -> "clearing(" + name(k.from()) + ">" + name(k.to()) + ")";
            case AccountKey.PaidOut k -> "paid-out(" + name(k.ledger()) + ")";
            case AccountKey.Suspense k -> "suspense(" + name(k.ledger()) + ")";
            case AccountKey.Fund k -> "fund(" + name(k.ledger()) + ")";
            case AccountKey.PaidUp k -> "paid-up(" + name(k.region()) + ")";
            case AccountKey.PaidDown k -> "paid-down(" + name(k.region()) + ")";
            case AccountKey.Pool k -> "pool(" + name(k.ledger()) + ")";
        };
    }

    static String name(RegionCode region) {
        return region.equals(A) ? "A" : region.equals(B) ? "B" : "C";
    }
}
