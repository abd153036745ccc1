package org.jiexu.transferout;

import java.util.List;
import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferout.domain.Input;
import org.jiexu.transferout.domain.Outcome;
import org.jiexu.transferout.domain.OutgoingCase;
import org.jiexu.transferout.domain.Task;
import org.jiexu.transferout.domain.TransferOut;
import org.jiexu.transferout.postgres.CaseStore;
import org.jiexu.transferout.postgres.TaskStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What staff want of a case without a sheet: decline, hold again, remit again. */
@Component
public class CarryOutWish {
    private final CaseStore cases;
    private final TaskStore tasks;
    private final MoveCase moveCase;
    private final Parking parking;
    private final BusinessClock clock;

    CarryOutWish(CaseStore cases, TaskStore tasks, MoveCase moveCase, Parking parking, BusinessClock clock) {
        this.cases = cases;
        this.tasks = tasks;
        this.moveCase = moveCase;
        this.parking = parking;
        this.clock = clock;
    }

    /** R3.4: the old region finds after acceptance that it cannot transfer. */
    @Transactional
    public void decline(RegionCode region, CaseNumber number, List<CodedReason> reasons) {
        carryOut(region, number, new Input.Decline(reasons));
    }

    @Transactional
    public void retryHold(RegionCode region, CaseNumber number) {
        carryOut(region, number, new Input.RetryHold());
    }

    /** An instant case tries by itself (R6.6); what staff or the applicant did meanwhile stands. */
    @Transactional
    public void retryHoldByItself(CaseNumber number) {
        cases.lock(number).ifPresent(found -> go(found, TransferOut.on(found.state(), new Input.RetryHold())));
    }

    /** A case with nothing to transfer ends by itself (R3.4, R6.6), unless it has moved since it was {@code seen}. */
    @Transactional
    public void declineByItself(OutgoingCase seen, List<CodedReason> reasons) {
        cases.lock(seen.number())
                .filter(found -> found.state().equals(seen.state()))
                .ifPresent(found -> go(found, TransferOut.on(found.state(), new Input.Decline(reasons))));
    }

    @Transactional
    public void remitAgain(RegionCode region, CaseNumber number) {
        carryOut(region, number, new Input.RemitAgain());
    }

    /** The resumption after issue was looked at; the other tasks end with their state. */
    @Transactional
    public void resumptionSeen(RegionCode region, CaseNumber number) {
        var seen = lock(region, number);
        tasks.close(seen.number(), List.of(Task.LOOK_AT_RESUMPTION, Task.LOOK_AT_DEATH), clock.instant());
    }

    private void carryOut(RegionCode region, CaseNumber number, Input.Wish wish) {
        var before = lock(region, number);
        var outcome = TransferOut.on(before.state(), wish);
        Wishes.answer(outcome);
        go(before, outcome);
    }

    private void go(OutgoingCase before, Outcome outcome) {
        if (outcome instanceof Outcome.Moved moved) {
            moveCase.go(before, moved, moveCase.ownCause());
            parking.offerAgain(before.number().value());
        }
    }

    private OutgoingCase lock(RegionCode region, CaseNumber number) {
        return cases.lock(number)
                .filter(found -> found.sending().equals(region))
                .orElseThrow(Problem::notFound);
    }
}
