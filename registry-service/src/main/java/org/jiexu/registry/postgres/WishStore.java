package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.WishKind;
import org.jiexu.registry.domain.WishState;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 联办事项 — what applicants wish done on-line, as tasks of the regions (R2.8). The caller holds the lock on the person. */
@Repository
public class WishStore {
    private final JdbcClient jdbc;

    WishStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final String SELECT = """
        select wish.*, person.certificate_type, person.certificate_number, person.name as person_name
          from participation_wish wish join person on person.id = wish.person
        """;

    /** 联办事项, and whom it is about. Prints no name. */
    public record Wish(
            String id,
            CaseNumber number,
            RelationshipKey key,
            Certificate certificate,
            String personName,
            WishKind kind,
            WishState state,
            @Nullable String reason,
            Instant wishedAt,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy) {
        @Override
        public String toString() {
            return "Wish[" + id + ", " + number + ", " + kind + ", " + state + "]";
        }
    }

    /** Wished, or wished anew where it had been done and undone; what was refused stays refused. */
    public void keep(String id, CaseNumber number, RelationshipKey key, WishKind kind, Instant at) {
        jdbc.sql("""
            insert into participation_wish as known (id, number, person, region, scheme, kind, state, wished_at)
            values (:id, :number, :person, :region, :scheme, :kind, 'OPEN', :at)
            on conflict (number, region, scheme, kind) do update
               set state = 'OPEN', reason = null, decided_at = null, decided_by = null
             where known.state in ('DONE', 'WITHDRAWN')
            """)
                .param("id", id)
                .param("number", number.value())
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code())
                .param("kind", kind.name())
                .param("at", Times.at(at))
                .update();
    }

    public List<Wish> of(CaseNumber number) {
        return jdbc.sql(SELECT + " where number = :number order by wish.id")
                .param("number", number.value())
                .query((row, n) -> wish(row))
                .list();
    }

    public Optional<Wish> find(String id) {
        return jdbc.sql(SELECT + " where wish.id = :id")
                .param("id", id)
                .query((row, n) -> wish(row))
                .optional();
    }

    /** Open wishes of that kind about the relationship, whichever case they belong to. */
    public List<Wish> open(RelationshipKey key, WishKind kind) {
        return jdbc.sql(SELECT + """
             where person = :person and region = :region and scheme = :scheme and kind = :kind and state = 'OPEN'
             order by wish.id
            """)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code())
                .param("kind", kind.name())
                .query((row, n) -> wish(row))
                .list();
    }

    /** Decides an open or refused one; the row must be there. */
    public void decide(String id, WishState state, @Nullable String reason, @Nullable String by, Instant at) {
        int rows = jdbc.sql("""
            update participation_wish
               set state = :state, reason = :reason, decided_by = :by, decided_at = :at
             where id = :id and state <> 'DONE'
            """)
                .param("id", id)
                .param("state", state.name())
                .param("reason", reason)
                .param("by", by)
                .param("at", Times.at(at))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("wish " + id + " is done already");
        }
    }

    /** The case has gone another way: what it still wishes is nobody's task any more. */
    public void withdraw(CaseNumber number, Instant at) {
        jdbc.sql("""
            update participation_wish set state = 'WITHDRAWN', decided_at = :at
             where number = :number and state = 'OPEN'
            """).param("number", number.value()).param("at", Times.at(at)).update();
    }

    /** The region's wishes, oldest first. */
    public List<Wish> list(RegionCode region, @Nullable WishState state, @Nullable String after, int limit) {
        return jdbc.sql(SELECT + """
             where region = :region and (:state::text is null or state = :state)
               and (:after::text is null or wish.id > :after)
             order by wish.id limit :limit
            """)
                .param("region", region.value())
                .param("state", state == null ? null : state.name())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> wish(row))
                .list();
    }

    private static Wish wish(ResultSet row) throws SQLException {
        return new Wish(
                row.getString("id"),
                new CaseNumber(row.getString("number")),
                new RelationshipKey(
                        new PersonId(row.getString("person")),
                        new RegionCode(row.getString("region")),
                        Scheme.ofCode(row.getString("scheme"))),
                new Certificate(
                        CertificateType.ofCode(row.getString("certificate_type")), row.getString("certificate_number")),
                row.getString("person_name"),
                WishKind.valueOf(row.getString("kind")),
                WishState.valueOf(row.getString("state")),
                row.getString("reason"),
                Times.instant(row, "wished_at"),
                Times.instantOrNull(row, "decided_at"),
                row.getString("decided_by"));
    }
}
