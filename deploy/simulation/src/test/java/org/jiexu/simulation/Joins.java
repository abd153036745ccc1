package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jspecify.annotations.Nullable;

/** 账户归并 — the accounts of merged records in one region become one: JoinAccounts and JoinStore in short (R6.2). */
final class Joins {
    private final World world;
    private final Treasury treasury;
    private final Rows<PersonId, Join> joins;

    /** @param leadsTo under which record the account goes on that this one goes into, through every join that was made */
    record Join(PersonId merged, PersonId kept, PersonId leadsTo, boolean joined, int postings) {
        private Join into(PersonId now) {
            return new Join(merged, kept, now, joined, postings);
        }
    }

    Joins(World world, Treasury treasury) {
        this.world = world;
        this.treasury = treasury;
        joins = new Rows<>(world.undo);
    }

    Answer merged(Received received, PersonMergedV1 said) {
        if (!said.region().equals(treasury.region)
                || !said.merged().value().equals(received.envelope().subject())
                || said.kept().equals(said.merged())) {
            return Answer.quarantined("the merge is of another region or person");
        }
        if (leadsTo(said.kept(), said.merged())) {
            return Answer.quarantined("the two would lead to each other");
        }
        var known = joins.get(said.merged());
        if (known == null) {
            known = new Join(said.merged(), said.kept(), now(said.kept()), false, 0);
            joins.put(said.merged(), known);
        }
        if (!known.kept().equals(said.kept())) {
            return Answer.quarantined("the record was merged with another one before");
        }
        return known.joined() ? Answer.alreadyDone() : join(known);
    }

    private Answer join(Join join) {
        var into = now(join.kept());
        if (Stream.of(join.merged(), into).anyMatch(this::isInTheWay)) {
            world.walked(Way.JOIN_WAITED);
            return Answer.rejected("one of the two accounts is stopped or held");
        }
        if (!into.equals(join.kept()) || leadsHere(join.merged())) {
            world.walked(Way.JOINED_ALONG_A_CHAIN);
        }
        var done = new Join(join.merged(), join.kept(), into, true, post(join, into));
        treasury.left.inherit(account(join.merged()), account(into));
        joins.put(join.merged(), done);
        for (var other : List.copyOf(joins.values())) {
            if (other.leadsTo().equals(join.merged())) {
                joins.put(other.merged(), other.into(into));
            }
        }
        freed(List.of(into));
        return Answer.moved();
    }

    private boolean leadsHere(PersonId person) {
        return joins.values().stream().anyMatch(other -> other.leadsTo().equals(person));
    }

    /** Through every merge that was heard, also those that wait. */
    boolean leadsTo(PersonId from, PersonId to) {
        var next = joins.get(from);
        return from.equals(to) || (next != null && leadsTo(next.kept(), to));
    }

    private boolean isInTheWay(PersonId person) {
        var row = treasury.accounts.get(account(person));
        return row != null && (row.stop() != null || row.held().isPositive());
    }

    /** What came for the merged record after all. */
    void follow(Posting posting) {
        for (var line : posting.lines()) {
            if (line.account() instanceof AccountKey.Personal(var _, var person)
                    && line.amount().isPositive()) {
                var join = joins.get(person);
                if (join != null && join.joined()) {
                    world.walked(Way.FOLLOWED_A_JOIN);
                    int postings = post(join, now(join.kept()));
                    joins.put(person, new Join(person, join.kept(), join.leadsTo(), true, postings));
                }
            }
        }
    }

    /** After a stop or a hold has ended on these accounts: what waited for it. */
    void freed(List<PersonId> persons) {
        persons.stream()
                .distinct()
                .flatMap(person -> waiting(person).stream())
                .map(join -> join.merged().value())
                .distinct()
                .forEach(treasury::offerAgain);
    }

    private List<Join> waiting(PersonId person) {
        var found = new ArrayList<Join>();
        for (var join : joins.values()) {
            if (!join.joined() && world.machines.joining().waitsFor(join, person)) {
                found.add(join);
            }
        }
        return found;
    }

    /** Under which record the person's account goes on. */
    PersonId now(PersonId person) {
        var join = joins.get(person);
        return join == null || !join.joined() ? person : now(join.kept());
    }

    Standing standing(PersonId person) {
        if (!waiting(person).isEmpty()) {
            return new Standing.NotPossible(new Stop(Stop.Kind.POSTING_PENDING, "").reason());
        }
        var row = treasury.accounts.get(account(person));
        return row == null ? new Standing.Nothing() : row.standing();
    }

    /** Some join that waits; null when none does. */
    @Nullable
    Join nextWaiting() {
        return joins.values().stream()
                .filter(join -> !join.joined())
                .findFirst()
                .orElse(null);
    }

    /** Returns how many postings the join has had. */
    private int post(Join join, PersonId into) {
        Account row = treasury.accounts.get(account(join.merged()));
        if (row == null || !row.free().isPositive()) {
            return join.postings();
        }
        int n = join.postings() + 1;
        treasury.books.post(Posting.join(n, treasury.region, join.merged(), into, row.free()));
        return n;
    }

    private AccountKey.Personal account(PersonId person) {
        return new AccountKey.Personal(treasury.region, person);
    }
}
