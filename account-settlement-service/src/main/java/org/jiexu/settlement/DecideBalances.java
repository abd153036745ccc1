package org.jiexu.settlement;

import java.util.Objects;
import org.jiexu.bus.service.ServiceIdentity;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.postgres.BalanceBatchStore;
import org.jiexu.settlement.postgres.BalanceBatchStore.Batch;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 余额批次复核 — the second person's half: approves exactly the content that was looked at, or refuses with a reason (R11.5). */
@Component
public class DecideBalances {
    private final BalanceBatchStore batches;
    private final PostBalances postBalances;
    private final ServiceIdentity identity;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    DecideBalances(
            BalanceBatchStore batches,
            PostBalances postBalances,
            ServiceIdentity identity,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.batches = batches;
        this.postBalances = postBalances;
        this.identity = identity;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** By another person than the one who prepared it. Approved again is approved once. */
    public Batch approve(RegionCode region, String name, String digest, String by) {
        var decided = Objects.requireNonNull(transaction.execute(_ -> {
            var batch = lock(region, name);
            if (!batch.digest().equals(digest)) {
                throw Problem.conflict("PREPARED_OTHERWISE", "复核的内容与经办提交的不一致，请重新查看。");
            }
            return switch (batch.state()) {
                case PREPARED -> {
                    if (batch.preparedBy().equals(by)) {
                        throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
                    }
                    yield decide(batch, null, by);
                }
                case APPROVED, POSTED -> batch;
                case REFUSED -> throw decidedBefore();
            };
        }));
        postBalances.wake();
        return decided;
    }

    /** By another person, or by the one who prepared it: that takes it back. */
    public Batch refuse(RegionCode region, String name, String reason, String by) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var batch = lock(region, name);
            return switch (batch.state()) {
                case PREPARED -> decide(batch, reason, by);
                case REFUSED -> batch;
                case APPROVED, POSTED -> throw decidedBefore();
            };
        }));
    }

    private Batch decide(Batch batch, @Nullable String refusal, String by) {
        batches.decide(batch, refusal, by, clock.instant());
        return batches.find(batch.region(), batch.name()).orElseThrow();
    }

    private Batch lock(RegionCode region, String name) {
        if (!identity.hosts(region)) {
            throw Problem.notFound();
        }
        return batches.lock(region, name).orElseThrow(Problem::notFound);
    }

    private static Problem decidedBefore() {
        return Problem.conflict("ALREADY_DECIDED", "该批次已复核，不能更改。");
    }
}
