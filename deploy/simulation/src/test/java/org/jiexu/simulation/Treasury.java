package org.jiexu.simulation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.bus.inbox.Answer;
import org.jiexu.bus.inbox.Received;
import org.jiexu.bus.journal.Event;
import org.jiexu.settlement.domain.Account;
import org.jiexu.settlement.domain.Account.Standing;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.Fact;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.Posting;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.Role;
import org.jiexu.settlement.domain.Route;
import org.jiexu.settlement.domain.SendingCase;
import org.jiexu.settlement.domain.Stop;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditOrderedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.HoldRequestedV1;
import org.jiexu.wire.contract.NotDueV1;
import org.jiexu.wire.contract.PayOutOrderedV1;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.contract.ReleaseOrderedV1;
import org.jiexu.wire.contract.RemitOrderedV1;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.Topics;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jiexu.wire.vocabulary.Scheme;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.jspecify.annotations.Nullable;

/** 结算 — settlement of one region: both real tables, the real ledger rule; ReceiveInput and CarryOut in short. */
final class Treasury extends Service {
    final RegionCode region;
    final Books books;
    final Rows<AccountKey, Account> accounts;
    final Quarters quarters;
    final LeftBalances left;
    final Joins joins;
    private final Rows<CaseNumber, SendingCase.State> sending;
    private final Rows<CaseNumber, ReceivingCase> receiving;
    private final Machines.Sending sendingTable;
    private final String participation;
    private final String clearing;

    Treasury(World world, RegionCode region, Machines.Sending sendingTable) {
        super(world, Source.of(region, ServiceName.SETTLEMENT));
        this.region = region;
        this.sendingTable = sendingTable;
        participation = Topics.participation(region);
        clearing = Topics.clearing(new RegionCode(region.province()));
        left = new LeftBalances(world, this);
        joins = new Joins(world, this);
        books = new Books(world, left::changed);
        accounts = books.accounts;
        quarters = new Quarters(world, this);
        sending = new Rows<>(world.undo);
        receiving = new Rows<>(world.undo);
    }

    @Override
    List<String> topics() {
        return List.of(Topics.balance(region), participation, clearing);
    }

    SendingCase.State sent(CaseNumber number) {
        return sending.getOrDefault(number, new SendingCase.State.None());
    }

    ReceivingCase arrived(CaseNumber number) {
        return receiving.getOrDefault(number, ReceivingCase.unknown(number));
    }

    boolean hasMoneyWaiting(CaseNumber number) {
        var known = receiving.get(number);
        return known != null && known.hasMoneyWaiting();
    }

    @Override
    String stateOf(CaseNumber number) {
        return sent(number) + " / " + arrived(number).order() + " "
                + arrived(number).arrivals().values();
    }

    void contribute(String batch, PersonId person, Fen amount) {
        post(Posting.contribute(batch, 1, region, person, amount));
    }

    /** What it brings for a merged record goes on at once. */
    void post(Posting posting) {
        if (books.post(posting)) {
            joins.follow(posting);
        }
    }

    void stop(PersonId asked, @Nullable Stop stop) {
        var person = joins.now(asked);
        var key = new AccountKey.Personal(region, person);
        var account = accounts.get(key);
        if (account != null) {
            accounts.put(key, new Account(key, account.balance(), account.held(), stop));
        }
        if (stop == null) {
            // What was parked because of the stop.
            sending.entries().stream()
                    .filter(entry -> entry.getValue() instanceof SendingCase.State.Kept kept
                            && kept.person().equals(person))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(number -> offerAgain(number.value()));
            joins.freed(List.of(person));
        }
    }

    /** What a case holds or has sent here; nothing is zero. */
    Fen amountOf(CaseNumber number) {
        return switch (sent(number)) {
            case SendingCase.State.Held s -> s.amount();
            case SendingCase.State.Remitted s -> s.amount();
            case SendingCase.State.Settled s -> s.amount();
            default -> Fen.ZERO;
        };
    }

    /** Decided by two persons. */
    void sendBack(CaseNumber number, ArrivalId id) {
        var answer = receive(number, new ReceivingCase.Input.SendBack(id));
        world.story.tell(() -> self + " is asked to send " + number + "-" + id + " back: " + answer);
        if (answer instanceof Answer.Moved) {
            offerAgain(number.value());
        }
    }

    @Override
    Answer handle(Received received) {
        if (received.topic().equals(clearing)) {
            return quarters.hear(received);
        }
        if (received.topic().equals(participation)) {
            return received.data() instanceof PersonMergedV1 said ? joins.merged(received, said) : Answer.skipped();
        }
        var number = received.caseNumber();
        return switch (Role.of(region, received.source(), number, received.data())) {
            case Role.Sending(boolean onlyIfKnown) ->
                onlyIfKnown && sending.get(number) == null
                        ? Answer.skipped()
                        : send(new SendingCase.Subject(region, number), sendingInput(received), received.data());
            case Role.Receiving _ -> receive(number, receivingInput(received));
            case Role.Nobody _ -> Answer.skipped();
            case Role.Hostile(var reason) -> Answer.quarantined(reason);
        };
    }

    private Answer send(SendingCase.Subject at, SendingCase.Input input, EventData data) {
        var before = sent(at.number());
        return switch (sendingTable.on(at, before, input)) {
            case Outcome.Moved(var next, var facts) -> {
                world.story.tell(() -> "     " + at.number() + " here: " + before + " -> " + next);
                sending.put(at.number(), next);
                if (data instanceof HoldRequestedV1) {
                    facts.forEach(world.watch::isWhole);
                }
                carryOut(at.number(), facts);
                follow(at.number(), before, next, data);
                yield Answer.moved();
            }
            case Outcome.AlreadyDone<SendingCase.State> _ -> Answer.alreadyDone();
            case Outcome.Rejected<SendingCase.State>(var reason) -> Answer.rejected(reason);
            case Outcome.Conflict<SendingCase.State>(var reason) -> Answer.quarantined(reason);
        };
    }

    /** R2.10, as in ReceiveInput: a hold has seen to it itself. */
    private void follow(CaseNumber number, SendingCase.State before, SendingCase.State next, EventData data) {
        if (next instanceof SendingCase.State.Empty
                && data instanceof HoldRequestedV1 asked
                && asked.scheme() == Scheme.EMPLOYEE) {
            var account = new AccountKey.Personal(region, joins.now(asked.person()));
            if (asked.accountWish() == AccountWish.STAYS) {
                left.stays(account, number);
            } else {
                left.follow(account);
            }
        }
        if (before instanceof SendingCase.State.Empty && next instanceof SendingCase.State.Released) {
            left.unchoose(number);
        }
    }

    private Answer receive(CaseNumber number, ReceivingCase.Input input) {
        var before = arrived(number);
        return switch (world.machines.receiving().on(before, input)) {
            case Outcome.Moved(var next, var facts) -> {
                world.story.tell(() -> "     " + number + " here: " + before.order() + " "
                        + before.arrivals().values() + " -> " + next.order() + " "
                        + next.arrivals().values());
                receiving.put(number, next);
                carryOut(number, facts);
                yield Answer.moved();
            }
            case Outcome.AlreadyDone<ReceivingCase> _ -> Answer.alreadyDone();
            case Outcome.Rejected<ReceivingCase>(var reason) -> Answer.rejected(reason);
            case Outcome.Conflict<ReceivingCase>(var reason) -> Answer.quarantined(reason);
        };
    }

    private SendingCase.Input sendingInput(Received received) {
        return switch (received.data()) {
            case HoldRequestedV1 e ->
                new SendingCase.Input.HoldRequested(e.attempt(), joins.now(e.person()), standing(e), e.accountWish());
            case PayOutOrderedV1 e -> new SendingCase.Input.PayOutOrdered(joins.now(e.person()), isStopped(e.person()));
            case ReleaseOrderedV1 _ -> new SendingCase.Input.ReleaseOrdered();
            case RemitOrderedV1 e ->
                new SendingCase.Input.RemitOrdered(e.remittance().n(), e.amount(), Route.ofAdvance(e.isAdvance()));
            case CreditedV1 e -> new SendingCase.Input.Credited(e.remittance().n(), e.amount());
            case ReturnedV1 e -> new SendingCase.Input.Returned(e.remittance().n(), e.amount(), e.caseOpen());
            default -> throw new IllegalArgumentException(received.type() + " is not for the old region");
        };
    }

    boolean isStopped(PersonId person) {
        var account = accounts.get(new AccountKey.Personal(region, joins.now(person)));
        return account != null && account.stop() != null;
    }

    private Standing standing(HoldRequestedV1 request) {
        return request.scheme() == Scheme.EMPLOYEE
                ? joins.standing(joins.now(request.person()))
                : new Standing.Nothing();
    }

    private static ReceivingCase.Input receivingInput(Received received) {
        return switch (received.data()) {
            case BalanceRemittedV1 e ->
                new ReceivingCase.Input.Remitted(
                        e.remittance().n(), e.amount(), e.from(), Route.ofAdvance(e.isAdvance()));
            case CreditOrderedV1 e -> new ReceivingCase.Input.CreditOrdered(e.person(), e.amount(), e.from());
            case NotDueV1 e -> new ReceivingCase.Input.NotDue(e.reason(), e.from());
            default -> throw new IllegalArgumentException(received.type() + " is not for the receiving region");
        };
    }

    private void carryOut(CaseNumber number, List<Fact> facts) {
        for (var fact : facts) {
            switch (fact) {
                case Fact.Post(var posting) -> post(posting);
                case Fact.Reserve(var key, var amount) -> {
                    left.held(key, number);
                    hold(key, amount);
                }
                case Fact.Release(var key, var amount) -> hold(key, amount.negated());
                case Fact.Tell(var to, var data) -> say(Event.balance(self, to, number, data));
                case Fact.RecordDebt(var rn, var debtor, var creditor, var amount) ->
                    recordDebt(rn, debtor, creditor, amount);
                case Fact.AwaitOrder _ -> startLimit(number, DeadlineKind.MATCH, world.now, 15);
                case Fact.OrderCame _ -> endLimit(number, DeadlineKind.MATCH);
            }
        }
        joins.freed(facts.stream().flatMap(Treasury::leftHold).toList());
    }

    /** Whose account a hold may have left, as in CarryOut. */
    private static Stream<PersonId> leftHold(Fact fact) {
        return switch (fact) {
            case Fact.Release(var account, var _) -> Stream.of(account.person());
            case Fact.Post(var posting) ->
                posting.lines().stream()
                        .filter(_ -> posting.fromHold().isPositive())
                        .filter(line -> line.account() instanceof AccountKey.Personal)
                        .map(line -> ((AccountKey.Personal) line.account()).person());
            case Fact.Reserve _, Fact.Tell _, Fact.RecordDebt _, Fact.AwaitOrder _, Fact.OrderCame _ -> Stream.empty();
        };
    }

    private void recordDebt(RemittanceNumber rn, RegionCode debtor, RegionCode creditor, Fen amount) {
        world.watch.owed(rn, amount);
        quarters.book(new DebtRecordedV1(rn.toString(), rn, debtor, creditor, amount, world.now, null));
    }

    private void hold(AccountKey.Personal key, Fen change) {
        var account = accounts.get(key);
        if (account == null) {
            throw new Broken("a hold on an account that does not exist");
        }
        var after = new Account(key, account.balance(), account.held().plus(change), account.stop());
        accounts.put(key, after);
        left.changed(after);
    }
}
