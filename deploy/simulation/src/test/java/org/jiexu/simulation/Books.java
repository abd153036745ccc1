package org.jiexu.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;

/** 账本 — the ledger of a region or of a centre: the real rule, accounts and postings as rows. */
final class Books {
    final Rows<AccountKey, Account> accounts;
    private final World world;
    private final Consumer<Account> changed;
    private final Rows<String, Posting> postings;

    /** @param changed told of every account that a posting has changed */
    Books(World world, Consumer<Account> changed) {
        this.world = world;
        this.changed = changed;
        accounts = new Rows<>(world.undo);
        postings = new Rows<>(world.undo);
    }

    /** What that key says, if anything. */
    Optional<Posting> posting(String key) {
        return Optional.ofNullable(postings.get(key));
    }

    /** What the rules let through the ledger must be able to do; false when it was done before. */
    boolean post(Posting posting) {
        var touched = new HashMap<AccountKey, Account>();
        for (var line : posting.lines()) {
            var account = accounts.get(line.account());
            if (account != null) {
                touched.put(line.account(), account);
            }
        }
        switch (Ledger.post(posting, Optional.ofNullable(postings.get(posting.key())), Map.copyOf(touched))) {
            case Ledger.Answer.Posted(var after) -> {
                world.story.tell(() -> "     posts " + posting.key() + " " + posting.lines());
                after.forEach(account -> accounts.put(account.key(), account));
                postings.put(posting.key(), posting);
                world.watch.posted(posting);
                after.forEach(changed);
                return true;
            }
            case Ledger.Answer.Exists _ -> {
                return false;
            }
            case Ledger.Answer.ExistsWithOtherContent _ ->
                throw new Broken("posting " + posting.key() + " exists with other content");
            case Ledger.Answer.Refused(var kind, var refusal) ->
                throw new Broken("posting " + posting.key() + " refused: " + kind + " " + refusal);
        }
    }
}
