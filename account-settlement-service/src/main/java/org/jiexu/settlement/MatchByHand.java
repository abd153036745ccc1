package org.jiexu.settlement;

import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Arrival;
import org.jiexu.settlement.domain.ReceivingCase.Input;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.SuspenseStore;
import org.jiexu.settlement.postgres.SuspenseStore.MatchStep;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 手工匹配 — money that came under one case is credited in another that waits for exactly this amount and person, when a
 * clerk has prepared it and a reviewer, another person, has approved it (R3.2).
 */
@Component
public class MatchByHand {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SuspenseStore suspense;
    private final HandStore hands;
    private final CarryOut carryOut;
    private final Parking parking;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    MatchByHand(
            TransactionTemplate transaction,
            CaseStore cases,
            SuspenseStore suspense,
            HandStore hands,
            CarryOut carryOut,
            Parking parking,
            ServiceIdentity identity,
            BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.suspense = suspense;
        this.hands = hands;
        this.carryOut = carryOut;
        this.parking = parking;
        this.identity = identity;
        this.clock = clock;
    }

    /** The case under which the money came, and the one that it is to pay. */
    private record Pair(ReceivingCase from, ReceivingCase to) {}

    /** The clerk's half: names the case and the person. Another clerk may prepare it anew until it is approved. */
    public MatchStep prepare(
            RegionCode region,
            RemittanceNumber rn,
            @Nullable RegionCode from,
            CaseNumber to,
            PersonId person,
            Caller clerk) {
        return transaction.execute(status -> {
            var pair = lock(region, rn, to);
            var arrival = FindArrival.in(pair.from(), rn, from);
            decide(pair.from().on(new Input.MatchTo(arrival.id(), to, person)), "NOT_MATCHABLE", "该笔款项不能匹配至其他业务");
            decide(pair.to().on(payment(rn, arrival, person)), "NO_SUCH_ORDER", "该业务没有待入账的同一转出地、同人同额款项");
            suspense.prepareMatch(rn.caseNumber(), arrival.id(), to, person, clerk.subject(), clock.instant());
            return suspense.match(rn.caseNumber(), arrival.id()).orElseThrow();
        });
    }

    /** The reviewer's half, of exactly the case that the reviewer names: both cases move, or none. */
    public MatchStep approve(
            RegionCode region, RemittanceNumber rn, @Nullable RegionCode from, CaseNumber to, Caller reviewer) {
        return transaction.execute(status -> {
            var pair = lock(region, rn, to);
            var arrival = FindArrival.in(pair.from(), rn, from);
            var prepared = suspense.match(rn.caseNumber(), arrival.id())
                    .filter(step -> step.to().equals(to))
                    .orElseThrow(() -> Problem.conflict("NOT_PREPARED", "该笔款项尚未经办匹配至该业务，不能复核。"));
            if (prepared.isDone()) {
                return prepared;
            }
            // House rule: money leaves suspense only on the word of two persons.
            if (prepared.preparedBy().equals(reviewer.subject())) {
                throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
            }
            var left = decide(
                    pair.from().on(new Input.MatchTo(arrival.id(), to, prepared.person())),
                    "NOT_MATCHABLE",
                    "该笔款项不能匹配至其他业务");
            var paid = decide(
                    pair.to().on(payment(rn, arrival, prepared.person())), "NO_SUCH_ORDER", "该业务没有待入账的同一转出地、同人同额款项");
            var both = new Hands(Hands.Act.MATCH, prepared.preparedBy(), reviewer.subject());
            go(pair.from(), left, both);
            go(pair.to(), paid, both);
            suspense.approveMatch(rn.caseNumber(), arrival.id(), reviewer.subject(), clock.instant());
            return suspense.match(rn.caseNumber(), arrival.id()).orElseThrow();
        });
    }

    /** The arrival while it is in suspense. */
    public Arrival inSuspense(RegionCode region, RemittanceNumber rn, @Nullable RegionCode from) {
        if (!rn.caseNumber().receivingRegion().equals(region)) {
            throw Problem.notFound();
        }
        var arrival = FindArrival.in(cases.read(rn.caseNumber()), rn, from);
        return switch (arrival.place()) {
            case Place.Here _, Place.Suspended _ -> arrival;
            case Place.Credited _, Place.Matched _, Place.SentBack _ -> throw Problem.notFound();
        };
    }

    private void go(ReceivingCase before, Outcome.Moved<ReceivingCase> moved, Hands both) {
        cases.save(before, moved.next(), clock.instant());
        carryOut.all(before.number().receivingRegion(), before.number(), moved.facts(), null);
        hands.write(moved.facts(), both);
        parking.offerAgain(before.number().value());
    }

    /** Both rows, always in the order of their numbers. */
    private Pair lock(RegionCode region, RemittanceNumber rn, CaseNumber to) {
        var number = rn.caseNumber();
        if (!identity.hosts(region)
                || !number.receivingRegion().equals(region)
                || !to.receivingRegion().equals(region)) {
            throw Problem.notFound();
        }
        if (number.equals(to)) {
            throw Problem.field("number", "SAME_CASE", "请选择另一项业务。");
        }
        boolean ours = number.compareTo(to) < 0;
        var first = cases.lock(ours ? number : to);
        var second = cases.lock(ours ? to : number);
        return ours ? new Pair(first, second) : new Pair(second, first);
    }

    private static Input payment(RemittanceNumber rn, Arrival arrival, PersonId person) {
        return new Input.PaidBy(rn, arrival.from(), arrival.amount(), person);
    }

    private static Outcome.Moved<ReceivingCase> decide(Outcome<ReceivingCase> outcome, String code, String words) {
        return switch (outcome) {
            case Outcome.Moved<ReceivingCase> moved -> moved;
            case Outcome.AlreadyDone<ReceivingCase> _,
                    Outcome.Rejected<ReceivingCase> _,
                    Outcome.Conflict<ReceivingCase> _ -> throw Problem.conflict(code, words + "。");
        };
    }
}
