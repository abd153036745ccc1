package org.jiexu.settlement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.journal.Event;
import org.jiexu.bus.journal.Outbox;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.Deadlines;
import org.jiexu.settlement.clearing.BookDebt;
import org.jiexu.settlement.clearing.TurnOfTheQuarter;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Ledger;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.clearing.Debts;
import org.jiexu.settlement.postgres.LedgerStore;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes what a move says happen, in the move's transaction: postings, holds, messages, deadlines. */
@Component
class CarryOut {
    private final LedgerStore ledger;
    private final JoinAccounts joinAccounts;
    private final Outbox outbox;
    private final Parking parking;
    private final Deadlines deadlines;
    private final Policies policies;
    private final TurnOfTheQuarter turnOfTheQuarter;
    private final BookDebt bookDebt;
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final CrashPoints crashPoints;

    CarryOut(
            LedgerStore ledger,
            JoinAccounts joinAccounts,
            Outbox outbox,
            Parking parking,
            Deadlines deadlines,
            Policies policies,
            TurnOfTheQuarter turnOfTheQuarter,
            BookDebt bookDebt,
            ServiceIdentity identity,
            BusinessClock clock,
            CrashPoints crashPoints) {
        this.ledger = ledger;
        this.joinAccounts = joinAccounts;
        this.outbox = outbox;
        this.parking = parking;
        this.deadlines = deadlines;
        this.policies = policies;
        this.turnOfTheQuarter = turnOfTheQuarter;
        this.bookDebt = bookDebt;
        this.identity = identity;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** {@code cause} is the id of the message that made the case move, if one did. */
    void all(RegionCode region, CaseNumber number, List<Fact> facts, @Nullable String cause) {
        // R7.1: what is advanced is booked at a moment that no statement of its quarter has passed.
        var now = facts.stream().anyMatch(Fact.RecordDebt.class::isInstance)
                ? turnOfTheQuarter.bookingMoment(region)
                : clock.instant();
        for (var fact : facts) {
            one(region, number, fact, cause, now);
        }
        joinAccounts.freed(region, facts.stream().flatMap(CarryOut::leftHold).toList());
        facts.forEach(this::pointOfNoReturn);
    }

    /** Whose account a hold may have left. */
    private static Stream<PersonId> leftHold(Fact fact) {
        return switch (fact) {
            case Fact.Release(var account, var _) -> Stream.of(account.person());
            case Fact.Post(var posting) ->
                posting.fromHold().isPositive()
                        ? posting.lines().stream()
                                .map(Posting.Line::account)
                                .filter(AccountKey.Personal.class::isInstance)
                                .map(account -> ((AccountKey.Personal) account).person())
                        : Stream.empty();
            case Fact.Reserve _, Fact.Tell _, Fact.RecordDebt _, Fact.AwaitOrder _, Fact.OrderCame _ -> Stream.empty();
        };
    }

    private void one(RegionCode region, CaseNumber number, Fact fact, @Nullable String cause, Instant now) {
        switch (fact) {
            case Fact.Post(var posting) -> post(posting, now);
            case Fact.Reserve(var account, var amount) -> ledger.hold(account, amount);
            case Fact.Release(var account, var amount) -> ledger.hold(account, amount.negated());
            case Fact.Tell(var to, var data) ->
                outbox.append(
                        Event.balance(identity.source(region), to, number, data).causedBy(cause));
            case Fact.RecordDebt(var rn, var debtor, var creditor, var amount) ->
                bookDebt.book(new DebtRecordedV1(rn.toString(), rn, debtor, creditor, amount, now, null), cause);
            case Fact.AwaitOrder _ ->
                deadlines.start(
                        number.value(),
                        DeadlineKind.MATCH,
                        region,
                        now,
                        policies.number(Policies.MATCH_WORKING_DAYS, region));
            case Fact.OrderCame _ -> deadlines.met(number.value(), DeadlineKind.MATCH, now);
        }
    }

    /** A case allows only what the ledger can do; anything else is a fault of ours, and nothing of the move may stay. */
    private void post(Posting posting, Instant now) {
        switch (ledger.post(posting, now)) {
            case Ledger.Answer.Posted _ -> {
                joinAccounts.follow(posting);
                advanceLeft(posting);
            }
            case Ledger.Answer.Exists _ -> {}
            case Ledger.Answer.ExistsWithOtherContent _ ->
                throw new IllegalStateException("posting " + posting.key() + " exists with other content");
            case Ledger.Answer.Refused(var kind, var refusal) ->
                throw new IllegalStateException("posting " + posting.key() + " refused: " + kind + " " + refusal);
        }
    }

    /** A correction that was quicker than its advance is looked at now (R7.6). */
    private void advanceLeft(Posting posting) {
        var rn = posting.remittance();
        if (rn != null && posting.key().equals("remit:" + rn)) {
            parking.offerAgain(Debts.correctionOf(rn.toString()));
        }
    }

    private void pointOfNoReturn(Fact fact) {
        if (!(fact instanceof Fact.Post(var posting))) {
            return;
        }
        step(posting).ifPresent(step -> {
            crashPoints.hit("settlement.before-" + step + "-commit");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    crashPoints.hit("settlement.after-" + step);
                }
            });
        });
    }

    private static Optional<String> step(Posting posting) {
        return switch (posting.key().substring(0, posting.key().indexOf(':'))) {
            case "remit" -> Optional.of("remit");
            case "credit" -> Optional.of("credit");
            case "payout" -> Optional.of("pay-out");
            case "sendback" -> Optional.of("return");
            default -> Optional.empty();
        };
    }
}
