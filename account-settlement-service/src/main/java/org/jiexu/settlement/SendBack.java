package org.jiexu.settlement;

import java.util.Optional;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.domain.ArrivalId;
import org.jiexu.settlement.domain.Hands;
import org.jiexu.settlement.domain.Outcome;
import org.jiexu.settlement.domain.ReceivingCase;
import org.jiexu.settlement.domain.ReceivingCase.Place;
import org.jiexu.settlement.postgres.CaseStore;
import org.jiexu.settlement.postgres.HandStore;
import org.jiexu.settlement.postgres.SuspenseStore;
import org.jiexu.settlement.postgres.SuspenseStore.SendBackStep;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 退汇 — what does not fit goes back when a clerk has prepared it and a reviewer, another person, has approved it. */
@Component
public class SendBack {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final SuspenseStore suspense;
    private final HandStore hands;
    private final CarryOut carryOut;
    private final Parking parking;
    private final ServiceIdentity identity;
    private final BusinessClock clock;

    SendBack(
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

    /** The clerk's half. Prepared by somebody before: that stands. */
    public void prepare(RegionCode region, RemittanceNumber rn, @Nullable RegionCode from, Caller clerk) {
        transaction.executeWithoutResult(status -> {
            var before = lock(region, rn);
            var id = FindArrival.in(before, rn, from).id();
            switch (before.on(new ReceivingCase.Input.SendBack(id))) {
                case Outcome.Moved<ReceivingCase> _ ->
                    suspense.prepareSendBack(before.number(), id, clerk.subject(), clock.instant());
                case Outcome.AlreadyDone<ReceivingCase> _ -> {}
                case Outcome.Rejected<ReceivingCase> _, Outcome.Conflict<ReceivingCase> _ -> throw notSuspended();
            }
        });
    }

    /** The reviewer's half: the money goes back on the wire. */
    public void approve(RegionCode region, RemittanceNumber rn, @Nullable RegionCode from, Caller reviewer) {
        transaction.executeWithoutResult(status -> {
            var before = lock(region, rn);
            var arrival = FindArrival.in(before, rn, from);
            if (arrival.place() instanceof Place.SentBack) {
                return;
            }
            // House rule: money leaves suspense only on the word of two persons.
            var prepared = suspense.sendBack(before.number(), arrival.id())
                    .orElseThrow(() -> Problem.conflict("NOT_PREPARED", "该笔款项尚未经办退汇，不能复核。"));
            if (prepared.preparedBy().equals(reviewer.subject())) {
                throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
            }
            approve(
                    region,
                    arrival.id(),
                    new Hands(Hands.Act.SEND_BACK, prepared.preparedBy(), reviewer.subject()),
                    before);
        });
    }

    private void approve(RegionCode region, ArrivalId id, Hands both, ReceivingCase before) {
        switch (before.on(new ReceivingCase.Input.SendBack(id))) {
            case Outcome.Moved(var after, var facts) -> {
                var now = clock.instant();
                cases.save(before, after, now);
                suspense.approveSendBack(before.number(), id, both.approvedBy(), now);
                carryOut.all(region, before.number(), facts, null);
                hands.write(facts, both);
                parking.offerAgain(before.number().value());
            }
            case Outcome.AlreadyDone<ReceivingCase> _ -> {}
            case Outcome.Rejected<ReceivingCase> _, Outcome.Conflict<ReceivingCase> _ -> throw notSuspended();
        }
    }

    public Optional<SendBackStep> state(RemittanceNumber rn, @Nullable RegionCode from) {
        var found = FindArrival.in(cases.read(rn.caseNumber()), rn, from);
        return suspense.sendBack(rn.caseNumber(), found.id());
    }

    private ReceivingCase lock(RegionCode region, RemittanceNumber rn) {
        if (!identity.hosts(region) || !rn.caseNumber().receivingRegion().equals(region)) {
            throw Problem.notFound();
        }
        return cases.lock(rn.caseNumber());
    }

    private static Problem notSuspended() {
        return Problem.conflict("NOT_SUSPENDED", "该笔款项未挂账，不能退汇。");
    }
}
