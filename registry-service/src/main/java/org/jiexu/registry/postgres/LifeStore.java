package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.Change;
import org.jiexu.registry.postgres.PersonStore.Relationship;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 变更记录 — what has happened to relationships, and who has died. */
@Repository
public class LifeStore {
    private final JdbcClient jdbc;
    private final PersonStore persons;

    LifeStore(JdbcClient jdbc, PersonStore persons) {
        this.jdbc = jdbc;
        this.persons = persons;
    }

    /** 变更记录 of one relationship. */
    public record Happened(
            Scheme scheme,
            Change what,
            LocalDate effectiveOn,
            @Nullable String why,
            String saidBy,
            Instant saidAt) {}

    public void add(RelationshipKey key, Happened happened) {
        jdbc.sql("""
            insert into participation_history (person, region, scheme, what, effective_on, why, said_by, said_at)
            values (:person, :region, :scheme, :what, :effectiveOn, :why, :saidBy, :saidAt)
            """)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code())
                .param("what", happened.what().name())
                .param("effectiveOn", happened.effectiveOn())
                .param("why", happened.why())
                .param("saidBy", happened.saidBy())
                .param("saidAt", Times.at(happened.saidAt()))
                .update();
    }

    /** A row of the history with its position. */
    public record Placed(long id, Happened happened) {}

    /** Newest first; {@code before} is the position of the last row of the page before. */
    public List<Placed> history(PersonId person, RegionCode region, long before, int limit) {
        return jdbc.sql("""
            select * from participation_history
             where person = :person and region = :region and id < :before order by id desc limit :limit
            """)
                .param("person", person.value())
                .param("region", region.value())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new Placed(row.getLong("id"), happened(row)))
                .list();
    }

    private static Happened happened(ResultSet row) throws SQLException {
        return new Happened(
                Scheme.ofCode(row.getString("scheme")),
                Change.valueOf(row.getString("what")),
                Times.day(row, "effective_on"),
                row.getString("why"),
                row.getString("said_by"),
                Times.instant(row, "said_at"));
    }

    /** 死亡登记. */
    public record Death(
            PersonId person, LocalDate diedOn, RegionCode region, String evidence, String saidBy, Instant saidAt) {}

    public Optional<Death> death(PersonId person) {
        return jdbc.sql("select * from person_death where person = :person and revoked_at is null")
                .param("person", person.value())
                .query((row, n) -> new Death(
                        new PersonId(row.getString("person")),
                        Times.day(row, "died_on"),
                        new RegionCode(row.getString("region")),
                        row.getString("evidence"),
                        row.getString("said_by"),
                        Times.instant(row, "said_at")))
                .optional();
    }

    public void add(Death death) {
        jdbc.sql("""
            insert into person_death (person, died_on, region, evidence, said_by, said_at)
            values (:person, :diedOn, :region, :evidence, :saidBy, :saidAt)
            """)
                .param("person", death.person().value())
                .param("diedOn", death.diedOn())
                .param("region", death.region().value())
                .param("evidence", death.evidence())
                .param("saidBy", death.saidBy())
                .param("saidAt", Times.at(death.saidAt()))
                .update();
    }

    /** False when no death stands. */
    public boolean revoke(PersonId person, String by, String why, Instant at) {
        return jdbc.sql("""
            update person_death set revoked_by = :by, revoked_why = :why, revoked_at = :at
             where person = :person and revoked_at is null
            """)
                        .param("by", by)
                        .param("why", why)
                        .param("at", Times.at(at))
                        .param("person", person.value())
                        .update()
                == 1;
    }

    /** Relationships of the person with all regions. */
    public List<Relationship> relationships(PersonId person) {
        return jdbc
                .sql("select distinct region from participation where person = :person order by region")
                .param("person", person.value())
                .query((row, n) -> new RegionCode(row.getString("region")))
                .list()
                .stream()
                .flatMap(region -> persons.relationships(person, region).stream())
                .toList();
    }
}
