package org.jiexu.registry.postgres;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 变化 — numbers that move whenever something changes; looked at, they cost nothing. */
@Repository
public class ChangeStore {
    private final JdbcClient jdbc;

    ChangeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the name that a page knows it by. */
    public Map<String, Long> marks() {
        return jdbc.sql("""
            select (select last_value from case_note_id_seq) as cases,
                   (select last_value from limit_figure_note_id_seq) as deadlines,
                   (select coalesce(max(next), 0) from directory_position) as directory
            """)
                .query((row, n) -> Map.of(
                        "cases", row.getLong("cases"),
                        "deadlines", row.getLong("deadlines"),
                        "directory", row.getLong("directory")))
                .single();
    }
}
