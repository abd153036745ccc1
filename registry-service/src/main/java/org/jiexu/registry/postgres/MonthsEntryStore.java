package org.jiexu.registry.postgres;

import java.util.Collection;
import java.util.List;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 缴费月份台账 — what the months of a relationship were after each change, and whose change it was. A chain for each
 * relationship: nobody waits for another person's. Written in the transaction of the change.
 */
@Repository
public class MonthsEntryStore {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    /** 变更来由 — a batch, a file or a merge, with the two persons behind it. */
    public record Cause(String what, String preparedBy, String approvedBy) {
        /** The sandbox's loader of sample data, which is nobody. */
        public static Cause ofSandbox() {
            return new Cause("sandbox", "sandbox", "sandbox");
        }
    }

    private record Next(String person, String region, String scheme, int no, String before, String content) {}

    MonthsEntryStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Writes down the months of these relationships as they stand now, where they stand otherwise than written last. */
    public void record(Collection<RelationshipKey> keys, Cause cause) {
        if (keys.isEmpty()) {
            return;
        }
        var changed = changed(List.copyOf(keys));
        batches.batchUpdate("""
            insert into months_entry (person, region, scheme, no, cause, prepared_by, approved_by, content, digest)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, changed, Math.max(1, changed.size()), (statement, next) -> {
            statement.setString(1, next.person());
            statement.setString(2, next.region());
            statement.setString(3, next.scheme());
            statement.setInt(4, next.no());
            statement.setString(5, cause.what());
            statement.setString(6, cause.preparedBy());
            statement.setString(7, cause.approvedBy());
            statement.setString(8, next.content());
            statement.setString(9, digest(next, cause));
        });
    }

    private static String digest(Next next, Cause cause) {
        var text = String.join(
                "\n", next.before(), cause.what(), cause.preparedBy(), cause.approvedBy(), next.content(), "");
        return Sm3.of(Bytes.ofUtf8(text)).hex();
    }

    private List<Next> changed(List<RelationshipKey> keys) {
        return jdbc.sql("""
            select * from (
                select k.person, k.region, k.scheme, coalesce(e.no + 1, 0) as no, coalesce(e.digest, '') as before,
                       coalesce(e.content, ';') as written,
                       coalesce((select string_agg(to_char(first_month, 'YYYY-MM') || '..' || to_char(last_month, 'YYYY-MM')
                                                   || '@' || agency, ',' order by first_month)
                                   from paid_period p
                                  where p.person = k.person and p.region = k.region and p.scheme = k.scheme), '')
                       || ';' ||
                       coalesce((select string_agg(to_char(first_month, 'YYYY-MM') || '..' || to_char(last_month, 'YYYY-MM')
                                                   || '=' || months || '@' || agency_region, ',' order by no)
                                   from inherited_row i
                                  where i.person = k.person and i.region = k.region and i.scheme = k.scheme
                                    and i.origin = 'import'), '') as content
                  from unnest(:persons::text[], :regions::text[], :schemes::text[]) as k (person, region, scheme)
                  left join lateral (select * from months_entry m
                                      where m.person = k.person and m.region = k.region and m.scheme = k.scheme
                                      order by m.no desc limit 1) e on true) now
             where content <> written
             order by person, region, scheme
            """)
                .param("persons", keys.stream().map(key -> key.person().value()).toArray(String[]::new))
                .param("regions", keys.stream().map(key -> key.region().value()).toArray(String[]::new))
                .param("schemes", keys.stream().map(key -> key.scheme().code()).toArray(String[]::new))
                .query((row, n) -> new Next(
                        row.getString("person"),
                        row.getString("region"),
                        row.getString("scheme"),
                        row.getInt("no"),
                        row.getString("before"),
                        row.getString("content")))
                .list();
    }
}
