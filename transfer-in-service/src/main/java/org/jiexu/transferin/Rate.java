package org.jiexu.transferin;

import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Idempotency;
import org.jiexu.bus.web.Problem;
import org.jiexu.transferin.domain.Rating;
import org.jiexu.transferin.domain.State;
import org.jiexu.transferin.postgres.CaseStore;
import org.jiexu.transferin.postgres.RatingStore;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 评价 — once, after the end; the same again is the same (R10.3). */
@Component
public class Rate {
    private final TransactionTemplate transaction;
    private final CaseStore cases;
    private final RatingStore ratings;
    private final BusinessClock clock;

    public Rate(TransactionTemplate transaction, CaseStore cases, RatingStore ratings, BusinessClock clock) {
        this.transaction = transaction;
        this.cases = cases;
        this.ratings = ratings;
        this.clock = clock;
    }

    public void rate(CaseNumber number, int score, @Nullable String remark) {
        transaction.executeWithoutResult(status -> {
            var file = cases.lock(number).orElseThrow(Problem::notFound);
            if (!State.status(file.state()).isEnd()) {
                throw Problem.conflict("NOT_ENDED", "业务尚未结束，结束后可以评价。");
            }
            var rating = new Rating(number, 0, score, remark, clock.instant());
            if (!ratings.insert(rating)
                    && ratings.find(number)
                            .filter(known -> isSame(known, rating))
                            .isEmpty()) {
                throw Problem.conflict("ALREADY_RATED", "此项业务已经评价过，不能更改。");
            }
            Idempotency.produced("/api/v1/transfers/" + number + "/rating");
        });
    }

    private static boolean isSame(Rating known, Rating rating) {
        return known.score() == rating.score()
                && String.valueOf(known.remark()).equals(String.valueOf(rating.remark()));
    }
}
