package org.jiexu.settlement.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jiexu.settlement.domain.LeftOverState;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 历史余额推送 — the rows of left_over_push and left_over_line. */
@Repository
public class LeftOverStore {
    /** What was found is one thing, what has left since by the ledger another. */
    private static final String FOLLOWED = """
        select l.account, l.person, l.receiving, l.amount, since.moved,
               case when p.dry_run then 'COUNTED'
                    when since.moved > 0 then 'MOVED'
                    when a.chosen_by <> '' then 'CHOSEN_TO_STAY'
                    when a.held > 0 then 'HELD'
                    when a.balance = 0 then 'GONE'
                    when a.stop <> 'NONE' then 'STOPPED'
                    else 'WAITING' end as outcome
          from left_over_line l
          join left_over_push p on p.id = l.push
          join account a on a.id = l.account
         cross join lateral (
               select greatest(0, coalesce(-sum(e.amount), 0))::bigint as moved
                 from posting_line e join posting m on m.id = e.posting
                where e.account = l.account and m.made_at >= p.asked_at
                  and (starts_with(m.business_key, 'remit:' || l.receiving || '-')
                       or starts_with(m.business_key, 'home:' || l.receiving || '-'))) since
         where l.push = :push\
        """;

    private final JdbcClient jdbc;

    /**
     * One search.
     *
     * @param position the last account that has been looked at
     * @param lookedAt how many accounts so far
     */
    public record Push(UUID id, RegionCode region, boolean dryRun, boolean done, long position, long lookedAt) {}

    /** An account with money that nothing holds and nobody has stopped; {@code chosen}: the person said that it stays. */
    public record Saver(long account, PersonId person, Fen balance, boolean chosen) {}

    /** 历史余额 — whose, how much, and where the person is insured now. */
    public record Line(long account, PersonId person, RegionCode receiving, Fen amount) {}

    /** What has become of it since; {@code moved} is what has left the account towards that region. */
    public record Followed(Line line, LeftOverState state, Fen moved) {}

    /** Sum by what has become of it. */
    public record Outcome(LeftOverState state, long persons, Fen amount, Fen moved) {}

    /** Sum by receiving region. */
    public record Total(RegionCode receiving, long persons, Fen amount) {}

    public LeftOverStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(Push push, String askedBy, Instant at) {
        jdbc.sql("""
            insert into left_over_push (id, region, dry_run, asked_by, asked_at, state, next_look)
            values (:id, :region, :dryRun, :askedBy, :at, 'RUNNING', now())
            """)
                .param("id", push.id())
                .param("region", push.region().value())
                .param("dryRun", push.dryRun())
                .param("askedBy", askedBy)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    public Optional<Push> find(UUID id) {
        return jdbc.sql("select * from left_over_push where id = :id")
                .param("id", id)
                .query(LeftOverStore::push)
                .optional();
    }

    /** One search that is due, taken so that no other instance takes it too while {@code lease} runs. */
    public Optional<Push> claim(Collection<RegionCode> hosted, Duration lease) {
        return jdbc.sql("""
            update left_over_push set next_look = now() + make_interval(secs => :lease)
             where id = (
                 select id from left_over_push
                  where state = 'RUNNING' and next_look <= now() and region in (:hosted)
                  order by next_look
                  limit 1
                  for update skip locked)
            returning *
            """)
                .param("lease", lease.toMillis() / 1000.0)
                .param("hosted", hosted.stream().map(RegionCode::value).toList())
                .query(LeftOverStore::push)
                .optional();
    }

    /** The next accounts; nothing that a case holds, nothing that is stopped. */
    public List<Saver> savers(RegionCode region, long after, int limit) {
        return jdbc.sql("""
            select id, owner, balance, chosen_by <> '' as chosen from account
             where region = :region and kind = 'PERSONAL' and balance > 0 and held = 0 and stop = 'NONE' and id > :after
             order by id
             limit :limit
            """)
                .param("region", region.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Saver(
                        row.getLong("id"),
                        new PersonId(row.getString("owner")),
                        Fen.of(row.getLong("balance")),
                        row.getBoolean("chosen")))
                .list();
    }

    /** R2.10: what lies on these accounts is told from now on, so that money alone can be applied for. */
    public void follow(List<Long> accounts) {
        jdbc.sql("""
            with fresh as (
                update account set followed = true where id = any(:accounts) and not followed returning id)
            insert into left_to_tell (account, why) select id, 'CREDITED' from fresh on conflict do nothing
            """).param("accounts", accounts.toArray(Long[]::new)).update();
    }

    public void add(UUID push, Line line) {
        jdbc.sql("""
            insert into left_over_line (push, account, person, receiving, amount)
            values (:push, :account, :person, :receiving, :amount)
            """)
                .param("push", push)
                .param("account", line.account())
                .param("person", line.person().value())
                .param("receiving", line.receiving().value())
                .param("amount", line.amount().value())
                .update();
    }

    /** One page further, or nothing when another instance has been faster. */
    public void advance(Push from, long position, int looked) {
        int rows = jdbc.sql("""
            update left_over_push
               set position = :position, looked_at = looked_at + :looked, next_look = now()
             where id = :id and position = :from and state = 'RUNNING'
            """)
                .param("position", position)
                .param("looked", looked)
                .param("id", from.id())
                .param("from", from.position())
                .update();
        if (rows != 1) {
            throw new OptimisticLockingFailureException("another instance went on with " + from.id());
        }
    }

    public void finish(Push push, Instant at) {
        jdbc.sql("update left_over_push set state = 'DONE', done_at = :at where id = :id and state = 'RUNNING'")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", push.id())
                .update();
    }

    public List<Total> totals(UUID push) {
        return jdbc.sql("""
            select receiving, count(*) as persons, sum(amount) as amount from left_over_line
             where push = :push group by receiving order by receiving
            """)
                .param("push", push)
                .query((row, n) -> new Total(
                        new RegionCode(row.getString("receiving")),
                        row.getLong("persons"),
                        Fen.of(row.getLong("amount"))))
                .list();
    }

    public List<Followed> lines(UUID push, long after, int limit) {
        return jdbc.sql(FOLLOWED + " and l.account > :after order by l.account limit :limit")
                .param("push", push)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Followed(
                        new Line(
                                row.getLong("account"),
                                new PersonId(row.getString("person")),
                                new RegionCode(row.getString("receiving")),
                                Fen.of(row.getLong("amount"))),
                        LeftOverState.valueOf(row.getString("outcome")),
                        Fen.of(row.getLong("moved"))))
                .list();
    }

    public List<Outcome> outcomes(UUID push) {
        return jdbc.sql("""
            select outcome, count(*) as persons, sum(amount)::bigint as amount, sum(moved)::bigint as moved
              from (%s) followed group by outcome order by outcome
            """.formatted(FOLLOWED))
                .param("push", push)
                .query((row, n) -> new Outcome(
                        LeftOverState.valueOf(row.getString("outcome")),
                        row.getLong("persons"),
                        Fen.of(row.getLong("amount")),
                        Fen.of(row.getLong("moved"))))
                .list();
    }

    private static Push push(ResultSet row, int n) throws SQLException {
        return new Push(
                row.getObject("id", UUID.class),
                new RegionCode(row.getString("region")),
                row.getBoolean("dry_run"),
                row.getString("state").equals("DONE"),
                row.getLong("position"),
                row.getLong("looked_at"));
    }
}
