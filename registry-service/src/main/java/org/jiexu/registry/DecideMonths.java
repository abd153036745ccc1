package org.jiexu.registry;

import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.MonthsBatchStore;
import org.jiexu.registry.postgres.MonthsBatchStore.Batch;
import org.jiexu.registry.postgres.MonthsEntryStore.Cause;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 缴费批次复核 — the second person's half: the months are recorded, all of them or none, or refused with a reason (R11.5). */
@Service
public class DecideMonths {
    private final MonthsBatchStore batches;
    private final ImportPersons importPersons;
    private final ChangeParticipation changeParticipation;
    private final BusinessClock clock;

    DecideMonths(
            MonthsBatchStore batches,
            ImportPersons importPersons,
            ChangeParticipation changeParticipation,
            BusinessClock clock) {
        this.batches = batches;
        this.importPersons = importPersons;
        this.changeParticipation = changeParticipation;
        this.clock = clock;
    }

    /** By another person than the one who prepared it. Approved again is approved once. */
    @Transactional
    public Batch approve(RegionCode region, String name, String digest, String by) {
        var batch = batches.lock(region, name).orElseThrow(Problem::notFound);
        if (!batch.digest().equals(digest)) {
            throw Problem.conflict("PREPARED_OTHERWISE", "复核的内容与经办提交的不一致，请重新查看。");
        }
        return switch (batch.state()) {
            case PREPARED -> {
                if (batch.preparedBy().equals(by)) {
                    throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
                }
                record(batch, new Cause("batch:" + name, batch.preparedBy(), by));
                yield decide(batch, null, by);
            }
            case RECORDED -> batch;
            case REFUSED -> throw decidedBefore();
        };
    }

    private void record(Batch batch, Cause cause) {
        var content = WireJson.read(batches.content(batch), MonthsBatch.class);
        importPersons.load(batch.region(), content.persons(), cause);
        for (var paying : content.payments()) {
            changeParticipation.pay(paying.certificate(), batch.region(), paying.scheme(), paying.periods(), cause);
        }
    }

    /** By another person, or by the one who prepared it: that takes it back. */
    @Transactional
    public Batch refuse(RegionCode region, String name, String reason, String by) {
        var batch = batches.lock(region, name).orElseThrow(Problem::notFound);
        return switch (batch.state()) {
            case PREPARED -> decide(batch, reason, by);
            case REFUSED -> batch;
            case RECORDED -> throw decidedBefore();
        };
    }

    private Batch decide(Batch batch, @Nullable String refusal, String by) {
        batches.decide(batch, refusal, by, clock.instant());
        return batches.find(batch.region(), batch.name()).orElseThrow();
    }

    private static Problem decidedBefore() {
        return Problem.conflict("ALREADY_DECIDED", "该批次已复核，不能更改。");
    }
}
