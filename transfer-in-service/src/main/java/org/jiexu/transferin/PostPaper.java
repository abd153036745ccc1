package org.jiexu.transferin;

import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Fact.Work;
import org.jiexu.transferin.domain.Step;
import org.jiexu.transferin.domain.TakenStep;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.ProgressStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 寄送 — a paper to an old region outside the platform has been posted (R3.7). */
@Component
public class PostPaper {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final ProgressStore progress;
    private final BusinessClock clock;

    public PostPaper(TransactionTemplate transaction, CaseStore cases, ProgressStore progress, BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.progress = progress;
        this.clock = clock;
    }

    public void posted(CaseNumber number, Work paper, String postalNumber) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            var at = clock.instant();
            if (!paper.isPosting() || !progress.done(number, paper, at)) {
                throw Problem.conflict("NOTHING_TO_POST", "没有待寄送的这种材料。");
            }
            progress.happened(number, new TakenStep(Step.PAPER_POSTED, paper + " " + postalNumber, file.holder(), at));
        });
    }
}
