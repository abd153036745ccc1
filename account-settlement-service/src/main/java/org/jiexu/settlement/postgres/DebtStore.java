package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 债权存储 — what a hosted region has advanced, its statements, and the lock between the two. */
@Repository
public class DebtStore {
    private static final int TURN_OF_THE_QUARTER = 7001;

    private final JdbcClient jdbc;

    public DebtStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until this transaction ends, no quarter of that region is stated. Many may hold it at once. */
    public void crediting(RegionCode region) {
        lock("select pg_advisory_xact_lock_shared(:kind, hashtext(:region))", region);
    }

    /** Waits until no crediting transaction of that region is open, and keeps new ones waiting until this one ends. */
    public void stating(RegionCode region) {
        lock("select pg_advisory_xact_lock(:kind, hashtext(:region))", region);
    }

    private void lock(String sql, RegionCode region) {
        jdbc.sql(sql)
                .param("kind", TURN_OF_THE_QUARTER)
                .param("region", region.value())
                .query((row, n) -> 0)
                .single();
    }

    public void book(DebtRecordedV1 debt) {
        jdbc.sql("""
            insert into own_debt (region, debt, remittance, debtor, amount, quarter, booked_at, corrects)
            values (:region, :debt, :remittance, :debtor, :amount, :quarter, :bookedAt, :corrects)
            """)
                .param("region", debt.creditor().value())
                .param("debt", debt.debt())
                .param("remittance", debt.remittance().toString())
                .param("debtor", debt.debtor().value())
                .param("amount", debt.amount().value())
                .param("quarter", Quarter.of(debt.bookedAt()).toString())
                .param("bookedAt", utc(debt.bookedAt()))
                .param("corrects", debt.corrects())
                .update();
    }

    public Optional<DebtRecordedV1> debt(RegionCode region, String debt) {
        return jdbc.sql("select * from own_debt where region = :region and debt = :debt")
                .param("region", region.value())
                .param("debt", debt)
                .query(DebtStore::read)
                .optional();
    }

    public List<DebtRecordedV1> debts(RegionCode region, Quarter quarter, String after, int most) {
        return jdbc.sql("""
            select * from own_debt where region = :region and quarter = :quarter and debt > :after
             order by debt limit :most
            """)
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .param("after", after)
                .param("most", most)
                .query(DebtStore::read)
                .list();
    }

    /** The person to whom this advance was credited. */
    public Optional<PersonId> creditedTo(RemittanceNumber rn) {
        return jdbc.sql("""
            select c.person from receiving_case c join arrival a on a.number = c.number
             where c.number = :number and a.n = :n and a.place = 'CREDITED' and c.order_state = 'PAID'
            """)
                .param("number", rn.caseNumber().value())
                .param("n", rn.n())
                .query((row, n) -> new PersonId(row.getString("person")))
                .optional();
    }

    public Optional<Quarter> lastStated(RegionCode region) {
        return jdbc.sql("select max(quarter) from quarter_statement where region = :region")
                .param("region", region.value())
                .query((row, n) -> Optional.ofNullable(row.getString(1)).map(Quarter::parse))
                .single();
    }

    /** The earliest quarter in which something was booked. */
    public Optional<Quarter> firstBooked(RegionCode region) {
        return jdbc.sql("select min(quarter) from own_debt where region = :region")
                .param("region", region.value())
                .query((row, n) -> Optional.ofNullable(row.getString(1)).map(Quarter::parse))
                .single();
    }

    /** What a region's books say of a quarter: so many advances and corrections, so much money. */
    public record Sum(int debts, Fen amount) {
        static Sum read(ResultSet row, int n) throws SQLException {
            return new Sum(row.getInt("debts"), Fen.of(row.getLong("amount")));
        }
    }

    /** By the ledger: credits of what had arrived over a clearing account, and what was taken back. */
    public Sum postedIn(RegionCode region, Quarter quarter) {
        return jdbc.sql("""
            with mine as materialized (
                select p.id, p.region, p.remittance, p.business_key, p.business_key like 'correct:%' as takes_back
                  from posting p
                 where p.region = :region and p.made_at >= :begin and p.made_at < :end
                   and (p.business_key like 'credit:%' or p.business_key like 'correct:%'))
            select count(*)::int as debts, coalesce(sum(l.amount), 0)::bigint as amount
              from mine m
              join posting_line l on l.posting = m.id
             where (select a.kind from account a where a.id = l.account) = 'PERSONAL'
               and (not m.takes_back or l.amount < 0)
               and exists (
                   select from posting_line ol
                    -- A correction stands on the clearing account itself; what came before arrivals were known by
                    -- their sender has a key without one.
                    where ol.posting = case when m.takes_back then m.id else (
                              select o.id from posting o
                               where o.region = m.region
                                 and o.business_key in ('arrive:' || substr(m.business_key, 8), 'arrive:' || m.remittance)
                               order by length(o.business_key) desc limit 1) end
                      and (select oa.kind from account oa where oa.id = ol.account) = 'CLEARING')
            """)
                .param("region", region.value())
                .param("begin", utc(quarter.begin()))
                .param("end", utc(quarter.end()))
                .query(Sum::read)
                .single();
    }

    /** By the register of debts. */
    public Sum bookedIn(RegionCode region, Quarter quarter) {
        return jdbc.sql("""
            select count(*)::int as debts, coalesce(sum(amount), 0)::bigint as amount
              from own_debt where region = :region and quarter = :quarter
            """)
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .query(Sum::read)
                .single();
    }

    /** What the region has stated of that quarter, if it has. */
    public Optional<Sum> stated(RegionCode region, Quarter quarter) {
        return jdbc.sql("select debts, amount from quarter_statement where region = :region and quarter = :quarter")
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .query(Sum::read)
                .optional();
    }

    public void state(QuarterStatedV1 stated) {
        jdbc.sql("""
            insert into quarter_statement (region, quarter, debts, amount, stated_at)
            values (:region, :quarter, :debts, :amount, :statedAt)
            """)
                .param("region", stated.region().value())
                .param("quarter", stated.quarter())
                .param("debts", stated.debts())
                .param("amount", stated.amount().value())
                .param("statedAt", utc(stated.statedAt()))
                .update();
    }

    /** 冲正办理 — how far the taking back of a debt is; {@code state} is PREPARED or DONE. */
    public record CorrectionStep(String state, String reason, String preparedBy, Instant preparedAt) {
        public boolean isDone() {
            return state.equals("DONE");
        }
    }

    /** The step as it stands, its row locked until the transaction ends. */
    public Optional<CorrectionStep> lockCorrection(RegionCode region, String debt) {
        return jdbc.sql("select * from debt_correction where region = :region and debt = :debt for update")
                .param("region", region.value())
                .param("debt", debt)
                .query((row, n) -> new CorrectionStep(
                        row.getString("state"),
                        row.getString("reason"),
                        row.getString("prepared_by"),
                        instant(row, "prepared_at")))
                .optional();
    }

    /** The first clerk's word stands; a second one changes nothing. */
    public void prepareCorrection(RegionCode region, String debt, String reason, String by, Instant now) {
        jdbc.sql("""
            insert into debt_correction (region, debt, reason, state, prepared_by, prepared_at)
            values (:region, :debt, :reason, 'PREPARED', :by, :now) on conflict (region, debt) do nothing
            """)
                .param("region", region.value())
                .param("debt", debt)
                .param("reason", reason)
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    public void approveCorrection(RegionCode region, String debt, String by, Instant now) {
        int rows = jdbc.sql("""
            update debt_correction set state = 'DONE', approved_by = :by, approved_at = :now
             where region = :region and debt = :debt and state = 'PREPARED'
            """)
                .param("region", region.value())
                .param("debt", debt)
                .param("by", by)
                .param("now", utc(now))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a correction that nobody prepared");
        }
    }

    private static DebtRecordedV1 read(ResultSet row, int n) throws SQLException {
        return debt(row, new RegionCode(row.getString("region")));
    }

    static DebtRecordedV1 debt(ResultSet row, RegionCode creditor) throws SQLException {
        return new DebtRecordedV1(
                row.getString("debt"),
                RemittanceNumber.parse(row.getString("remittance")),
                new RegionCode(row.getString("debtor")),
                creditor,
                Fen.of(row.getLong("amount")),
                instant(row, "booked_at"),
                row.getString("corrects"));
    }
}
