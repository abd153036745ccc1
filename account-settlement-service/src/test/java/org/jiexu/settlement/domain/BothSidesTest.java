package org.jiexu.settlement.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.domain.SendingCase.State;
import org.jiexu.wire.contract.BalanceRemittedV1;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Both machines coupled over a topic that repeats and reorders, with a transfer-out, a transfer-in and clerks who order
 * anything at any moment, and a third region that claims to have sent money: whatever they do, the money is conserved, each
 * remittance is in exactly one place, the third region is never credited and stands in nobody's way.
 */
class BothSidesTest {
    private static final int SEEDS = 1_000;
    private static final int STEPS = 60;

    @Test
    @Tag("R11.2")
    void theMoneyIsAlwaysInExactlyOnePlace() {
        int matched = 0;
        int paidOut = 0;
        int debts = 0;
        int credited = 0;
        int home = 0;
        int suspended = 0;
        int lies = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var world = new World(new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                world.step();
                world.check("seed " + seed + ", step " + step);
            }
            credited += world.sending instanceof State.Settled ? 1 : 0;
            home += world.sending instanceof State.Home ? 1 : 0;
            matched += world.matched;
            paidOut += world.sending instanceof State.PaidOut ? 1 : 0;
            debts += world.debts.isZero() ? 0 : 1;
            suspended += world.suspended;
            lies += world.lies;
        }

        assertThat(List.of(credited, home, suspended, matched, paidOut, debts, lies))
                .as("every way was walked")
                .allMatch(n -> n > SEEDS / 100);
    }

    private static final class World {
        private static final SendingCase.Subject AT = new SendingCase.Subject(Notation.A, Notation.NUMBER);
        private static final AccountKey.Personal OLD = new AccountKey.Personal(Notation.A, Notation.PERSON);

        private final Random random;
        private final Map<AccountKey, Account> accounts = new HashMap<>();
        private final Map<String, Posting> postings = new HashMap<>();
        private final List<EventData> onTheWay = new ArrayList<>();
        private final List<SendingCase.Input> parkedAtA = new ArrayList<>();
        private final List<ReceivingCase.Input> parkedAtB = new ArrayList<>();
        private State sending = new State.None();
        private ReceivingCase receiving = ReceivingCase.unknown(Notation.NUMBER);
        private ReceivingCase paper = ReceivingCase.unknown(Notation.OTHER);
        private int matched;
        private final AccountWish wish;
        private final Route route;
        private Fen total = Fen.ZERO;
        private Fen debts = Fen.ZERO;
        private int line;
        private int attempt;
        private int suspended;
        private int lies;

        World(Random random) {
            this.random = random;
            this.wish = switch (random.nextInt(6)) {
                case 0 -> AccountWish.PAID_OUT;
                case 1 -> AccountWish.STAYS;
                default -> AccountWish.MOVES;
            };
            this.route = Route.ofAdvance(random.nextBoolean());
            contribute(Fen.of(random.nextInt(3) * 10_000L));
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 ->
                    send(new SendingCase.Input.HoldRequested(
                            random.nextInt(2) == 0 ? ++attempt : attempt,
                            Notation.PERSON,
                            account(OLD).standing(),
                            wish));
                case 1 -> send(random.nextInt(6) == 0 ? new SendingCase.Input.ReleaseOrdered() : hold());
                case 2, 3 ->
                    send(new SendingCase.Input.RemitOrdered(
                            1 + random.nextInt(3), amount(), random.nextInt(9) == 0 ? Route.TRANSIT : route));
                case 4 -> receive(new ReceivingCase.Input.CreditOrdered(Notation.PERSON, amount(), Notation.A));
                case 5 -> receive(random.nextInt(3) == 0 ? notDue() : sendBack(Notation.A));
                case 6 -> receive(random.nextBoolean() ? sendBack(Notation.A) : sendBack(Notation.C));
                case 7 -> contribute(Fen.of(1 + random.nextInt(500)));
                case 10 -> send(payOut());
                case 11 -> slip();
                case 12 -> move(paper, orderOnPaper());
                case 13 -> move(paper, random.nextInt(4) == 0 ? notDue() : sendBack(Notation.C));
                case 14 -> match(receiving, paper);
                case 15 -> match(paper, receiving);
                case 16 -> lie();
                case 8 -> stop(random.nextInt(3) == 0 ? new Stop(Stop.Kind.FROZEN, "") : null);
                default -> deliver();
            }
        }

        private SendingCase.Input hold() {
            return new SendingCase.Input.HoldRequested(
                    ++attempt, Notation.PERSON, account(OLD).standing(), wish);
        }

        private SendingCase.Input payOut() {
            return new SendingCase.Input.PayOutOrdered(
                    Notation.PERSON, account(OLD).stop() != null);
        }

        private ReceivingCase.Input notDue() {
            return new ReceivingCase.Input.NotDue(
                    List.of(NotDueReason.DECLINED, NotDueReason.WITHDRAWN, NotDueReason.NO_SUCH_CASE)
                            .get(random.nextInt(3)),
                    random.nextBoolean() ? Notation.A : null);
        }

        /** Staff register the slip of a region outside the platform, mostly with the right amount. */
        private void slip() {
            if (paper.arrivals().size() < 3) {
                var amount = Fen.of(random.nextInt(4) == 0 ? 10_001 : 10_000);
                move(
                        paper,
                        new ReceivingCase.Input.Remitted(
                                paper.nextArrival(Notation.C), amount, Notation.C, Route.BANK));
            }
        }

        private ReceivingCase.Input sendBack(RegionCode from) {
            return new ReceivingCase.Input.SendBack(new ArrivalId(from, 1 + random.nextInt(3)));
        }

        /** Now and then an order of before orders named the old region. */
        private ReceivingCase.Input orderOnPaper() {
            return new ReceivingCase.Input.CreditOrdered(
                    Notation.PERSON, Fen.of(10_000), random.nextInt(3) == 0 ? null : Notation.C);
        }

        /** C, which has no part in the case, says that it has sent its money; once said it stays the same. */
        private void lie() {
            int n = 1 + random.nextInt(3);
            var before = receiving.arrivals().get(new ArrivalId(Notation.C, n));
            receive(new ReceivingCase.Input.Remitted(
                    n,
                    before == null ? amount() : before.amount(),
                    Notation.C,
                    before == null ? route : before.route()));
            lies++;
        }

        /** Two persons match an arrival of one case to the other: both move, or none. */
        private void match(ReceivingCase from, ReceivingCase to) {
            int n = 1 + random.nextInt(3);
            var id = new ArrivalId(random.nextBoolean() ? Notation.A : Notation.C, n);
            var arrival = from.arrivals().get(id);
            if (arrival == null) {
                return;
            }
            var rn = new RemittanceNumber(from.number(), n);
            var left = from.on(new ReceivingCase.Input.MatchTo(id, to.number(), Notation.PERSON));
            var payment = new ReceivingCase.Input.PaidBy(rn, id.from(), arrival.amount(), Notation.PERSON);
            var paid = to.on(payment);
            if (left instanceof Outcome.Moved<ReceivingCase> && paid instanceof Outcome.Moved<ReceivingCase>) {
                matched = 1;
                move(from, new ReceivingCase.Input.MatchTo(id, to.number(), Notation.PERSON));
                move(to, payment);
            }
        }

        private void move(ReceivingCase which, ReceivingCase.Input input) {
            if (which.on(input) instanceof Outcome.Moved(var next, var facts)) {
                if (next.number().equals(Notation.NUMBER)) {
                    receiving = next;
                } else {
                    paper = next;
                }
                facts.forEach(this::carryOut);
            }
        }

        /** Mostly what is held, as the sheet says it; now and then anything. */
        private Fen amount() {
            var right = switch (sending) {
                case State.Held s -> s.amount();
                case State.Remitted s -> s.amount();
                case State.None _,
                        State.Empty _,
                        State.Refused _,
                        State.Kept _,
                        State.PaidOut _,
                        State.Settled _,
                        State.Released _,
                        State.Home _ -> Fen.of(10_000);
            };
            return random.nextInt(6) == 0 ? Fen.of(10_001) : right;
        }

        /** Any message that is on the way; half of the times it stays there and comes again. */
        private void deliver() {
            if (onTheWay.isEmpty()) {
                return;
            }
            int i = random.nextInt(onTheWay.size());
            var message = random.nextBoolean() ? onTheWay.get(i) : onTheWay.remove(i);
            if (message instanceof BalanceRemittedV1 m) {
                receive(new ReceivingCase.Input.Remitted(
                        m.remittance().n(), m.amount(), m.from(), Route.ofAdvance(m.isAdvance())));
            } else if (message instanceof CreditedV1 m
                    && m.remittance().caseNumber().equals(Notation.NUMBER)) {
                send(new SendingCase.Input.Credited(m.remittance().n(), m.amount()));
            } else if (message instanceof ReturnedV1 m) {
                send(new SendingCase.Input.Returned(m.remittance().n(), m.amount(), m.caseOpen()));
            }
        }

        private void send(SendingCase.Input input) {
            switch (SendingCase.on(AT, sending, input)) {
                case Outcome.Moved(var next, var facts) -> {
                    sending = next;
                    facts.forEach(this::carryOut);
                    var parked = List.copyOf(parkedAtA);
                    parkedAtA.clear();
                    parked.forEach(this::send);
                }
                case Outcome.AlreadyDone<State> _ -> {}
                case Outcome.Rejected<State> _ -> {
                    if (!(input instanceof SendingCase.Input.HoldRequested)) {
                        parkedAtA.add(input);
                    }
                }
                case Outcome.Conflict<State> _ -> {}
            }
        }

        private void receive(ReceivingCase.Input input) {
            switch (receiving.on(input)) {
                case Outcome.Moved(var next, var facts) -> {
                    receiving = next;
                    facts.forEach(this::carryOut);
                    var parked = List.copyOf(parkedAtB);
                    parkedAtB.clear();
                    parked.forEach(this::receive);
                }
                case Outcome.AlreadyDone<ReceivingCase> _ -> {}
                case Outcome.Rejected<ReceivingCase> _ -> {
                    if (!(input instanceof ReceivingCase.Input.SendBack)) {
                        parkedAtB.add(input);
                    }
                }
                case Outcome.Conflict<ReceivingCase>(var reason) -> throw new AssertionError(input + ": " + reason);
            }
        }

        private void carryOut(Fact fact) {
            switch (fact) {
                case Fact.Post(var posting) -> post(posting);
                case Fact.Reserve(var key, var amount) ->
                    accounts.put(key, account(key).reserve(amount));
                case Fact.Release(var key, var amount) ->
                    accounts.put(key, account(key).release(amount));
                case Fact.Tell(var region, var data) -> {
                    if (!region.equals(Notation.C)) {
                        onTheWay.add(data);
                    }
                }
                case Fact.RecordDebt(var _, var debtor, var creditor, var amount) -> {
                    assertThat(List.of(debtor, creditor)).containsExactly(Notation.A, Notation.B);
                    debts = debts.plus(amount);
                }
                case Fact.AwaitOrder _, Fact.OrderCame _ -> {}
            }
        }

        private void post(Posting posting) {
            var answer = Ledger.post(posting, Optional.ofNullable(postings.get(posting.key())), accounts);
            assertThat(answer).as(posting.key()).isInstanceOf(Ledger.Answer.Posted.class);
            ((Ledger.Answer.Posted) answer).after().forEach(account -> accounts.put(account.key(), account));
            postings.put(posting.key(), posting);
        }

        private void contribute(Fen amount) {
            if (amount.isPositive()) {
                post(Posting.contribute("b", ++line, Notation.A, Notation.PERSON, amount));
                total = total.plus(amount);
            }
        }

        private void stop(@Nullable Stop stop) {
            var account = account(OLD);
            accounts.put(OLD, new Account(OLD, account.balance(), account.held(), stop));
        }

        private Account account(AccountKey key) {
            return accounts.getOrDefault(key, Account.opened(key));
        }

        void check(String where) {
            var everything = Fen.ZERO;
            for (var account : accounts.values()) {
                if (!account.key().kind().mayBeNegative()) {
                    assertThat(account.balance()).as(where).isGreaterThanOrEqualTo(Fen.ZERO);
                    assertThat(account.held()).as(where).isBetween(Fen.ZERO, account.balance());
                }
                everything = account.key() instanceof AccountKey.Fund ? everything : everything.plus(account.balance());
            }
            assertThat(everything).as(where).isEqualTo(total);
            assertThat(account(OLD).held())
                    .as(where)
                    .isEqualTo(
                            switch (sending) {
                                case State.Held s -> s.amount();
                                case State.Kept s -> s.amount();
                                case State.None _,
                                        State.Empty _,
                                        State.Refused _,
                                        State.PaidOut _,
                                        State.Remitted _,
                                        State.Settled _,
                                        State.Released _,
                                        State.Home _ -> Fen.ZERO;
                            });
            assertThat(sum(account -> account.key().ledger().equals(Notation.A)))
                    .as(where)
                    .isEqualTo(Fen.ZERO);
            assertThat(sum(account -> account.key().ledger().equals(Notation.B)))
                    .as(where)
                    .isEqualTo(Fen.ZERO);
            assertThat(debts).as(where).isEqualTo(advanced());
            assertThat(receiving.arrivals().values())
                    .as(where)
                    .noneMatch(a -> a.from().equals(Notation.C) && a.place() instanceof Place.Credited);
            assertThat(paid(receiving, paper)).as(where).isEqualTo(isPaid(receiving));
            assertThat(paid(paper, receiving)).as(where).isEqualTo(isPaid(paper));
            Whereabouts.of(postings.values())
                    .forEach((rn, places) ->
                            assertThat(places).as(where + ", remittance " + rn).hasSize(1));
            suspended +=
                    receiving.arrivals().values().stream().anyMatch(a -> a.place() instanceof Place.Suspended) ? 1 : 0;
        }

        private static int isPaid(ReceivingCase one) {
            return one.order() instanceof ReceivingCase.Order.Paid ? 1 : 0;
        }

        /** How often a case was paid: by its own arrivals, and by the other's. */
        private static int paid(ReceivingCase one, ReceivingCase other) {
            var places = Stream.concat(
                    one.arrivals().values().stream()
                            .map(ReceivingCase.Arrival::place)
                            .filter(Place.Credited.class::isInstance),
                    other.arrivals().values().stream()
                            .map(ReceivingCase.Arrival::place)
                            .filter(new Place.Matched(one.number())::equals));
            return (int) places.count();
        }

        private Fen sum(Predicate<Account> of) {
            return accounts.values().stream().filter(of).map(Account::balance).reduce(Fen.ZERO, Fen::plus);
        }

        /** What was advanced and credited: exactly that is owed. */
        private Fen advanced() {
            return receiving.arrivals().values().stream()
                    .filter(a -> a.route() == Route.CLEARING && a.place() instanceof Place.Credited)
                    .map(ReceivingCase.Arrival::amount)
                    .reduce(Fen.ZERO, Fen::plus);
        }
    }
}
