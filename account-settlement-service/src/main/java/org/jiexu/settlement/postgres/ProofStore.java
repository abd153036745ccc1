package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 重算核对 — a table worked out anew from what was there before it: the ledgers in this database, line by line, and the
 * exact texts that the creditors have signed. It uses no number, quarter or sum that clearing has written. A region whose
 * ledger stands elsewhere has counted it itself and signed the count: that is what the table is held against there.
 */
@Repository
public class ProofStore {
    private static final int MOST_DIFFERENCES = 200;

    private final JdbcClient jdbc;

    /** 差异 — {@code subject} is a debt's number, a region whose own count differs, or two where the printed matrix does. */
    public record Difference(String subject, String kind) {}

    /** 核对结果 — {@code ledgers} are the regions whose ledgers stand here and were counted, {@code stated} those by their word. */
    public record Proof(
            Quarter quarter,
            Instant runAt,
            String runBy,
            int debts,
            List<RegionCode> ledgers,
            List<RegionCode> stated,
            boolean agrees,
            List<Difference> differences) {}

    private record Differences(List<Difference> items) {}

    public ProofStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Works the quarter out; {@code ledgers} of the province stand in this database. */
    public List<Difference> differences(RegionCode province, Quarter quarter, Collection<RegionCode> ledgers) {
        // A quarter's worth of rows may be newer than what the planner knows.
        jdbc.sql("analyze account, posting, posting_line, event_journal, clearing_debt, clearing_entry")
                .update();
        return jdbc.sql("""
            with span as (
                select make_timestamp(:year, :month, 1, 0, 0, 0) as first_day),
            -- From the ledgers: what came over a clearing account and was credited, and what was taken back.
            ledger as (
                select p.remittance || case when l.amount < 0 then '-C' else '' end as debt,
                       split_part(ca.owner, '>', 1) as debtor, p.region as creditor, l.amount
                  from span, posting p
                  join posting_line l on l.posting = p.id
                  join account a on a.id = l.account and a.kind = 'PERSONAL'
                  join posting came on came.region = p.region and came.business_key = 'arrive:' || p.remittance
                  join posting_line cl on cl.posting = came.id
                  join account ca on ca.id = cl.account and ca.kind = 'CLEARING'
                 where p.region = any(:ledgers)
                   and (p.business_key = 'credit:' || p.remittance
                        or (p.business_key = 'correct:' || p.remittance and l.amount < 0))
                   and date_trunc('quarter', p.made_at at time zone 'Asia/Shanghai') = span.first_day),
            -- From the journals: what was said, of the regions here as they said it, of others as it was heard.
            texts as (
                select convert_from(j.data, 'UTF8')::jsonb as said from event_journal j
                 where j.topic = 'platform.clearing.' || :province and j.type = 'debt.recorded.v1'
                   and split_part(j.source, '/', 3) = any(:ledgers)
                union all
                select said::jsonb from clearing_debt
                 where province = :province and not (said::jsonb ->> 'creditor' = any(:ledgers))),
            journal as (
                select said ->> 'debt' as debt, said ->> 'debtor' as debtor, said ->> 'creditor' as creditor,
                       replace(said ->> 'amount', '.', '')::bigint as amount
                  from span, texts
                 where date_trunc('quarter', (said ->> 'bookedAt')::timestamptz at time zone 'Asia/Shanghai')
                       = span.first_day),
            entered as (
                select e.debt, d.debtor, d.creditor, d.amount
                  from clearing_entry e join clearing_debt d on d.province = e.province and d.debt = e.debt
                 where e.province = :province and e.quarter = :quarter),
            printed as (
                select p ->> 'debtor' as debtor, p ->> 'creditor' as creditor, (p ->> 'debts')::bigint as debts,
                       replace(p ->> 'amount', '.', '')::bigint as amount
                  from clearing_table t,
                       jsonb_array_elements(convert_from(t.json, 'UTF8')::jsonb -> 'pairs') as p
                 where t.province = :province and t.quarter = :quarter),
            added as (
                select debtor, creditor, count(*) as debts, sum(amount) as amount from journal
                 group by debtor, creditor)
            select coalesce(e.debt, l.debt) as subject,
                   case when l.debt is null then 'NOT_IN_LEDGER' when e.debt is null then 'NOT_IN_TABLE'
                        else 'LEDGER_SAYS_OTHERWISE' end as kind
              from (select * from entered where creditor = any(:ledgers)) e full join ledger l on l.debt = e.debt
             where (e.debtor, e.creditor, e.amount) is distinct from (l.debtor, l.creditor, l.amount)
            union all
            select coalesce(e.debt, j.debt),
                   case when j.debt is null then 'NEVER_SAID' when e.debt is null then 'NOT_IN_TABLE'
                        else 'SAID_OTHERWISE' end
              from entered e full join journal j on j.debt = e.debt
             where (e.debtor, e.creditor, e.amount) is distinct from (j.debtor, j.creditor, j.amount)
            union all
            -- The debtor's own ledger knows the advance too.
            select e.debt, 'NOT_IN_DEBTORS_LEDGER' from entered e
             where e.debtor = any(:ledgers) and e.amount > 0 and not exists (
                 select from posting p join posting_line l on l.posting = p.id
                   join account a on a.id = l.account and a.kind = 'CLEARING' and a.owner = e.debtor || '>' || e.creditor
                  where p.region = e.debtor and p.business_key = 'remit:' || e.debt and l.amount = e.amount)
            union all
            -- Every region's own count of what it advanced, signed when the quarter was over.
            select coalesce(s.region, i.creditor), 'STATED_OTHERWISE'
              from (select region, debts, amount from clearing_statement
                     where province = :province and quarter = :quarter) s
              full join (select creditor, count(*) as debts, sum(amount) as amount from entered group by creditor) i
                     on i.creditor = s.region
             where (s.debts, s.amount) is distinct from (coalesce(i.debts, 0), coalesce(i.amount, 0))
            union all
            select coalesce(p.debtor, a.debtor) || '>' || coalesce(p.creditor, a.creditor), 'PRINTED_OTHERWISE'
              from printed p full join added a on a.debtor = p.debtor and a.creditor = p.creditor
             where (p.debts, p.amount) is distinct from (a.debts, a.amount)
            order by 1, 2 limit :most
            """)
                .param("year", quarter.year())
                .param("month", quarter.firstDay().getMonthValue())
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("ledgers", ledgers.stream().map(RegionCode::value).toArray(String[]::new))
                .param("most", MOST_DIFFERENCES)
                .query((row, n) -> new Difference(row.getString("subject"), row.getString("kind")))
                .list();
    }

    public void keep(RegionCode province, Proof proof) {
        jdbc.sql("""
            insert into clearing_proof (province, quarter, run_at, run_by, debts, ledgers, stated, agrees, differences)
            values (:province, :quarter, :runAt, :runBy, :debts, :ledgers, :stated, :agrees, :differences)
            """)
                .param("province", province.value())
                .param("quarter", proof.quarter().toString())
                .param("runAt", utc(proof.runAt()))
                .param("runBy", proof.runBy())
                .param("debts", proof.debts())
                .param("ledgers", text(proof.ledgers()))
                .param("stated", text(proof.stated()))
                .param("agrees", proof.agrees())
                .param("differences", WireJson.text(new Differences(proof.differences())))
                .update();
    }

    public Optional<Proof> latest(RegionCode province, Quarter quarter) {
        return jdbc.sql("""
            select * from clearing_proof where province = :province and quarter = :quarter order by id desc limit 1
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(ProofStore::read)
                .optional();
    }

    /** Tables whose recomputation has not been run, after a cut between the two. */
    public List<Quarter> unproven(RegionCode province) {
        return jdbc.sql("""
            select t.quarter from clearing_table t
             where t.province = :province and not exists (
                 select from clearing_proof p where p.province = t.province and p.quarter = t.quarter)
             order by t.quarter
            """)
                .param("province", province.value())
                .query((row, n) -> Quarter.parse(row.getString(1)))
                .list();
    }

    private static Proof read(ResultSet row, int n) throws SQLException {
        return new Proof(
                Quarter.parse(row.getString("quarter")),
                instant(row, "run_at"),
                row.getString("run_by"),
                row.getInt("debts"),
                regions(row.getString("ledgers")),
                regions(row.getString("stated")),
                row.getBoolean("agrees"),
                WireJson.read(row.getString("differences"), Differences.class).items());
    }

    private static String text(List<RegionCode> regions) {
        return regions.stream().map(RegionCode::value).collect(Collectors.joining(","));
    }

    private static List<RegionCode> regions(String codes) {
        return codes.isEmpty()
                ? List.of()
                : Stream.of(codes.split(",")).map(RegionCode::new).toList();
    }
}
