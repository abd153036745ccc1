package org.jiexu.settlement.clearing;

import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.ProofStore.Proof;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** 重算核对 — runs after every generation and whenever somebody asks; a difference names the debt. */
@Component
public class ProveTable {
    /** Who asked for the run that follows a generation. */
    private static final String BY_ITSELF = "clearing";

    private static final Logger LOG = LoggerFactory.getLogger(ProveTable.class);

    private final TableStore tables;
    private final ProofStore proofs;
    private final Clearers clearers;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    ProveTable(
            TableStore tables,
            ProofStore proofs,
            Clearers clearers,
            BusinessClock clock,
            TransactionTemplate transaction) {
        this.tables = tables;
        this.proofs = proofs;
        this.clearers = clearers;
        this.clock = clock;
        this.transaction = transaction;
    }

    void allUnproven(RegionCode province) {
        proofs.unproven(province).forEach(quarter -> run(province, quarter, BY_ITSELF));
    }

    public Proof run(RegionCode province, Quarter quarter, String by) {
        var made = tables.made(province, quarter).orElseThrow(Problem::notFound);
        var ledgers = clearers.regions().stream()
                .filter(region -> clearers.provinceOf(region).equals(province))
                .toList();
        var differences = proofs.differences(province, quarter, ledgers);
        var stated = clearers.members(province).keySet().stream()
                .filter(region -> !ledgers.contains(region))
                .toList();
        var proof = new Proof(
                quarter,
                clock.instant(),
                by,
                made.debts(),
                ledgers,
                stated,
                differences.isEmpty(),
                List.copyOf(differences));
        transaction.executeWithoutResult(_ -> proofs.keep(province, proof));
        if (!proof.agrees()) {
            LOG.error(
                    "the table of {} {} is not what ledgers and journals say: {} differences, first {}",
                    province,
                    quarter,
                    differences.size(),
                    differences.getFirst());
        }
        return proof;
    }
}
