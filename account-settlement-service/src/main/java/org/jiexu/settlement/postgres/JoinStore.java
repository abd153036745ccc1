package org.jiexu.settlement.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.PersonMergedV1;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 账户归并 — which accounts of merged persons go into which, one row per region and merged record. */
@Repository
public class JoinStore {
    private final JdbcClient jdbc;

    /** One of them; {@code postings} counts what has been moved so far. */
    public record Join(RegionCode region, PersonId merged, PersonId kept, State state, String waitsFor, int postings) {}

    /** 归并状态. */
    public enum State {
        /** 待归并 — one of the accounts is stopped or held. */
        WAITING,
        /** 已归并. */
        JOINED
    }

    public JoinStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends, nobody else merges that record away or follows what was merged into it. */
    public void lockRecord(RegionCode region, PersonId person) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:record, 2))")
                .param("record", region + " " + person)
                .query((row, n) -> n)
                .single();
    }

    /** The row of this merge, written if it is the first that is heard of it, locked until the transaction ends. */
    public Join lock(RegionCode region, PersonMergedV1 said, PersonId leadsTo, Instant at) {
        jdbc.sql("""
            insert into account_join (region, merged, kept, leads_to, merge, state, heard_at)
            values (:region, :merged, :kept, :leadsTo, :merge, 'WAITING', :at)
            on conflict (region, merged) do nothing
            """)
                .param("region", region.value())
                .param("merged", said.merged().value())
                .param("kept", said.kept().value())
                .param("leadsTo", leadsTo.value())
                .param("merge", said.merge())
                .param("at", LedgerStore.utc(at))
                .update();
        return jdbc.sql("select * from account_join where region = :region and merged = :merged for update")
                .param("region", region.value())
                .param("merged", said.merged().value())
                .query(JoinStore::read)
                .single();
    }

    public void waits(Join join, String waitsFor) {
        one(jdbc.sql("""
            update account_join set waits_for = :waitsFor
             where region = :region and merged = :merged and state = 'WAITING'
            """)
                .param("region", join.region().value())
                .param("merged", join.merged().value())
                .param("waitsFor", waitsFor)
                .update());
    }

    /** Whatever led to the merged record leads on to {@code into} from now on. */
    public void joined(Join join, PersonId into, Instant at) {
        one(jdbc.sql("""
            update account_join
               set state = 'JOINED', waits_for = '', leads_to = :into, joined_at = coalesce(joined_at, :at)
             where region = :region and merged = :merged
            """)
                .param("region", join.region().value())
                .param("merged", join.merged().value())
                .param("into", into.value())
                .param("at", LedgerStore.utc(at))
                .update());
        jdbc.sql("update account_join set leads_to = :into where region = :region and leads_to = :merged")
                .param("region", join.region().value())
                .param("merged", join.merged().value())
                .param("into", into.value())
                .update();
    }

    /** The number of the next posting of that row. */
    public int nextPosting(Join join) {
        return jdbc.sql("""
            update account_join set postings = postings + 1
             where region = :region and merged = :merged
            returning postings
            """)
                .param("region", join.region().value())
                .param("merged", join.merged().value())
                .query(Integer.class)
                .single();
    }

    public Optional<Join> of(RegionCode region, PersonId merged) {
        return jdbc.sql("select * from account_join where region = :region and merged = :merged")
                .param("region", region.value())
                .param("merged", merged.value())
                .query(JoinStore::read)
                .optional();
    }

    /** What waits for an account of that person, be it through other merges. */
    public List<Join> waiting(RegionCode region, PersonId person) {
        return jdbc.sql("""
            select * from account_join
             where region = :region and state = 'WAITING' and (merged = :person or leads_to = :person)
             order by merged
            """)
                .param("region", region.value())
                .param("person", person.value())
                .query(JoinStore::read)
                .list();
    }

    private static void one(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("an account was joined meanwhile by somebody else");
        }
    }

    private static Join read(ResultSet row, int n) throws SQLException {
        return new Join(
                new RegionCode(row.getString("region")),
                new PersonId(row.getString("merged")),
                new PersonId(row.getString("kept")),
                State.valueOf(row.getString("state")),
                row.getString("waits_for"),
                row.getInt("postings"));
    }
}
