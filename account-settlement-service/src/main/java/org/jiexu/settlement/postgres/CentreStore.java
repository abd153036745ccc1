package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jiexu.settlement.postgres.DebtStore.Sum;
import org.jiexu.wire.contract.DebtRecordedV1;
import org.jiexu.wire.contract.QuarterStatedV1;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 清算中心存储 — every debt and every statement that a province's centre has heard. */
@Repository
public class CentreStore {
    private static final int CENTRE = 7002;

    private final JdbcClient jdbc;

    /** 未齐事项 — why a quarter cannot be cleared yet: {@code stated} is null where the region has not stated. */
    public record Missing(RegionCode region, @Nullable Sum stated, Sum held) {}

    public CentreStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until this transaction ends, no table of that province is made. Many may hold it at once. */
    public void hearing(RegionCode province) {
        lock("select pg_advisory_xact_lock_shared(:kind, hashtext(:province))", province);
    }

    /** One at a time makes a table, closes it or pays; and nothing is heard meanwhile. */
    public void deciding(RegionCode province) {
        lock("select pg_advisory_xact_lock(:kind, hashtext(:province))", province);
    }

    private void lock(String sql, RegionCode province) {
        jdbc.sql(sql)
                .param("kind", CENTRE)
                .param("province", province.value())
                .query((row, n) -> 0)
                .single();
    }

    /** Whether it is new here: its number is not known yet. */
    public boolean keep(RegionCode province, DebtRecordedV1 debt, Instant now) {
        return jdbc.sql("""
            insert into clearing_debt (province, debt, remittance, debtor, creditor, amount, quarter, booked_at,
                                       corrects, said, heard_at)
            values (:province, :debt, :remittance, :debtor, :creditor, :amount, :quarter, :bookedAt,
                    :corrects, :said, :now)
            on conflict (province, debt) do nothing
            """)
                        .param("province", province.value())
                        .param("debt", debt.debt())
                        .param("remittance", debt.remittance().toString())
                        .param("debtor", debt.debtor().value())
                        .param("creditor", debt.creditor().value())
                        .param("amount", debt.amount().value())
                        .param("quarter", Quarter.of(debt.bookedAt()).toString())
                        .param("bookedAt", utc(debt.bookedAt()))
                        .param("corrects", debt.corrects())
                        .param("said", WireJson.text(debt))
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    public Optional<DebtRecordedV1> debt(RegionCode province, String debt) {
        return jdbc.sql("select * from clearing_debt where province = :province and debt = :debt")
                .param("province", province.value())
                .param("debt", debt)
                .query((row, n) -> DebtStore.debt(row, new RegionCode(row.getString("creditor"))))
                .optional();
    }

    /** Debts of a quarter, of one region on either side or of all. */
    public List<DebtRecordedV1> debts(
            RegionCode province, Quarter quarter, Optional<RegionCode> region, String after, int most) {
        return jdbc.sql("""
            select * from clearing_debt
             where province = :province and quarter = :quarter and debt > :after
               and (:region = '' or debtor = :region or creditor = :region)
             order by debt limit :most
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("region", region.map(RegionCode::value).orElse(""))
                .param("after", after)
                .param("most", most)
                .query((row, n) -> DebtStore.debt(row, new RegionCode(row.getString("creditor"))))
                .list();
    }

    public Optional<QuarterStatedV1> statement(RegionCode province, RegionCode region, Quarter quarter) {
        return jdbc.sql("""
            select * from clearing_statement where province = :province and region = :region and quarter = :quarter
            """)
                .param("province", province.value())
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .query((row, n) -> new QuarterStatedV1(
                        region,
                        quarter.toString(),
                        row.getInt("debts"),
                        Fen.of(row.getLong("amount")),
                        LedgerViews.instant(row, "stated_at")))
                .optional();
    }

    public void keep(RegionCode province, QuarterStatedV1 stated) {
        jdbc.sql("""
            insert into clearing_statement (province, region, quarter, debts, amount, stated_at)
            values (:province, :region, :quarter, :debts, :amount, :statedAt)
            """)
                .param("province", province.value())
                .param("region", stated.region().value())
                .param("quarter", stated.quarter())
                .param("debts", stated.debts())
                .param("amount", stated.amount().value())
                .param("statedAt", utc(stated.statedAt()))
                .update();
    }

    /** The quarter from which on this centre makes tables: that of its first day, or an earlier one with debts. */
    public Quarter begin(RegionCode province, Quarter now) {
        jdbc.sql("""
            insert into clearing_centre (province, first_quarter) values (:province, :now)
            on conflict (province) do nothing
            """)
                .param("province", province.value())
                .param("now", now.toString())
                .update();
        return jdbc.sql("""
            select least(c.first_quarter,
                         (select min(d.quarter) from clearing_debt d where d.province = c.province),
                         (select min(s.quarter) from clearing_statement s where s.province = c.province and s.debts > 0))
              from clearing_centre c where c.province = :province
            """)
                .param("province", province.value())
                .query((row, n) -> Quarter.parse(row.getString(1)))
                .single();
    }

    /** Has every member stated that quarter, or joined after it? Asked often: it adds nothing up. */
    public boolean haveAllStated(RegionCode province, Quarter quarter, Collection<RegionCode> members) {
        return jdbc.sql("""
            select not exists (
                select from unnest(:members::text[]) as m (region)
                 where not exists (
                     select from clearing_statement s
                      where s.province = :province and s.region = m.region and s.quarter = :quarter)
                   and not exists (
                     select from clearing_statement s
                      where s.province = :province and s.region = m.region
                      having min(s.quarter) > :quarter))
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("members", members.stream().map(RegionCode::value).toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /**
     * 未齐清单 — every region whose word and whose debts here do not agree; empty: the quarter is complete. A member that
     * joined later has stated no quarter before its first one, and owes none for them; who has debts here is asked always.
     */
    public List<Missing> missing(RegionCode province, Quarter quarter, Collection<RegionCode> members) {
        return jdbc.sql("""
            with held as (
                select creditor as region, count(*)::int as debts, sum(amount)::bigint as amount from clearing_debt
                 where province = :province and quarter = :quarter group by creditor),
            asked as (
                select m.region from unnest(:members::text[]) as m (region)
                 where not exists (
                     select from clearing_statement s
                      where s.province = :province and s.region = m.region
                      having min(s.quarter) > :quarter)
                union select region from held)
            select a.region, s.debts as stated_debts, s.amount as stated_amount,
                   coalesce(h.debts, 0) as debts, coalesce(h.amount, 0) as amount
              from asked a
              left join clearing_statement s
                     on s.province = :province and s.region = a.region and s.quarter = :quarter
              left join held h on h.region = a.region
             where s.region is null or (s.debts, s.amount) <> (coalesce(h.debts, 0), coalesce(h.amount, 0))
             order by a.region
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("members", members.stream().map(RegionCode::value).toArray(String[]::new))
                .query((row, n) -> new Missing(
                        new RegionCode(row.getString("region")),
                        row.getObject("stated_debts") == null
                                ? null
                                : new Sum(row.getInt("stated_debts"), Fen.of(row.getLong("stated_amount"))),
                        Sum.read(row, n)))
                .list();
    }
}
