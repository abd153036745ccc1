package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 占用 — which open case has reserved which old relationship. The caller holds the lock on the person. */
@Repository
public class ReservationStore {
    private final JdbcClient jdbc;

    ReservationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 占用. */
    public record Reservation(
            CaseNumber number,
            RelationshipKey key,
            Instant expiresAt,
            boolean confirmed,
            @Nullable Instant freedAt,
            @Nullable LocalDate notBefore) {}

    public Optional<Reservation> of(CaseNumber number) {
        return jdbc.sql("select * from reservation where number = :number")
                .param("number", number.value())
                .query((row, n) -> reservation(row))
                .optional();
    }

    /** The case that has the relationship now; one that was never confirmed in time is freed on the way. */
    public Optional<CaseNumber> holder(RelationshipKey key, Instant now) {
        // The select sees the rows as they were before the update: it asks for itself which of them stand.
        return with("""
            with expired as (
                update reservation set freed_at = :now
                 where person = :person and region = :region and scheme = :scheme
                   and freed_at is null and not confirmed and expires_at <= :now)
            select number from reservation
             where person = :person and region = :region and scheme = :scheme
               and freed_at is null and (confirmed or expires_at > :now)
            """, key)
                .param("now", Times.at(now))
                .query((row, n) -> new CaseNumber(row.getString("number")))
                .optional();
    }

    /**
     * Reserves, or reserves again for the same number. The unique index lets one case through.
     *
     * @param notBefore the day before which the case may not complete (R1.3)
     */
    public void reserve(
            CaseNumber number, RelationshipKey key, Instant now, Instant expiresAt, @Nullable LocalDate notBefore) {
        with("""
            insert into reservation (number, person, region, scheme, made_at, expires_at, not_before)
            values (:number, :person, :region, :scheme, :now, :expiresAt, :notBefore)
            on conflict (number) do update
               set expires_at = greatest(reservation.expires_at, :expiresAt), freed_at = null, not_before = :notBefore
            """, key)
                .param("notBefore", notBefore)
                .param("number", number.value())
                .param("now", Times.at(now))
                .param("expiresAt", Times.at(expiresAt))
                .update();
    }

    /** The case is under way: its reservation holds until its end, also when it had expired or was lost. */
    public void confirm(CaseNumber number, RelationshipKey key, Instant at) {
        with("""
            insert into reservation (number, person, region, scheme, made_at, expires_at, confirmed)
            select :number, :person, :region, :scheme, :at, :at, true
             where not exists (select 1 from reservation
                                where person = :person and region = :region and scheme = :scheme
                                  and freed_at is null and number <> :number)
            on conflict (number) do update set confirmed = true, freed_at = null
             where not reservation.confirmed or reservation.freed_at is not null
            """, key).param("number", number.value()).param("at", Times.at(at)).update();
    }

    public void free(CaseNumber number, Instant at) {
        jdbc.sql("update reservation set freed_at = :at where number = :number and freed_at is null")
                .param("number", number.value())
                .param("at", Times.at(at))
                .update();
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(
                new CaseNumber(row.getString("number")),
                new RelationshipKey(
                        new PersonId(row.getString("person")),
                        new RegionCode(row.getString("region")),
                        Scheme.ofCode(row.getString("scheme"))),
                Times.instant(row, "expires_at"),
                row.getBoolean("confirmed"),
                Times.instantOrNull(row, "freed_at"),
                Times.dayOrNull(row, "not_before"));
    }

    private JdbcClient.StatementSpec with(String sql, RelationshipKey key) {
        return jdbc.sql(sql)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code());
    }
}
