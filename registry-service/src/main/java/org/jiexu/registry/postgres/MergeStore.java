package org.jiexu.registry.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.registry.domain.MergeGround;
import org.jiexu.registry.domain.UnitedRecord;
import org.jiexu.registry.postgres.PersonStore.RelationshipKey;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 多条参保记录合并 — prepared and decided merges, and the move of everything from one id to another. */
@Repository
public class MergeStore {
    private final JdbcClient jdbc;

    MergeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 合并状态. */
    public enum State {
        PREPARED,
        MERGED,
        REFUSED
    }

    /** 合并申请. */
    public record Merge(
            String id,
            RegionCode region,
            PersonId kept,
            PersonId merged,
            MergeGround ground,
            @Nullable String evidence,
            State state,
            String preparedBy,
            Instant preparedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason) {}

    /** The one that waits for a decision already, if there is one. */
    public Optional<Merge> open(PersonId kept, PersonId merged) {
        return jdbc.sql("select * from person_merge where kept = :kept and merged = :merged and state = 'PREPARED'")
                .param("kept", kept.value())
                .param("merged", merged.value())
                .query((row, n) -> merge(row))
                .optional();
    }

    public void add(Merge merge) {
        jdbc.sql("""
            insert into person_merge (id, region, kept, merged, ground, evidence, state, prepared_by, prepared_at)
            values (:id, :region, :kept, :merged, :ground, :evidence, :state, :preparedBy, :preparedAt)
            """)
                .param("id", merge.id())
                .param("region", merge.region().value())
                .param("kept", merge.kept().value())
                .param("merged", merge.merged().value())
                .param("ground", merge.ground().name())
                .param("evidence", merge.evidence())
                .param("state", merge.state().name())
                .param("preparedBy", merge.preparedBy())
                .param("preparedAt", Times.at(merge.preparedAt()))
                .update();
    }

    public Optional<Merge> lock(String id, RegionCode region) {
        return jdbc.sql("select * from person_merge where id = :id and region = :region for update")
                .param("id", id)
                .param("region", region.value())
                .query((row, n) -> merge(row))
                .optional();
    }

    public Optional<Merge> find(String id, RegionCode region) {
        return jdbc.sql("select * from person_merge where id = :id and region = :region")
                .param("id", id)
                .param("region", region.value())
                .query((row, n) -> merge(row))
                .optional();
    }

    /** Newest first; {@code after} is the id of the last one of the page before. */
    public List<Merge> list(RegionCode region, @Nullable State state, @Nullable String after, int limit) {
        return jdbc.sql("""
            select * from person_merge
             where region = :region and (cast(:state as text) is null or state = :state)
               and (cast(:after as text) is null
                    or (prepared_at, id) < (select prepared_at, id from person_merge where id = :after))
             order by prepared_at desc, id desc limit :limit
            """)
                .param("region", region.value())
                .param("state", state == null ? null : state.name())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> merge(row))
                .list();
    }

    /** The caller holds the lock on a merge that is prepared. */
    public void decide(String id, State state, String by, Instant at, @Nullable String reason) {
        int rows = jdbc.sql("""
            update person_merge set state = :state, decided_by = :by, decided_at = :at, reason = :reason
             where id = :id and state = 'PREPARED'
            """)
                .param("state", state.name())
                .param("by", by)
                .param("at", Times.at(at))
                .param("reason", reason)
                .param("id", id)
                .update();
        if (rows != 1) {
            throw new IllegalStateException("the merge " + id + " is not prepared");
        }
    }

    /** Open transfers of that person, in whatever region and scheme. */
    public List<CaseNumber> openTransfers(PersonId person, Instant now) {
        return jdbc.sql("""
            select number from reservation
             where person = :person and freed_at is null and (confirmed or expires_at > :now) order by number
            """)
                .param("person", person.value())
                .param("now", Times.at(now))
                .query((row, n) -> new CaseNumber(row.getString("number")))
                .list();
    }

    /** Ids that have been merged into that one. */
    public List<PersonId> aliases(PersonId person) {
        return jdbc.sql("select alias from person_alias where person = :person order by alias")
                .param("person", person.value())
                .query((row, n) -> new PersonId(row.getString("alias")))
                .list();
    }

    // The move
    // ---------------------------------------------------------------------------------------------------------

    public List<UnitedRecord.Period> paid(PersonStore persons, RelationshipKey key) {
        return persons.paid(key).stream()
                .map(paid -> new UnitedRecord.Period(paid.period(), paid.onSheet(), paid.transferredBy()))
                .toList();
    }

    /** Both records of a relationship become these periods of the kept one. */
    public void keepUnited(RelationshipKey kept, PersonId merged, List<UnitedRecord.Period> periods) {
        of("""
            delete from paid_period where person in (:person, :merged) and region = :region and scheme = :scheme
            """, kept).param("merged", merged.value()).update();
        for (UnitedRecord.Period period : periods) {
            of("""
                insert into paid_period
                       (person, region, scheme, first_month, last_month, agency, on_sheet, transferred_by)
                values (:person, :region, :scheme, :first, :last, :agency, :onSheet, :transferredBy)
                """, kept)
                    .param("first", Times.firstDay(period.period().from()))
                    .param("last", Times.firstDay(period.period().to()))
                    .param("agency", period.period().agency())
                    .param("onSheet", period.onSheet())
                    .param("transferredBy", period.transferredBy())
                    .update();
        }
    }

    /** Rows that the kept record has already, from the same origin, are not taken twice. */
    public void moveInherited(RelationshipKey kept, PersonId merged) {
        of("""
            delete from inherited_row m
             where m.person = :merged and m.region = :region and m.scheme = :scheme
               and exists (select 1 from inherited_row k
                            where k.person = :person and k.region = m.region and k.scheme = m.scheme
                              and k.origin = m.origin and k.first_month = m.first_month
                              and k.last_month = m.last_month and k.sheet_scheme = m.sheet_scheme
                              and k.agency_region = m.agency_region)
            """, kept).param("merged", merged.value()).update();
        of("""
            update inherited_row m
               set person = :person,
                   no = m.no + coalesce((select max(k.no) from inherited_row k
                                          where k.person = :person and k.region = m.region and k.scheme = m.scheme
                                            and k.origin = m.origin), 0)
             where m.person = :merged and m.region = :region and m.scheme = :scheme
            """, kept).param("merged", merged.value()).update();
    }

    /** The relationship of the merged id, once everything has left it. */
    public void removeRelationship(RelationshipKey merged) {
        of("delete from participation where person = :person and region = :region and scheme = :scheme", merged)
                .update();
    }

    /** Everything else that hangs on the person; from now on the merged id is another name of the kept one. */
    public void rename(PersonId merged, PersonId kept, Instant at) {
        for (String table : List.of(
                "termination",
                "reservation",
                "participation_history",
                "participation_fact",
                "participation_wish",
                "left_balance")) {
            both("update " + table + " set person = :kept where person = :merged", merged, kept)
                    .update();
        }
        both("""
            update back_payment m set person = :kept
             where person = :merged
               and not exists (select 1 from back_payment k
                                where k.person = :kept and k.region = m.region and k.scheme = m.scheme
                                  and k.month = m.month)
            """, merged, kept).update();
        both("update person_alias set person = :kept where person = :merged", merged, kept)
                .update();
        both("insert into person_alias (alias, person, merged_at) values (:merged, :kept, :at)", merged, kept)
                .param("at", Times.at(at))
                .update();
    }

    private JdbcClient.StatementSpec both(String sql, PersonId merged, PersonId kept) {
        return jdbc.sql(sql).param("merged", merged.value()).param("kept", kept.value());
    }

    private JdbcClient.StatementSpec of(String sql, RelationshipKey key) {
        return jdbc.sql(sql)
                .param("person", key.person().value())
                .param("region", key.region().value())
                .param("scheme", key.scheme().code());
    }

    private static Merge merge(ResultSet row) throws SQLException {
        return new Merge(
                row.getString("id"),
                new RegionCode(row.getString("region")),
                new PersonId(row.getString("kept")),
                new PersonId(row.getString("merged")),
                MergeGround.valueOf(row.getString("ground")),
                row.getString("evidence"),
                State.valueOf(row.getString("state")),
                row.getString("prepared_by"),
                Times.instant(row, "prepared_at"),
                row.getString("decided_by"),
                Times.instantOrNull(row, "decided_at"),
                row.getString("reason"));
    }
}
