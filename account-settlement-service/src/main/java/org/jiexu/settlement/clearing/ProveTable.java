package org.jiexu.settlement.clearing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.web.Problem;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.settlement.postgres.ProofStore.Difference;
import org.jiexu.settlement.postgres.ProofStore.Proof;
import org.jiexu.settlement.postgres.TableStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
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
    private final CrashPoints crashPoints;
    /** It reads a quarter of a region at a time, which is work enough for a database that has cases to serve. */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    ProveTable(
            TableStore tables,
            ProofStore proofs,
            Clearers clearers,
            BusinessClock clock,
            TransactionTemplate transaction,
            CrashPoints crashPoints) {
        this.tables = tables;
        this.proofs = proofs;
        this.clearers = clearers;
        this.clock = clock;
        this.transaction = transaction;
        this.crashPoints = crashPoints;
    }

    List<Quarter> unproven(RegionCode province) {
        return proofs.unproven(province);
    }

    /** The run that follows a generation; waits for one that somebody has asked for. */
    Proof runByItself(RegionCode province, Quarter quarter) {
        oneAtATime.lock();
        try {
            return run(province, quarter, BY_ITSELF);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** For a person, who is told when one runs already. */
    public Proof runFor(RegionCode province, Quarter quarter, String person) {
        if (!oneAtATime.tryLock()) {
            throw Problem.conflict("PROOF_IS_RUNNING", "正在重算核对，请稍候查看结果。");
        }
        try {
            return run(province, quarter, person);
        } catch (QueryTimeoutException e) {
            throw Problem.unavailable("PROOF_TAKES_LONG", "重算核对暂时无法完成，系统稍后会自动再次核对。");
        } finally {
            oneAtATime.unlock();
        }
    }

    private Proof run(RegionCode province, Quarter quarter, String by) {
        var made = tables.made(province, quarter).orElseThrow(Problem::notFound);
        var ledgers = clearers.regions().stream()
                .filter(region -> clearers.provinceOf(region).equals(province))
                .toList();
        crashPoints.hit("clearing.before-proof");
        var differences = differences(province, quarter, ledgers);
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

    /** A region at a time, each in a transaction of its own: the table is locked and the quarter is over. */
    private List<Difference> differences(RegionCode province, Quarter quarter, List<RegionCode> ledgers) {
        return proofs.creditors(province, quarter, ledgers).stream()
                .flatMap(creditor -> Objects.requireNonNull(
                        transaction.execute(_ -> proofs.differences(province, quarter, ledgers, creditor)))
                        .stream())
                .sorted(ProofStore.IN_ORDER)
                .limit(ProofStore.MOST_DIFFERENCES)
                .toList();
    }
}
