package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 缴费批次存储 — months that one person has prepared, and what another has decided about them. */
@Repository
public class MonthsBatchStore {
    private final JdbcClient jdbc;

    public enum State {
        PREPARED,
        RECORDED,
        REFUSED
    }

    /** A batch; {@code position} orders the list, oldest first. */
    public record Batch(
            long position,
            RegionCode region,
            String name,
            String reason,
            int persons,
            int months,
            String digest,
            State state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String refusal) {}

    MonthsBatchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Nothing happens when the region has a batch of that name. */
    public void insert(
            RegionCode region,
            String name,
            String reason,
            int persons,
            int months,
            String digest,
            String content,
            String by,
            Instant at) {
        jdbc.sql("""
            insert into months_batch
                   (region, batch, reason, persons, months, digest, content, state, prepared_by, prepared_at)
            values (:region, :batch, :reason, :persons, :months, :digest, :content, 'PREPARED', :by, :at)
            on conflict (region, batch) do nothing
            """)
                .param("region", region.value())
                .param("batch", name)
                .param("reason", reason)
                .param("persons", persons)
                .param("months", months)
                .param("digest", digest)
                .param("content", content)
                .param("by", by)
                .param("at", Times.at(at))
                .update();
    }

    public Optional<Batch> find(RegionCode region, String name) {
        return jdbc.sql("select * from months_batch where region = :region and batch = :batch")
                .param("region", region.value())
                .param("batch", name)
                .query(MonthsBatchStore::read)
                .optional();
    }

    /** The same, its row locked until the transaction ends. */
    public Optional<Batch> lock(RegionCode region, String name) {
        return jdbc.sql("select * from months_batch where region = :region and batch = :batch for update")
                .param("region", region.value())
                .param("batch", name)
                .query(MonthsBatchStore::read)
                .optional();
    }

    /** What was prepared; of a batch that is not decided. */
    public String content(Batch batch) {
        return jdbc.sql("select content from months_batch where region = :region and batch = :batch")
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .query(String.class)
                .single();
    }

    public List<Batch> list(RegionCode region, long after, int most) {
        return jdbc.sql("""
            select * from months_batch where region = :region and position > :after order by position limit :most
            """)
                .param("region", region.value())
                .param("after", after)
                .param("most", most)
                .query(MonthsBatchStore::read)
                .list();
    }

    /** {@code refusal} null: recorded. The content is thrown away with the decision. */
    public void decide(Batch batch, @Nullable String refusal, String by, Instant at) {
        jdbc.sql("""
            update months_batch
               set state = :state, refusal = :refusal, decided_by = :by, decided_at = :at, content = null
             where region = :region and batch = :batch and state = 'PREPARED'
            """)
                .param("state", (refusal == null ? State.RECORDED : State.REFUSED).name())
                .param("refusal", refusal)
                .param("by", by)
                .param("at", Times.at(at))
                .param("region", batch.region().value())
                .param("batch", batch.name())
                .update();
    }

    private static Batch read(ResultSet row, int n) throws SQLException {
        return new Batch(
                row.getLong("position"),
                new RegionCode(row.getString("region")),
                row.getString("batch"),
                row.getString("reason"),
                row.getInt("persons"),
                row.getInt("months"),
                row.getString("digest"),
                State.valueOf(row.getString("state")),
                row.getString("prepared_by"),
                Times.instant(row, "prepared_at"),
                row.getString("decided_by"),
                Times.instantOrNull(row, "decided_at"),
                row.getString("refusal"));
    }
}
