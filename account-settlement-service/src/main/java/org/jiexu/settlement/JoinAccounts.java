package org.jiexu.settlement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.settlement.postgres.JoinStore;
import org.jiexu.settlement.postgres.JoinStore.Join;
import org.jiexu.settlement.postgres.JoinStore.State;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.settlement.postgres.LeftBalanceStore;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;

/**
 * 账户归并 — two records were one person's, so the two accounts of a region become one by a balanced posting (R6.2). While one
 * of them is stopped or held the message waits, and is offered again when the stop or the hold ends. What still comes for
 * the merged record afterwards follows at once.
 */
@Component
public class JoinAccounts {
    private final JoinStore joins;
    private final LedgerStore ledger;
    private final LeftBalanceStore left;
    private final Parking parking;
    private final BusinessClock clock;

    JoinAccounts(JoinStore joins, LedgerStore ledger, LeftBalanceStore left, Parking parking, BusinessClock clock) {
        this.joins = joins;
        this.ledger = ledger;
        this.left = left;
        this.parking = parking;
        this.clock = clock;
    }

    Answer merged(Received received, PersonMergedV1 said, RegionCode here) {
        if (!said.region().equals(here)
                || !said.merged().value().equals(received.envelope().subject())
                || said.kept().equals(said.merged())) {
            return Answer.quarantined("the merge is of another region or person");
        }
        if (leadsTo(here, said.kept(), said.merged())) {
            return Answer.quarantined("the two would lead to each other");
        }
        joins.lockRecord(here, said.merged());
        var join = joins.lock(here, said, now(here, said.kept()), clock.instant());
        if (!join.kept().equals(said.kept())) {
            return Answer.quarantined("the record was merged with another one before");
        }
        return switch (join.state()) {
            case JOINED -> Answer.alreadyDone();
            case WAITING -> join(join);
        };
    }

    private Answer join(Join join) {
        var into = nowLocked(join.region(), join.kept());
        var accounts = lockBoth(join.region(), join.merged(), into);
        var obstacle =
                accounts.values().stream().flatMap(JoinAccounts::obstacle).findFirst();
        if (obstacle.isPresent()) {
            joins.waits(join, obstacle.get());
            return Answer.rejected(obstacle.get());
        }
        post(join, into, accounts);
        left.inherit(join.region(), join.merged(), into);
        joins.joined(join, into, clock.instant());
        freed(join.region(), List.of(into));
        return Answer.moved();
    }

    /** Through every merge that was heard, also those that wait. */
    private boolean leadsTo(RegionCode region, PersonId from, PersonId to) {
        return from.equals(to)
                || joins.of(region, from)
                        .filter(join -> leadsTo(region, join.kept(), to))
                        .isPresent();
    }

    private static Stream<String> obstacle(Account account) {
        if (account.stop() != null) {
            return Stream.of("one of the two accounts is stopped");
        }
        return account.held().isPositive() ? Stream.of("one of the two accounts is held for a case") : Stream.empty();
    }

    /** What came for the merged record after all: sent back, credited, contributed. */
    public void follow(Posting posting) {
        for (var line : posting.lines()) {
            if (line.account() instanceof AccountKey.Personal(var region, var person)
                    && line.amount().isPositive()) {
                joins.of(region, person)
                        .filter(join -> join.state() == State.JOINED)
                        .ifPresent(join -> {
                            var into = nowLocked(region, join.kept());
                            post(join, into, lockBoth(region, person, into));
                        });
            }
        }
    }

    /** After a stop or a hold has ended on these accounts: what waited for it. */
    void freed(RegionCode region, List<PersonId> persons) {
        persons.stream()
                .distinct()
                .flatMap(person -> joins.waiting(region, person).stream())
                .map(join -> join.merged().value())
                .distinct()
                .forEach(parking::offerAgain);
    }

    /** Under which record the person's account of that region goes on. */
    public PersonId now(RegionCode region, PersonId person) {
        var known = joins.of(region, person).filter(join -> join.state() == State.JOINED);
        return known.isEmpty() ? person : now(region, known.get().kept());
    }

    /** Answers the same as {@link #now}; until this transaction ends, no other merges that record away. */
    private PersonId nowLocked(RegionCode region, PersonId person) {
        joins.lockRecord(region, person);
        var known = joins.of(region, person).filter(join -> join.state() == State.JOINED);
        return known.isEmpty() ? person : nowLocked(region, known.get().kept());
    }

    /**
     * What a hold finds for the record under which the account goes on: while an account still waits to be joined, the
     * balance is not whole and nothing may be stated.
     */
    Standing standing(RegionCode region, PersonId person) {
        // The account first: a merge that finds something in its way holds it until that stands in the table.
        var account = ledger.lock(new AccountKey.Personal(region, person));
        if (!joins.waiting(region, person).isEmpty()) {
            return new Standing.NotPossible(new Stop(Stop.Kind.POSTING_PENDING, "").reason());
        }
        return account.map(Account::standing).orElseGet(Standing.Nothing::new);
    }

    private void post(Join join, PersonId into, Map<AccountKey, Account> accounts) {
        var amount = Optional.ofNullable(accounts.get(new AccountKey.Personal(join.region(), join.merged())))
                .map(Account::free)
                .filter(free -> free.isPositive());
        if (amount.isEmpty()) {
            return;
        }
        Instant at = clock.instant();
        var posting = Posting.join(joins.nextPosting(join), join.region(), join.merged(), into, amount.get());
        var answer = ledger.post(posting, at);
        if (!(answer instanceof Ledger.Answer.Posted)) {
            throw new IllegalStateException("accounts were not joined: " + posting.key() + " " + answer);
        }
    }

    /** In the order in which postings lock them. */
    private Map<AccountKey, Account> lockBoth(RegionCode region, PersonId one, PersonId other) {
        var accounts = new TreeMap<AccountKey, Account>();
        Stream.of(new AccountKey.Personal(region, one), new AccountKey.Personal(region, other))
                .sorted()
                .forEach(key -> ledger.lock(key).ifPresent(account -> accounts.put(key, account)));
        return accounts;
    }
}
