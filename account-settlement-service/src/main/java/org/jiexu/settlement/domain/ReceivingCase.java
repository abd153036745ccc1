package org.jiexu.settlement.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jiexu.settlement.domain.Outcome.AlreadyDone;
import org.jiexu.settlement.domain.Outcome.Conflict;
import org.jiexu.settlement.domain.Outcome.Moved;
import org.jiexu.settlement.domain.Outcome.Rejected;
import org.jiexu.wire.contract.CreditedV1;
import org.jiexu.wire.contract.EventData;
import org.jiexu.wire.contract.NotDueReason;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.contract.SuspendedV1;
import org.jiexu.wire.contract.SuspenseReason;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;

/**
 * 转入资金 — one case's money in the receiving region (SB, protocol.md §5): one order, any number of arrivals. What
 * arrives waits in suspense until the sheet is booked; then exactly one arrival of the booked amount is credited.
 * Everything else stays in suspense for people, or goes back. An arrival is known by its sender and its number, so that a
 * region without a part in the case is neither credited nor in the way of the one that has. On every input: store it, then
 * apply the one matching rule.
 */
public record ReceivingCase(CaseNumber number, Order order, SortedMap<ArrivalId, Arrival> arrivals) {

    /**
     * 入账指令 — what the receiving region's transfer-in has said about this case's money. {@code from} is the old region;
     * null where the order was given before orders named it: then the first matching amount is taken from any region.
     */
    public sealed interface Order {
        record None() implements Order {}

        record Due(PersonId person, Fen amount, @Nullable RegionCode from) implements Order {
            public Due(PersonId person, Fen amount) {
                this(person, amount, null);
            }

            /** Told again; an order of before regions were named fits any. */
            boolean saysTheSameAs(Input.CreditOrdered again) {
                return person.equals(again.person())
                        && amount.equals(again.amount())
                        && (from == null || again.from() == null || from.equals(again.from()));
            }
        }

        record NotDue(NotDueReason reason, @Nullable RegionCode from) implements Order {
            public NotDue(NotDueReason reason) {
                this(reason, null);
            }
        }

        record Paid(PersonId person, Fen amount, @Nullable RegionCode from) implements Order {
            public Paid(PersonId person, Fen amount) {
                this(person, amount, null);
            }
        }

        /** Whose money alone is this case's; null while nobody has said it. */
        default @Nullable RegionCode oldRegion() {
            return switch (this) {
                case None _ -> null;
                case Due due -> due.from();
                case NotDue notDue -> notDue.from();
                case Paid paid -> paid.from();
            };
        }
    }

    /** 到账款 — one remittance that arrived, and where its money is now. */
    public record Arrival(int n, RegionCode from, Fen amount, Route route, Place place) {
        /** Money that really travelled. */
        public Arrival(int n, RegionCode from, Fen amount, Place place) {
            this(n, from, amount, Route.TRANSIT, place);
        }

        public ArrivalId id() {
            return new ArrivalId(from, n);
        }

        Arrival at(Place now) {
            return new Arrival(n, from, amount, route, now);
        }

        boolean saysTheSameAs(Input.Remitted again) {
            return amount.equals(again.amount()) && route == again.route();
        }
    }

    public sealed interface Place {
        /** 待匹配 — in suspense, waiting for the sheet. */
        record Here() implements Place {}

        /** 已入账 — on the personal account. */
        record Credited() implements Place {}

        /** 挂账 — in suspense, for people to decide. */
        record Suspended(SuspenseReason reason) implements Place {}

        /** 已匹配 — credited to the person of another case, by two persons. */
        record Matched(CaseNumber to) implements Place {}

        /** 已退汇 — back on the wire. */
        record SentBack() implements Place {}
    }

    public sealed interface Input {
        record Remitted(int n, Fen amount, RegionCode from, Route route) implements Input {
            /** Money that really travelled. */
            public Remitted(int n, Fen amount, RegionCode from) {
                this(n, amount, from, Route.TRANSIT);
            }
        }

        record CreditOrdered(
                PersonId person, Fen amount, @Nullable RegionCode from) implements Input {}

        record NotDue(NotDueReason reason, @Nullable RegionCode from) implements Input {}

        /** 退汇决定 — decided by two persons. */
        record SendBack(ArrivalId id) implements Input {}

        /** 匹配决定 — decided by two persons: this arrival is the money of that person in another case. */
        record MatchTo(ArrivalId id, CaseNumber other, PersonId person) implements Input {}

        /** 以他案来款入账 — the other half of it, in the case that is paid. */
        record PaidBy(RemittanceNumber remittance, RegionCode from, Fen amount, PersonId person) implements Input {}
    }

    private record Cell(Order order, Input input) {}

    public ReceivingCase {
        arrivals = Collections.unmodifiableSortedMap(new TreeMap<>(arrivals));
    }

    public static ReceivingCase unknown(CaseNumber number) {
        return new ReceivingCase(number, new Order.None(), new TreeMap<>());
    }

    /** The table of protocol.md §5, a row at a time; {@link #match} completes each cell that stores something. */
    public Outcome<ReceivingCase> on(Input input) {
        return switch (new Cell(order, input)) {
            case Cell(Order.None _, Input.Remitted i) -> arrive(i);
            case Cell(Order.Due _, Input.Remitted i) -> arrive(i);
            case Cell(Order.NotDue _, Input.Remitted i) -> arrive(i);
            case Cell(Order.Paid _, Input.Remitted i) -> arrive(i);

            case Cell(Order.None _, Input.CreditOrdered i) -> match(new Order.Due(i.person(), i.amount(), i.from()));
            case Cell(Order.Due o, Input.CreditOrdered i) ->
                o.saysTheSameAs(i) ? same() : rejected("another amount is due already, or another region's money");
            case Cell(Order.NotDue _, Input.CreditOrdered _) -> rejected("nothing is due in this case");
            case Cell(Order.Paid _, Input.CreditOrdered _) -> same();

            case Cell(Order.None _, Input.NotDue i) -> match(new Order.NotDue(i.reason(), i.from()));
            case Cell(Order.Due _, Input.NotDue _) -> rejected("the amount is due already");
            case Cell(Order.NotDue _, Input.NotDue _) -> same();
            case Cell(Order.Paid _, Input.NotDue _) -> rejected("the amount is paid already");

            case Cell(Order.None _, Input.SendBack i) -> sendBack(i, false);
            case Cell(Order.Due _, Input.SendBack i) -> sendBack(i, true);
            case Cell(Order.NotDue _, Input.SendBack i) -> sendBack(i, false);
            case Cell(Order.Paid _, Input.SendBack i) -> sendBack(i, false);

            case Cell(Order.None _, Input.MatchTo i) -> matchTo(i);
            case Cell(Order.Due o, Input.MatchTo i) ->
                isStrangers(i.id()) || (isOf(o.person(), i) && cameByBank(i.id()))
                        ? matchTo(i)
                        : rejected("its own case waits for the money");
            case Cell(Order.NotDue _, Input.MatchTo i) -> matchTo(i);
            case Cell(Order.Paid o, Input.MatchTo i) ->
                isStrangers(i.id()) || isOf(o.person(), i) ? matchTo(i) : rejected("the money of another person");

            case Cell(Order.None _, Input.PaidBy _) -> rejected("nothing is due yet");
            case Cell(Order.Due o, Input.PaidBy i) -> payBy(o, i);
            case Cell(Order.NotDue _, Input.PaidBy _) -> rejected("nothing is due in this case");
            case Cell(Order.Paid _, Input.PaidBy _) -> rejected("the amount is paid already");
        };
    }

    /** The running number that the next arrival of that region made by people gets. */
    public int nextArrival(RegionCode from) {
        var known = arrivals.keySet().stream().filter(id -> id.from().equals(from));
        return known.mapToInt(ArrivalId::n).max().orElse(0) + 1;
    }

    /** The arrivals of that number, one a sender. */
    public List<Arrival> numbered(int n) {
        return arrivals.values().stream().filter(arrival -> arrival.n() == n).toList();
    }

    public boolean hasMoneyWaiting() {
        return arrivals.values().stream().anyMatch(a -> a.place() instanceof Place.Here);
    }

    private RegionCode region() {
        return number.receivingRegion();
    }

    private RemittanceNumber remittance(Arrival arrival) {
        return new RemittanceNumber(number, arrival.n());
    }

    private Outcome<ReceivingCase> arrive(Input.Remitted i) {
        var known = arrivals.get(new ArrivalId(i.from(), i.n()));
        if (known != null) {
            return known.saysTheSameAs(i) ? same() : new Conflict<>("this remittance arrived with another content");
        }
        var arrival = new Arrival(i.n(), i.from(), i.amount(), i.route(), new Place.Here());
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.Post(Posting.arrive(i.route(), remittance(arrival), i.from(), region(), i.amount())));
        return with(arrival).matched(hasMoneyWaiting(), facts);
    }

    private Outcome<ReceivingCase> match(Order now) {
        return new ReceivingCase(number, now, arrivals).matched(hasMoneyWaiting(), new ArrayList<>());
    }

    /** The one matching rule: each arrival that waits is looked at once, in the order of its number. */
    private Outcome<ReceivingCase> matched(boolean waitedBefore, List<Fact> facts) {
        var result = this;
        for (var arrival : arrivals.values()) {
            if (arrival.place() instanceof Place.Here) {
                result = result.match(arrival, facts);
            }
        }
        if (waitedBefore != result.hasMoneyWaiting()) {
            facts.add(waitedBefore ? new Fact.OrderCame() : new Fact.AwaitOrder());
        }
        return new Moved<>(result, facts);
    }

    private ReceivingCase match(Arrival arrival, List<Fact> facts) {
        var oldRegion = order.oldRegion();
        if (oldRegion != null && !oldRegion.equals(arrival.from())) {
            return suspend(arrival, SuspenseReason.WRONG_REGION, facts);
        }
        return switch (order) {
            case Order.None _ -> this;
            case Order.Due due ->
                arrival.amount().equals(due.amount())
                        ? credit(arrival, due, facts)
                        : suspend(arrival, SuspenseReason.AMOUNT, facts);
            case Order.NotDue(var reason, var _) ->
                switch (reason) {
                    case DECLINED, WITHDRAWN -> giveBack(arrival, reason.name(), false, facts);
                    case NO_SUCH_CASE -> suspend(arrival, SuspenseReason.NO_SUCH_CASE, facts);
                };
            case Order.Paid _ -> suspend(arrival, SuspenseReason.SECOND, facts);
        };
    }

    /** 43号 Art. 9: the amount is credited to the person, and both regions are told. */
    private ReceivingCase credit(Arrival arrival, Order.Due due, List<Fact> facts) {
        var said = new CreditedV1(remittance(arrival), arrival.amount());
        facts.add(new Fact.Post(
                Posting.credit(remittance(arrival), arrival.from(), region(), due.person(), arrival.amount())));
        tellOldRegion(arrival, said, facts);
        facts.add(new Fact.Tell(region(), said));
        recordDebt(arrival, facts);
        return new ReceivingCase(number, new Order.Paid(due.person(), due.amount(), due.from()), arrivals)
                .with(arrival.at(new Place.Credited()));
    }

    /** R6.5: what was advanced to the person the old region owes from now on. */
    private void recordDebt(Arrival arrival, List<Fact> facts) {
        if (arrival.route() == Route.CLEARING) {
            facts.add(new Fact.RecordDebt(remittance(arrival), arrival.from(), region(), arrival.amount()));
        }
    }

    private ReceivingCase suspend(Arrival arrival, SuspenseReason reason, List<Fact> facts) {
        facts.add(new Fact.Tell(region(), new SuspendedV1(remittance(arrival), arrival.amount(), reason)));
        return with(arrival.at(new Place.Suspended(reason)));
    }

    private ReceivingCase giveBack(Arrival arrival, String reason, boolean caseOpen, List<Fact> facts) {
        var rn = remittance(arrival);
        facts.add(new Fact.Post(Posting.sendBack(arrival.route(), rn, arrival.from(), region(), arrival.amount())));
        tellOldRegion(arrival, new ReturnedV1(rn, arrival.amount(), reason, caseOpen), facts);
        return with(arrival.at(new Place.SentBack()));
    }

    /** R3.7: a region outside the platform hears of its money by its bank. */
    private static void tellOldRegion(Arrival arrival, EventData said, List<Fact> facts) {
        if (arrival.route().reachesOldRegion()) {
            facts.add(new Fact.Tell(arrival.from(), said));
        }
    }

    private Outcome<ReceivingCase> sendBack(Input.SendBack i, boolean caseOpen) {
        var arrival = arrivals.get(i.id());
        if (arrival == null) {
            return rejected("no such remittance arrived");
        }
        return switch (arrival.place()) {
            case Place.Suspended(var reason) -> {
                var facts = new ArrayList<Fact>();
                boolean awaited = caseOpen && reason != SuspenseReason.WRONG_REGION;
                yield new Moved<>(giveBack(arrival, reason.name(), awaited, facts), facts);
            }
            // The number on a bank's slip may be wrong, and no message will say so (R3.7).
            case Place.Here _ -> {
                var facts = new ArrayList<Fact>();
                yield arrival.route() == Route.BANK
                        ? leave(giveBack(arrival, "WRONG_CASE", caseOpen, facts), facts)
                        : rejected("the money waits for its sheet");
            }
            case Place.SentBack _ -> same();
            case Place.Matched _ -> rejected("the money was matched to another case");
            case Place.Credited _ -> rejected("the money was credited");
        };
    }

    /** R3.2: never by guess: of the amount and person that the other case waits for, on the word of two persons. */
    private Outcome<ReceivingCase> matchTo(Input.MatchTo i) {
        var arrival = arrivals.get(i.id());
        if (arrival == null) {
            return rejected("no such remittance arrived");
        }
        if (arrival.route() == Route.CLEARING) {
            return rejected("an advance is sent back and advanced again where it belongs");
        }
        return switch (arrival.place()) {
            case Place.Suspended _ -> match(arrival, i);
            case Place.Here _ ->
                arrival.route() == Route.BANK ? match(arrival, i) : rejected("the money waits for its sheet");
            case Place.Matched(var to) ->
                to.equals(i.other()) ? same() : rejected("the money was matched to another case");
            case Place.SentBack _ -> rejected("the money was sent back");
            case Place.Credited _ -> rejected("the money was credited");
        };
    }

    private Outcome<ReceivingCase> match(Arrival arrival, Input.MatchTo i) {
        if (i.other().equals(number) || !i.other().receivingRegion().equals(region())) {
            return rejected("not another case of this region");
        }
        var rn = remittance(arrival);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.Post(Posting.match(rn, arrival.from(), i.other(), i.person(), arrival.amount())));
        tellOldRegion(arrival, new CreditedV1(rn, arrival.amount(), i.other()), facts);
        return leave(with(arrival.at(new Place.Matched(i.other()))), facts);
    }

    private Outcome<ReceivingCase> payBy(Order.Due due, Input.PaidBy i) {
        if (!due.saysTheSameAs(new Input.CreditOrdered(i.person(), i.amount(), i.from()))) {
            return rejected("another amount or person is due, or another region's money");
        }
        return new Moved<>(
                new ReceivingCase(number, new Order.Paid(due.person(), due.amount(), due.from()), arrivals),
                List.of(new Fact.Tell(region(), new CreditedV1(i.remittance(), i.amount(), number))));
    }

    /** Something left suspense; if nothing waits here any more, its clock ends. */
    private Outcome<ReceivingCase> leave(ReceivingCase after, List<Fact> facts) {
        if (hasMoneyWaiting() && !after.hasMoneyWaiting()) {
            facts.add(new Fact.OrderCame());
        }
        return new Moved<>(after, facts);
    }

    private static boolean isOf(PersonId person, Input.MatchTo i) {
        return person.equals(i.person());
    }

    private boolean cameByBank(ArrivalId id) {
        var arrival = arrivals.get(id);
        return arrival != null && arrival.route() == Route.BANK;
    }

    /** The case itself does not wait for the money of a region without a part in it. */
    private boolean isStrangers(ArrivalId id) {
        var arrival = arrivals.get(id);
        return arrival != null && arrival.place().equals(new Place.Suspended(SuspenseReason.WRONG_REGION));
    }

    private ReceivingCase with(Arrival arrival) {
        var next = new TreeMap<>(arrivals);
        next.put(arrival.id(), arrival);
        return new ReceivingCase(number, order, next);
    }

    private static Outcome<ReceivingCase> same() {
        return new AlreadyDone<>();
    }

    private static Outcome<ReceivingCase> rejected(String reason) {
        return new Rejected<>(reason);
    }
}
