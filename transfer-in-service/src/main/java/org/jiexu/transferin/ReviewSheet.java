package org.jiexu.transferin;

import java.util.List;
import org.jiexu.bus.directory.Policies;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.transferin.domain.CaseFile;
import org.jiexu.transferin.domain.Fact;
import org.jiexu.transferin.domain.Input;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.transferin.domain.SheetReview;
import org.jiexu.transferin.domain.Step;
import org.jiexu.wire.contract.DeadlineKind;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 初核 — what happens to a sheet that has just come in: confirmed or returned at once, or left to a clerk (43号 Art. 9). */
@Component
class ReviewSheet {
    private final ConfirmSheet confirmSheet;
    private final CarryOut carryOut;
    private final Policies policies;
    private final BusinessClock clock;

    ReviewSheet(ConfirmSheet confirmSheet, CarryOut carryOut, Policies policies, BusinessClock clock) {
        this.confirmSheet = confirmSheet;
        this.carryOut = carryOut;
        this.policies = policies;
        this.clock = clock;
    }

    /** Inside the transaction that has received it. */
    void received(CaseFile file, ReceivedSheet sheet, @Nullable String cause) {
        boolean instant = file.application().instant();
        if (instant && isAboveLimit(file, sheet.amount())) {
            // R6.3: above the province's limit staff look at it, within a limit of their own.
            carryOut.note(file, List.of(new Fact.LimitStarted(DeadlineKind.REVIEW, sheet.issuedAt())), cause);
            carryOut.tell(file, Step.SHEET_RECEIVED, clock.instant(), cause);
            return;
        }
        var faults = SheetReview.faults(file, sheet, sheet.sealed().read());
        // R6.6: an instant case whose sheet has faults goes the ordinary way from here on.
        // R11.5: a sheet that one clerk has typed from paper waits for another one, whatever the region's policy.
        boolean byItself = !file.application().onPaper()
                && (policies.flag(Policies.AUTOMATIC_CONFIRM, file.receiving()) || (instant && faults.isEmpty()));
        if (!byItself) {
            carryOut.tell(file, Step.SHEET_RECEIVED, clock.instant(), cause);
            return;
        }
        // R5.3: a sheet that fails is returned with all coded reasons.
        var input = faults.isEmpty()
                ? confirmSheet.confirmation(file, sheet.version())
                : new Input.Return(sheet.version(), faults, false);
        confirmSheet.carryOut(file.because(faults), input, cause);
    }

    private boolean isAboveLimit(CaseFile file, Fen amount) {
        var limit = policies.text(Policies.INSTANT_LIMIT, file.receiving());
        return !limit.isBlank() && amount.compareTo(Fen.parse(limit)) > 0;
    }
}
