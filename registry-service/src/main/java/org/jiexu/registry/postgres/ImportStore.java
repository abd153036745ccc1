package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.ImportState;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 批量导入 — the files themselves: what has been received, who works on it, and how far. */
@Repository
public class ImportStore {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ImportStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** 导入批次. */
    public record Import(
            String id,
            RegionCode region,
            ImportState state,
            int lines,
            int checked,
            int loaded,
            int errors,
            int persons,
            int months,
            String receivedBy,
            Instant receivedAt,
            @Nullable String approvedBy,
            @Nullable String refusal,
            @Nullable String refusedBy,
            @Nullable Instant finishedAt) {}

    /** A line as it came; {@code problem} when it was none. */
    public record RawLine(
            int line, List<String> cells, @Nullable String problem) {}

    public void begin(String id, RegionCode region, String by, Instant at, Duration lease) {
        jdbc.sql("""
            insert into history_import (id, region, state, received_by, received_at, lease_until)
            values (:id, :region, 'RECEIVING', :by, :at, now() + make_interval(secs => :lease))
            """)
                .param("id", id)
                .param("region", region.value())
                .param("by", by)
                .param("at", Times.at(at))
                .param("lease", lease.toSeconds())
                .update();
    }

    /** In the caller's transaction; the lease of who receives goes on. */
    public void add(String id, List<RawLine> lines, Duration lease) {
        batches.batchUpdate(
                "insert into import_line (import, line, cells, problem) values (?, ?, ?, ?)",
                lines,
                lines.size(),
                (statement, line) -> {
                    statement.setString(1, id);
                    statement.setInt(2, line.line());
                    statement.setArray(
                            3,
                            statement
                                    .getConnection()
                                    .createArrayOf("text", line.cells().toArray()));
                    statement.setString(4, line.problem());
                });
        jdbc.sql("""
            update history_import set lines = lines + :count, lease_until = now() + make_interval(secs => :lease)
             where id = :id
            """)
                .param("count", lines.size())
                .param("lease", lease.toSeconds())
                .param("id", id)
                .update();
    }

    public void delete(String id) {
        jdbc.sql("delete from history_import where id = :id").param("id", id).update();
    }

    /** The region's file with that digest, locked. */
    public Optional<Import> sameFile(RegionCode region, String digest) {
        return jdbc.sql("select * from history_import where region = :region and digest = :digest for update")
                .param("region", region.value())
                .param("digest", digest)
                .query((row, n) -> found(row))
                .optional();
    }

    /** Wholly here: whoever is free may work on it. Throws when another upload of the same file was quicker. */
    public void received(String id, String digest) {
        jdbc.sql("update history_import set state = 'RECEIVED', digest = :digest, lease_until = now() where id = :id")
                .param("digest", digest)
                .param("id", id)
                .update();
    }

    /** The same file again, refused before: its lines are checked anew under the id that it has, sent by whom it came from now. */
    public void checkAnew(String id, String newlyReceived) {
        jdbc.sql("delete from import_error where import = :id").param("id", id).update();
        jdbc.sql("update import_line set import = :id where import = :newly")
                .param("id", id)
                .param("newly", newlyReceived)
                .update();
        jdbc.sql("""
            update history_import f set state = 'RECEIVED', checked = 0, loaded = 0, errors = 0, persons = 0,
                   months = 0, approved_by = null, approved_at = null, refusal = null, refused_by = null,
                   received_by = n.received_by, received_at = n.received_at,
                   finished_at = null, lease_by = null, lease_until = now()
              from history_import n
             where f.id = :id and n.id = :newly
            """).param("id", id).param("newly", newlyReceived).update();
        delete(newlyReceived);
    }

    public Optional<Import> find(String id) {
        return jdbc.sql("select * from history_import where id = :id")
                .param("id", id)
                .query((row, n) -> found(row))
                .optional();
    }

    /** Newest first; {@code after} is the id of the last one of the page before. */
    public List<Import> list(RegionCode region, @Nullable String after, int limit) {
        return jdbc.sql("""
            select * from history_import
             where region = :region and state <> 'RECEIVING'
               and (cast(:after as text) is null
                    or (received_at, id) < (select received_at, id from history_import where id = :after))
             order by received_at desc, id desc limit :limit
            """)
                .param("region", region.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> found(row))
                .list();
    }

    /** The oldest file that nobody works on, now on lease to that instance. */
    public Optional<Import> claim(String by, Duration lease) {
        return jdbc.sql("""
            update history_import set lease_by = :by, lease_until = now() + make_interval(secs => :lease)
             where id = (select id from history_import
                          where state in ('RECEIVED', 'CHECKING', 'LOADING') and lease_until <= now()
                          order by received_at, id limit 1 for update skip locked)
            returning *
            """)
                .param("by", by)
                .param("lease", lease.toSeconds())
                .query((row, n) -> found(row))
                .optional();
    }

    /** Uploads that were cut off with their instance. */
    public int dropAbandoned() {
        return jdbc.sql("delete from history_import where state = 'RECEIVING' and lease_until <= now()")
                .update();
    }

    /** How far it has come; false when the lease has gone to somebody else. */
    public boolean progress(String id, String by, ImportState state, int checked, Duration lease) {
        return jdbc.sql("""
            update history_import
               set state = :state, checked = :checked, lease_until = now() + make_interval(secs => :lease),
                   errors = (select count(*) from import_error where import = :id)
             where id = :id and lease_by = :by
            """)
                        .param("state", state.name())
                        .param("checked", checked)
                        .param("lease", lease.toSeconds())
                        .param("id", id)
                        .param("by", by)
                        .update()
                == 1;
    }

    /** Without faults and counted: it waits for another person. False when the lease has gone to somebody else. */
    public boolean awaitApproval(String id, String by) {
        return jdbc.sql("""
            update history_import
               set state = 'CHECKED', lease_by = null,
                   persons = (select count(distinct (certificate_type, certificate_number))
                                from import_period where import = :id),
                   months = (select coalesce(sum(extract(year from last_month) * 12 + extract(month from last_month)
                                    - extract(year from first_month) * 12 - extract(month from first_month) + 1), 0)
                               from import_period where import = :id)
             where id = :id and lease_by = :by
            """).param("id", id).param("by", by).update() == 1;
    }

    /** The same, its row locked until the transaction ends. */
    public Optional<Import> lock(String id) {
        return jdbc.sql("select * from history_import where id = :id for update")
                .param("id", id)
                .query((row, n) -> found(row))
                .optional();
    }

    /** May be loaded from now on. The caller holds the row, which is checked and not decided. */
    public void approve(String id, String by, Instant at) {
        jdbc.sql("""
            update history_import set state = 'LOADING', approved_by = :by, approved_at = :at, lease_until = now()
             where id = :id and state = 'CHECKED'
            """).param("by", by).param("at", Times.at(at)).param("id", id).update();
    }

    /** Is not loaded; what named persons is thrown away. The caller holds the row, which is checked and not decided. */
    public void refuse(String id, String reason, String by, Instant at) {
        dropLines(id);
        jdbc.sql("""
            update history_import set state = 'REFUSED', refusal = :reason, refused_by = :by, finished_at = :at
             where id = :id and state = 'CHECKED'
            """)
                .param("reason", reason)
                .param("by", by)
                .param("at", Times.at(at))
                .param("id", id)
                .update();
    }

    private void dropLines(String id) {
        for (String table : List.of("import_line", "import_period")) {
            jdbc.sql("delete from " + table + " where import = :id")
                    .param("id", id)
                    .update();
        }
    }

    /** Lines that the loading has come through; read while its transaction is still open. */
    public void loaded(String id, int lines, Duration lease) {
        jdbc.sql("""
            update history_import set loaded = :lines, lease_until = now() + make_interval(secs => :lease) where id = :id
            """)
                .param("lines", lines)
                .param("lease", lease.toSeconds())
                .param("id", id)
                .update();
    }

    /** The end of the work; false when the lease has gone to somebody else. What named persons is thrown away. */
    public boolean finish(String id, String by, ImportState end, int loaded, int persons, Instant at) {
        dropLines(id);
        return jdbc.sql("""
            update history_import
               set state = :end, loaded = :loaded, persons = :persons, finished_at = :at, lease_by = null,
                   errors = (select count(*) from import_error where import = :id)
             where id = :id and lease_by = :by
            """)
                        .param("end", end.name())
                        .param("loaded", loaded)
                        .param("persons", persons)
                        .param("at", Times.at(at))
                        .param("id", id)
                        .param("by", by)
                        .update()
                == 1;
    }

    public List<RawLine> lines(String id, int after, int limit) {
        return jdbc.sql("select * from import_line where import = :id and line > :after order by line limit :limit")
                .param("id", id)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new RawLine(row.getInt("line"), texts(row), row.getString("problem")))
                .list();
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        return Arrays.stream((Object[]) row.getArray("cells").getArray())
                .map(String::valueOf)
                .toList();
    }

    private static Import found(ResultSet row) throws SQLException {
        return new Import(
                row.getString("id"),
                new RegionCode(row.getString("region")),
                ImportState.valueOf(row.getString("state")),
                row.getInt("lines"),
                row.getInt("checked"),
                row.getInt("loaded"),
                row.getInt("errors"),
                row.getInt("persons"),
                row.getInt("months"),
                row.getString("received_by"),
                Times.instant(row, "received_at"),
                row.getString("approved_by"),
                row.getString("refusal"),
                row.getString("refused_by"),
                Times.instantOrNull(row, "finished_at"));
    }
}
