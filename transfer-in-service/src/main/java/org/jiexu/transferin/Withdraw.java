package org.jiexu.transferin;

import org.jiexu.bus.inbox.Parking;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.Outcome;
import org.jiexu.transferin.domain.TransferIn;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 撤回 — before acceptance at once; afterwards the old region decides (R2.6). */
@Component
public class Withdraw {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final CarryOut carryOut;
    private final Parking parking;
    private final BusinessClock clock;

    public Withdraw(
            TransactionTemplate transaction, CaseStore cases, CarryOut carryOut, Parking parking, BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.carryOut = carryOut;
        this.parking = parking;
        this.clock = clock;
    }

    public void withdraw(CaseNumber number) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            switch (TransferIn.on(
                    file.state(),
                    new Input.ApplicantWithdraws(
                            clock.instant(), file.application().onPaper()))) {
                case Outcome.Moved moved -> {
                    carryOut.move(file, moved, null);
                    parking.offerAgain(number.value());
                }
                case Outcome.AlreadyDone(var facts) -> carryOut.note(file, facts, null);
                case Outcome.InConflict(var conflict) ->
                    throw Problem.conflict(conflict.name(), conflict.words() + "。");
                case Outcome.NotFound() -> throw Problem.notFound();
                case Outcome.Rejected(var reason, var _) ->
                    throw new IllegalStateException("parked an applicant's wish: " + reason);
            }
        });
    }
}
