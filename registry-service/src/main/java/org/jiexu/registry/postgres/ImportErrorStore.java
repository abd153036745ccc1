package org.jiexu.registry.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 导入差错 — everything that is wrong with a file, by line; it quotes nothing of what stands there. */
@Repository
public class ImportErrorStore {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ImportErrorStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** 差错; {@code field} is the column's name, none when the line as a whole is wrong. */
    public record ImportError(int line, @Nullable String field, String code, String message) {}

    /** An error with its position in the list. */
    public record Placed(long id, ImportError error) {}

    public void add(String id, List<ImportError> errors) {
        batches.batchUpdate(
                "insert into import_error (import, line, field, code, message) values (?, ?, ?, ?, ?)",
                errors,
                Math.max(1, errors.size()),
                (statement, error) -> {
                    statement.setString(1, id);
                    statement.setInt(2, error.line());
                    statement.setString(3, error.field());
                    statement.setString(4, error.code());
                    statement.setString(5, error.message());
                });
    }

    /** By line; the page begins behind that error. */
    public List<Placed> list(String id, int line, long behind, int limit) {
        return jdbc.sql("""
            select * from import_error where import = :id and (line, id) > (:line, :behind)
             order by line, id limit :limit
            """)
                .param("id", id)
                .param("line", line)
                .param("behind", behind)
                .param("limit", limit)
                .query((row, n) -> new Placed(
                        row.getLong("id"),
                        new ImportError(
                                row.getInt("line"),
                                row.getString("field"),
                                row.getString("code"),
                                row.getString("message"))))
                .list();
    }

    /**
     * What no line shows by itself: one certificate with two names or with another one than is registered, one relationship told in two ways, and months that two lines claim.
     */
    public int addContradictions(String id) {
        int found = 0;
        found += contradiction(
                id,
                "name",
                "NAME_DIFFERS",
                "'同一证件号码在第' || first_line || '行的姓名不同。'",
                """
                (certificate_type, certificate_number)
                """,
                "name_compared(name) <> name_compared(first_name)");
        found += contradiction(
                id,
                "status",
                "PARTICIPATION_DIFFERS",
                "'同一参保关系在第' || first_line || '行的状态、类别、日期、单位或经办机构不同。'",
                """
                (certificate_type, certificate_number, scheme)
                """,
                "told <> first_told");
        found += jdbc.sql("""
            insert into import_error (import, line, field, code, message)
            select :id, p.line, 'from', 'OVERLAPPING_LINES',
                   '与第' || (select e.line from import_period e
                               where e.import = :id and e.certificate_type = p.certificate_type
                                 and e.certificate_number = p.certificate_number and e.scheme = p.scheme
                                 and e.last_month >= p.first_month
                                 and (e.first_month, e.line) < (p.first_month, p.line)
                               order by e.first_month, e.line limit 1) || '行的时段重叠。'
              from (select line, certificate_type, certificate_number, scheme, first_month,
                           max(last_month) over (partition by certificate_type, certificate_number, scheme
                                                 order by first_month, line
                                                 rows between unbounded preceding and 1 preceding) as covered
                      from import_period where import = :id) p
             where p.covered >= p.first_month
            """).param("id", id).update();
        found += jdbc.sql("""
            insert into import_error (import, line, field, code, message)
            select :id, i.line, 'name', 'NAME_NUMBER_MISMATCH', '这一证件号码已登记在另一姓名下。'
              from import_period i
              join person q on q.certificate_type = i.certificate_type and q.certificate_number = i.certificate_number
              left join person_alias a on a.alias = q.id
              left join person kept on kept.id = a.person
             where i.import = :id and name_compared(i.name) <> name_compared(q.name)
               and (kept.name is null or name_compared(i.name) <> name_compared(kept.name))
            """).param("id", id).update();
        return found;
    }

    /** Lines that say something else than the first line of the same group. */
    private int contradiction(String id, String field, String code, String message, String group, String differs) {
        return jdbc.sql("""
            insert into import_error (import, line, field, code, message)
            select :id, line, :field, :code, %s
              from (select line, name, told,
                           first_value(line) over earliest as first_line,
                           first_value(name) over earliest as first_name,
                           first_value(told) over earliest as first_told
                      from (select *, concat_ws('|', status, person_type, since, agency, coalesce(employer, '')) as told
                              from import_period where import = :id) t
                    window earliest as (partition by %s order by line)) p
             where %s
            """.formatted(message, group.strip(), differs))
                .param("id", id)
                .param("field", field)
                .param("code", code)
                .update();
    }
}
