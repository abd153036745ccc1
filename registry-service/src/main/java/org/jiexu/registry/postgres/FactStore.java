package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.Ground;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 业务事实 — what a region's agency has recorded about a relationship, from which day to which, and who said it. */
@Repository
public class FactStore {
    private final JdbcClient jdbc;

    FactStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * 业务事实.
     *
     * @param to the first day on which it no longer holds
     */
    public record Fact(
            String id,
            RelationshipKey key,
            Ground ground,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable String note,
            String saidBy,
            Instant saidAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {}

    public void add(Fact fact) {
        jdbc.sql("""
            insert into participation_fact (id, person, region, scheme, ground, from_day, to_day, note, said_by, said_at)
            values (:id, :person, :region, :scheme, :ground, :from, :to, :note, :saidBy, :saidAt)
            """)
                .param("id", fact.id())
                .param("person", fact.key().person().value())
                .param("region", fact.key().region().value())
                .param("scheme", fact.key().scheme().code())
                .param("ground", fact.ground().code())
                .param("from", fact.from())
                .param("to", fact.to())
                .param("note", fact.note())
                .param("saidBy", fact.saidBy())
                .param("saidAt", Times.at(fact.saidAt()))
                .update();
    }

    /** Locks it. */
    public Optional<Fact> lock(String id) {
        return jdbc.sql("select * from participation_fact where id = :id for update")
                .param("id", id)
                .query((row, n) -> fact(row))
                .optional();
    }

    public void end(String id, LocalDate to, String by, Instant at) {
        int rows = jdbc.sql("""
            update participation_fact set to_day = :to, ended_by = :by, ended_at = :at where id = :id and ended_at is null
            """)
                .param("id", id)
                .param("to", to)
                .param("by", by)
                .param("at", Times.at(at))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("fact " + id + " has ended already");
        }
    }

    /** The region's facts, newest first. */
    public List<Fact> list(RegionCode region, @Nullable PersonId person, @Nullable String before, int limit) {
        return jdbc.sql("""
            select * from participation_fact
             where region = :region and (:person::text is null or person = :person)
               and (:before::text is null or id < :before)
             order by id desc limit :limit
            """)
                .param("region", region.value())
                .param("person", person == null ? null : person.value())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> fact(row))
                .list();
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getString("id"),
                new RelationshipKey(
                        new PersonId(row.getString("person")),
                        new RegionCode(row.getString("region")),
                        Scheme.ofCode(row.getString("scheme"))),
                Ground.valueOf(row.getString("ground")),
                Times.day(row, "from_day"),
                Times.dayOrNull(row, "to_day"),
                row.getString("note"),
                row.getString("said_by"),
                Times.instant(row, "said_at"),
                row.getString("ended_by"),
                Times.instantOrNull(row, "ended_at"));
    }
}
