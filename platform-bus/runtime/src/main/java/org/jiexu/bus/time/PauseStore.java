package org.jiexu.bus.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.DeadlineKind;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All SQL of the pauses of cases; those of limits stand in the rows of {@link DeadlineStore}. */
final class PauseStore {
    static final String OPEN = """
        from case_pause where case_key = :caseKey and until_at is null and :kind = any(string_to_array(kinds, ' '))
        """;

    private final JdbcClient jdbc;

    PauseStore(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
    }

    /** False when the case has that pause. */
    boolean insert(String caseKey, Collection<DeadlineKind> kinds, Pause pause) {
        return jdbc.sql("""
            insert into case_pause (case_key, id, reason, kinds, from_at)
            values (:caseKey, :id, :reason, :kinds, :from)
            on conflict do nothing
            """)
                        .param("caseKey", caseKey)
                        .param("id", pause.id())
                        .param("reason", pause.reason())
                        .param("kinds", kinds.stream().map(DeadlineKind::name).collect(Collectors.joining(" ")))
                        .param("from", pause.from().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when no such pause lasts. */
    boolean end(String caseKey, String id, Instant at) {
        return jdbc.sql("""
            update case_pause set until_at = greatest(:at, from_at)
             where case_key = :caseKey and id = :id and until_at is null
            """)
                        .param("caseKey", caseKey)
                        .param("id", id)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<Pause> of(String caseKey) {
        return jdbc.sql("select * from case_pause where case_key = :caseKey order by from_at, id")
                .param("caseKey", caseKey)
                .query(PauseStore::read)
                .list();
    }

    /** Those that last and stop the clock of that kind of limit. */
    List<Pause> open(String caseKey, DeadlineKind kind) {
        return jdbc.sql("select * " + OPEN + " order by from_at, id")
                .param("caseKey", caseKey)
                .param("kind", kind.name())
                .query(PauseStore::read)
                .list();
    }

    private static Pause read(ResultSet row, int number) throws SQLException {
        var until = row.getObject("until_at", OffsetDateTime.class);
        return new Pause(
                row.getString("id"),
                row.getObject("from_at", OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant(),
                row.getString("reason"));
    }
}
