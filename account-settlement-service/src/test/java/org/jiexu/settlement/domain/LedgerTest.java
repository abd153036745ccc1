package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiexu.settlement.domain.Posting.Line;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerTest {
    private static final RegionCode A = Notation.A;

    private final Map<AccountKey, Account> accounts = new HashMap<>();
    private final Map<String, Posting> postings = new HashMap<>();

    @ParameterizedTest
    @MethodSource("stories")
    void answersAsTheTextSays(List<String> story) {
        var total = Fen.ZERO;
        for (var line : story.subList(1, story.size())) {
            var before = sum();

            step(line);

            total = line.startsWith("setup") ? sum() : before;
            assertThat(sum()).as(line).isEqualTo(total);
        }
    }

    @Test
    @Tag("R11.1")
    void aPostingThatDoesNotSumToZeroCannotBeWritten() {
        var lines = List.of(new Line(key("personal"), Fen.parse("-1.00")), new Line(key("transit"), Fen.parse("1.01")));

        assertThatThrownBy(() -> new Posting("k", A, lines, Fen.ZERO, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPostingStaysInOneLedger() {
        var lines = List.of(
                new Line(key("fund"), Fen.parse("-1.00")),
                new Line(new AccountKey.Suspense(Notation.B), Fen.parse("1.00")));

        assertThatThrownBy(() -> new Posting("k", A, lines, Fen.ZERO, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReversalNamesTheOldPosting() {
        var posting = posting("k1", "fund", "personal", "10.00", false);

        assertThat(posting.reversal().reverses()).isEqualTo("k1");
        assertThat(posting.reversal().lines())
                .containsExactly(
                        new Line(key("fund"), Fen.parse("10.00")), new Line(key("personal"), Fen.parse("-10.00")));
    }

    static List<List<String>> stories() {
        try (var in = LedgerTest.class.getResourceAsStream("/ledger.txt")) {
            if (in == null) {
                throw new IllegalStateException("ledger.txt");
            }
            var stories = new ArrayList<List<String>>();
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                if (line.startsWith("story")) {
                    stories.add(new ArrayList<>());
                }
                stories.getLast().add(line);
            }
            return stories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void step(String line) {
        var words = line.split(" +", -1);
        switch (words[0]) {
            case "setup" ->
                accounts.put(
                        key(words[1]),
                        new Account(
                                key(words[1]),
                                Fen.parse(words[2]),
                                Fen.parse(words[3]),
                                words.length > 4 ? new Stop(Stop.Kind.FROZEN, "") : null));
            case "post" ->
                assertThat(apply(posting(words[1], words[2], words[3], words[4], words[5].equals("hold"))))
                        .as(line)
                        .isEqualTo(answer(line));
            case "reverse" ->
                assertThat(apply(posted(words[1]).reversal())).as(line).isEqualTo(answer(line));
            case "expect" -> {
                var account = accounts.getOrDefault(key(words[1]), Account.opened(key(words[1])));
                assertThat(account.balance() + " " + account.held()).as(line).isEqualTo(words[2] + " " + words[3]);
            }
            default -> throw new IllegalArgumentException(line);
        }
    }

    private Posting posted(String key) {
        var posting = postings.get(key);
        if (posting == null) {
            throw new IllegalArgumentException(key);
        }
        return posting;
    }

    private String apply(Posting posting) {
        return switch (Ledger.post(posting, Optional.ofNullable(postings.get(posting.key())), accounts)) {
            case Ledger.Answer.Posted(var after) -> {
                after.forEach(account -> accounts.put(account.key(), account));
                postings.put(posting.key(), posting);
                yield "posted";
            }
            case Ledger.Answer.Exists _ -> "exists";
            case Ledger.Answer.ExistsWithOtherContent _ -> "conflict";
            case Ledger.Answer.Refused(var kind, var refusal) -> kind + " " + refusal;
        };
    }

    private Fen sum() {
        return accounts.values().stream().map(Account::balance).reduce(Fen.ZERO, Fen::plus);
    }

    private static String answer(String line) {
        return line.substring(line.indexOf("->") + 2).strip();
    }

    private static Posting posting(String key, String from, String to, String amount, boolean hold) {
        var fen = Fen.parse(amount);
        var lines = List.of(new Line(key(from), fen.negated()), new Line(key(to), fen));
        return new Posting(key, A, lines, hold ? fen : Fen.ZERO, null, null);
    }

    private static AccountKey key(String name) {
        return switch (name) {
            case "personal" -> new AccountKey.Personal(A, Notation.PERSON);
            case "transit" -> new AccountKey.Transit(A, A, Notation.B);
            case "suspense" -> new AccountKey.Suspense(A);
            case "fund" -> new AccountKey.Fund(A);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
