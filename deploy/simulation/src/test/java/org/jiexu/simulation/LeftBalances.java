package org.jiexu.simulation;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jiexu.bus.journal.Event;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.wire.contract.AccountLeftV1;
import org.jiexu.wire.contract.LeftOverFoundV1;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;

/**
 * 留存余额 — what lies free on the accounts of one region that cases have asked for: LeftBalanceStore, TellWhatIsLeft,
 * PushLeftOver and PayOutWhatStays in short.
 */
final class LeftBalances {
    private static final Followed NOT_YET = new Followed("", 0, 0, false);

    private final World world;
    private final Treasury treasury;
    private final Rows<AccountKey.Personal, Followed> followed;

    /** @param chosenBy the case in which the person said that the money stays; empty: it was not said */
    private record Followed(String chosenBy, long said, long changes, boolean toTell) {
        boolean isChosen() {
            return !chosenBy.isEmpty();
        }

        Followed chosen(String by, boolean tell) {
            return new Followed(by, said, changes, toTell || tell);
        }
    }

    LeftBalances(World world, Treasury treasury) {
        this.world = world;
        this.treasury = treasury;
        followed = new Rows<>(world.undo);
    }

    /** An account that nothing is held on is followed too, for what comes later. */
    void follow(AccountKey.Personal account) {
        followed.put(account, followed.getOrDefault(account, NOT_YET).chosen("", false));
    }

    void stays(AccountKey.Personal account, CaseNumber by) {
        var known = followed.getOrDefault(account, NOT_YET);
        boolean tell = free(account) != 0 || known.said() != 0;
        followed.put(account, known.chosen(by.value(), tell));
    }

    /** The case in which the person said so ended without a transfer. */
    void unchoose(CaseNumber by) {
        for (var entry : List.copyOf(followed.entries())) {
            if (entry.getValue().chosenBy().equals(by.value())) {
                followed.put(entry.getKey(), entry.getValue().chosen("", free(entry.getKey()) != 0));
            }
        }
    }

    /** A case that asks for the money lifts what was chosen before. */
    void held(AccountKey.Personal account, CaseNumber by) {
        var matter = world.matter(by);
        Broken.unless(
                !matter.automatic() || !isChosen(account),
                () -> by + " was begun by a push, and takes what was chosen to stay on " + account);
        followed.put(account, followed.getOrDefault(account, NOT_YET).chosen("", false));
    }

    /** The account of a merged record goes on as another one, which is followed from then on if that one was. */
    void inherit(AccountKey.Personal merged, AccountKey.Personal into) {
        var gone = followed.get(merged);
        var kept = followed.get(into);
        if (gone == null && kept == null) {
            return;
        }
        var of = kept == null ? NOT_YET : kept;
        var by = of.isChosen() || gone == null ? of.chosenBy() : gone.chosenBy();
        followed.put(into, of.chosen(by, free(into) != 0 || of.said() != 0));
    }

    /** In the transaction of the posting or of the hold. */
    void changed(Account account) {
        if (account.key() instanceof AccountKey.Personal key) {
            var known = followed.get(key);
            if (known != null && free(key) != known.said()) {
                followed.put(key, known.chosen(known.chosenBy(), true));
            }
        }
    }

    boolean isChosen(AccountKey.Personal account) {
        return followed.getOrDefault(account, NOT_YET).isChosen();
    }

    List<AccountKey.Personal> accounts() {
        return List.copyOf(followed.asMap().keySet());
    }

    /** The next word that is due; false when none is. */
    boolean tell() {
        for (Map.Entry<AccountKey.Personal, Followed> entry : followed.entries()) {
            var known = entry.getValue();
            if (known.toTell()) {
                var account = entry.getKey();
                long free = free(account);
                followed.put(account, new Followed(known.chosenBy(), free, known.changes() + 1, false));
                treasury.say(Event.participation(
                        treasury.self,
                        treasury.region,
                        account.person().value(),
                        new AccountLeftV1(
                                account.person(),
                                treasury.region,
                                Fen.of(free),
                                known.changes() + 1,
                                free == 0 ? LeftReason.GONE : LeftReason.CREDITED,
                                known.isChosen(),
                                world.now,
                                null,
                                null)));
                return true;
            }
        }
        return false;
    }

    /** R6.4: tells the regions of the province where those who have left are insured now. */
    void push() {
        for (var account : List.copyOf(treasury.accounts.values())) {
            if (account.key() instanceof AccountKey.Personal key
                    && account.free().isPositive()
                    && account.held().isZero()
                    && account.stop() == null) {
                push(key, account.balance());
            }
        }
    }

    private void push(AccountKey.Personal account, Fen amount) {
        var now = world.registry.insuredNow(account.person(), treasury.region);
        if (now == null) {
            return;
        }
        boolean chosen = isChosen(account);
        if (followed.get(account) == null) {
            followed.put(account, NOT_YET.chosen("", true));
        }
        if (world.machines.leaving().isPushed(chosen)) {
            world.walked(Way.LEFT_OVER_FOUND);
            treasury.say(Event.participation(
                    treasury.self,
                    now,
                    account.person().value(),
                    new LeftOverFoundV1(account.person(), treasury.region, amount, world.now)));
        } else {
            world.walked(Way.CHOSEN_MONEY_WAS_LEFT);
        }
    }

    /** R2.10: two persons pay out what stayed, where the relationship has ended and the region pays out. */
    void payOut() {
        for (var account : accounts()) {
            var row = treasury.accounts.get(account);
            if (row != null
                    && treasury.joins.standing(account.person()) instanceof Account.Standing.Free
                    && world.faults.accountLeft() == AccountWish.PAID_OUT
                    && world.registry.hasEnded(account.person(), treasury.region)) {
                world.walked(Way.LEFT_MONEY_PAID_OUT);
                var id = new UUID(world.random.nextLong(), world.random.nextLong());
                treasury.books.post(Posting.payOutLeft(id, treasury.region, account.person(), row.free()));
                return;
            }
        }
    }

    private long free(AccountKey.Personal account) {
        var row = treasury.accounts.get(account);
        return row == null ? 0 : row.free().value();
    }
}
