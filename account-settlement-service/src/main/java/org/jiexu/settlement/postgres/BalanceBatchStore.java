package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jiexu.settlement.domain.BalanceBatch;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 余额批次存储 — what was prepared by hand, who decided about it, and how far it is posted. */
@Repository
public class BalanceBatchStore {
    private final JdbcClient jdbc;

    public enum State {
        PREPARED,
        APPROVED,
        POSTED,
        REFUSED
    }

    /** A batch as it stands; {@code position} orders the list, oldest first. */
    public record Batch(
            long position,
            RegionCode region,
            String name,
            String reason,
            int lines,
            Fen total,
            String digest,
            State state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String refusal) {}

    /** One of its lines; {@code why} it was not posted, null otherwise. */
    public record BatchLine(
            int line,
            PersonId person,
            Fen amount,
            String outcome,
            @Nullable String why) {}

    public BalanceBatchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the region has a batch of that name. */
    public boolean insert(RegionCode region, BalanceBatch batch, String by, Instant at) {
        int rows = jdbc.sql("""
            insert into balance_batch (region, batch, reason, lines, total, digest, state, prepared_by, prepared_at)
            values (:region, :batch, :reason, :lines, :total, :digest, 'PREPARED', :by, :at)
            on conflict (region, batch) do nothing
            """)
                .param("region", region.value())
                .param("batch", batch.name())
                .param("reason", batch.reason())
                .param("lines", batch.lines().size())
                .param("total", batch.total().value())
                .param("digest", batch.digest())
                .param("by", by)
                .param("at", utc(at))
                .update();
        if (rows == 1) {
            insertLines(region, batch);
        }
        return rows == 1;
    }

    private void insertLines(RegionCode region, BalanceBatch batch) {
        jdbc.sql("""
            insert into balance_batch_line (region, batch, line, person, amount)
            select :region, :batch, l.line, l.person, l.amount
              from unnest(:persons::text[], :amounts::bigint[]) with ordinality as l (person, amount, line)
            """)
                .param("region", region.value())
                .param("batch", batch.name())
                .param(
                        "persons",
                        batch.lines().stream()
                                .map(line -> line.person().value())
                                .toArray(String[]::new))
                .param(
                        "amounts",
                        batch.lines().stream()
                                .map(line -> line.amount().value())
                                .toArray(Long[]::new))
                .update();
    }

    public Optional<Batch> find(RegionCode region, String batch) {
        return jdbc.sql("select * from balance_batch where region = :region and batch = :batch")
                .param("region", region.value())
                .param("batch", batch)
                .query(BalanceBatchStore::read)
                .optional();
    }

    /** The same, its row locked until the transaction ends. */
    public Optional<Batch> lock(RegionCode region, String batch) {
        return jdbc.sql("select * from balance_batch where region = :region and batch = :batch for update")
                .param("region", region.value())
                .param("batch", batch)
                .query(BalanceBatchStore::read)
                .optional();
    }

    /** The oldest that is approved and not posted, locked; nothing while another instance has it. */
    public Optional<Batch> lockNextToPost() {
        return jdbc.sql("""
            select * from balance_batch where state = 'APPROVED' order by position limit 1 for update skip locked
            """).query(BalanceBatchStore::read).optional();
    }

    public List<Batch> list(RegionCode region, long after, int most) {
        return jdbc.sql("""
            select * from balance_batch where region = :region and position > :after order by position limit :most
            """)
                .param("region", region.value())
                .param("after", after)
                .param("most", most)
                .query(BalanceBatchStore::read)
                .list();
    }

    public List<BatchLine> lines(RegionCode region, String batch, int after, int most) {
        return jdbc.sql("""
            select * from balance_batch_line
             where region = :region and batch = :batch and line > :after order by line limit :most
            """)
                .param("region", region.value())
                .param("batch", batch)
                .param("after", after)
                .param("most", most)
                .query(BalanceBatchStore::line)
                .list();
    }

    public List<BatchLine> waiting(Batch batch, int most) {
        return jdbc.sql("""
            select * from balance_batch_line
             where region = :region and batch = :batch and outcome = 'WAITING' order by line limit :most
            """)
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .param("most", most)
                .query(BalanceBatchStore::line)
                .list();
    }

    /** {@code refusal} null: approved. The caller holds the row, which is prepared and not decided. */
    public void decide(Batch batch, @Nullable String refusal, String by, Instant at) {
        jdbc.sql("""
            update balance_batch set state = :state, refusal = :refusal, decided_by = :by, decided_at = :at
             where region = :region and batch = :batch and state = 'PREPARED'
            """)
                .param("state", (refusal == null ? State.APPROVED : State.REFUSED).name())
                .param("refusal", refusal)
                .param("by", by)
                .param("at", utc(at))
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .update();
    }

    /** {@code why} null: posted. */
    public void done(Batch batch, int line, @Nullable String why) {
        jdbc.sql("""
            update balance_batch_line set outcome = :outcome, why = :why
             where region = :region and batch = :batch and line = :line
            """)
                .param("outcome", why == null ? "POSTED" : "NOT_POSTED")
                .param("why", why)
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .param("line", line)
                .update();
    }

    public void finish(Batch batch, Instant at) {
        jdbc.sql("""
            update balance_batch set state = 'POSTED', finished_at = :at where region = :region and batch = :batch
            """)
                .param("at", utc(at))
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .update();
    }

    /** How many of its lines have that outcome. */
    public int count(Batch batch, String outcome) {
        return jdbc.sql("""
            select count(*) from balance_batch_line
             where region = :region and batch = :batch and outcome = :outcome
            """)
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .param("outcome", outcome)
                .query(Integer.class)
                .single();
    }

    /** Those of the persons who have an account in the region. */
    public Set<PersonId> withAccount(RegionCode region, List<PersonId> persons) {
        return new HashSet<>(jdbc.sql("""
            select owner from account where region = :region and kind = 'PERSONAL' and owner = any(:persons)
            """)
                .param("region", region.value())
                .param("persons", persons.stream().map(PersonId::value).toArray(String[]::new))
                .query((row, n) -> new PersonId(row.getString("owner")))
                .list());
    }

    private static BatchLine line(ResultSet row, int n) throws SQLException {
        return new BatchLine(
                row.getInt("line"),
                new PersonId(row.getString("person")),
                Fen.of(row.getLong("amount")),
                row.getString("outcome"),
                row.getString("why"));
    }

    private static Batch read(ResultSet row, int n) throws SQLException {
        var decidedBy = row.getString("decided_by");
        return new Batch(
                row.getLong("position"),
                new RegionCode(row.getString("region")),
                row.getString("batch"),
                row.getString("reason"),
                row.getInt("lines"),
                Fen.of(row.getLong("total")),
                row.getString("digest"),
                State.valueOf(row.getString("state")),
                row.getString("prepared_by"),
                instant(row, "prepared_at"),
                decidedBy,
                decidedBy == null ? null : instant(row, "decided_at"),
                row.getString("refusal"));
    }
}
