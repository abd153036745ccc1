package org.jiexu.settlement.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 账本 — the one rule by which a posting changes accounts. Doing a posting twice is doing it once; the same key with other
 * content is a conflict.
 */
public final class Ledger {
    private Ledger() {}

    public sealed interface Answer {
        /** The accounts as they stand after the posting. */
        record Posted(List<Account> after) implements Answer {}

        record Exists() implements Answer {}

        record ExistsWithOtherContent() implements Answer {}

        record Refused(AccountKind kind, Account.Refusal refusal) implements Answer {}
    }

    /** Judges a posting against what its key already says and the accounts it touches; a missing account is opened. */
    public static Answer post(Posting posting, Optional<Posting> earlier, Map<AccountKey, Account> accounts) {
        if (earlier.isPresent()) {
            return posting.saysTheSameAs(earlier.get()) ? new Answer.Exists() : new Answer.ExistsWithOtherContent();
        }
        var after = new ArrayList<Account>();
        for (var line : posting.lines()) {
            var account = accounts.getOrDefault(line.account(), Account.opened(line.account()));
            var fromHold = line.account() instanceof AccountKey.Personal ? posting.fromHold() : Fen.ZERO;
            var refusal = account.refuses(line.amount(), fromHold);
            if (refusal.isPresent()) {
                return new Answer.Refused(line.account().kind(), refusal.get());
            }
            after.add(account.changed(line.amount(), fromHold));
        }
        return new Answer.Posted(List.copyOf(after));
    }
}
