package org.jiexu.settlement.clearing;

import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.postgres.CentreStore;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 结账 — two persons stand for a table before the centre pays anything down on it. The table itself is locked before. */
@Component
public class CloseTable {
    private final CentreStore centre;
    private final TableStore tables;
    private final ProofStore proofs;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    CloseTable(
            CentreStore centre,
            TableStore tables,
            ProofStore proofs,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.centre = centre;
        this.tables = tables;
        this.proofs = proofs;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** The first half. Prepared by somebody before: that stands. */
    public void prepare(RegionCode province, Quarter quarter, Caller maker) {
        transaction.executeWithoutResult(_ -> {
            centre.deciding(province);
            made(province, quarter);
            // House rule: nobody stands for a table that its own recomputation contradicts.
            if (!proofs.latest(province, quarter).map(ProofStore.Proof::agrees).orElse(false)) {
                throw Problem.conflict("NOT_PROVEN", "该清算平衡表尚未通过重算核对，不能结账。");
            }
            tables.prepare(province, quarter, maker.subject(), clock.instant());
        });
    }

    /** The second half, by another person. */
    public void approve(RegionCode province, Quarter quarter, Caller checker) {
        transaction.executeWithoutResult(_ -> {
            centre.deciding(province);
            var made = made(province, quarter);
            var closing = made.closing();
            if (made.isClosed()) {
                return;
            }
            if (closing == null) {
                throw Problem.conflict("NOT_PREPARED", "该季度尚未经办结账，不能复核。");
            }
            if (closing.preparedBy().equals(checker.subject())) {
                throw Problem.conflict("SAME_PERSON", "经办与复核不能为同一人。");
            }
            tables.approve(province, quarter, checker.subject(), clock.instant());
        });
    }

    private TableStore.Made made(RegionCode province, Quarter quarter) {
        return tables.made(province, quarter).orElseThrow(Problem::notFound);
    }
}
