package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.ServiceName;
import org.jiexu.wire.vocabulary.Source;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * 重算核对 — a table worked out anew from what was there before it: the ledgers in this database, line by line, and the
 * exact texts that the creditors have signed. It uses no number, quarter or sum that clearing has written. A region whose
 * ledger stands elsewhere has counted it itself and signed the count: that is what the table is held against there.
 */
@Repository
public class ProofStore {
    public static final int MOST_DIFFERENCES = 200;
    /** Below the time after which the connection is given up. */
    private static final int LONGEST_SECONDS = 45;

    /** Clocks of several machines differ by far less. */
    private static final Duration MARGIN = Duration.ofDays(7);

    /** By subject, then kind. */
    public static final Comparator<Difference> IN_ORDER =
            Comparator.comparing(Difference::subject).thenComparing(Difference::kind);

    private static final String OF_A_CREDITOR = """
        -- From the ledgers: what came over a clearing account and was credited, and what was taken back.
        with ledger as (
            select p.remittance || case when l.amount < 0 then '-C' else '' end as debt,
                   split_part(ca.owner, '>', 1) as debtor, p.region as creditor, l.amount
              from posting p
              join posting_line l on l.posting = p.id
              join account a on a.id = l.account and a.kind = 'PERSONAL'
              join posting came on came.id = case when p.business_key like 'correct:%' then p.id else (
                   select o.id from posting o
                    where o.region = p.region
                      and o.business_key in ('arrive:' || substr(p.business_key, 8), 'arrive:' || p.remittance)
                    order by length(o.business_key) desc limit 1) end
              join posting_line cl on cl.posting = came.id
              join account ca on ca.id = cl.account and ca.kind = 'CLEARING'
             where :own and p.region = :creditor and p.made_at >= :begin and p.made_at < :end
               and (p.business_key like 'credit:%' or p.business_key like 'correct:%')
               and (p.business_key like 'credit:%'
                    or (p.business_key = 'correct:' || p.remittance and l.amount < 0))),
        -- From the journals: what was said, of a region here as it said it, of another as it was heard.
        texts as (
            select convert_from(j.data, 'UTF8')::jsonb as said from event_journal j
             where :own and j.source = :source and j.type = 'debt.recorded.v1'
               and j.time collate "C" >= :saidFrom and j.time collate "C" < :saidUntil
               and j.topic = 'platform.clearing.' || :province
            union all
            select said::jsonb from clearing_debt
             where not :own and province = :province and quarter = any(:around) and creditor = :creditor),
        journal as (
            select said ->> 'debt' as debt, said ->> 'debtor' as debtor, said ->> 'creditor' as creditor,
                   replace(said ->> 'amount', '.', '')::bigint as amount
              from texts
             where (said ->> 'bookedAt')::timestamptz >= :begin and (said ->> 'bookedAt')::timestamptz < :end),
        entered as (
            select e.debt, d.debtor, d.creditor, d.amount
              from clearing_entry e join clearing_debt d on d.province = e.province and d.debt = e.debt
             where e.province = :province and e.quarter = :quarter and d.creditor = :creditor),
        printed as (
            select p ->> 'debtor' as debtor, p ->> 'creditor' as creditor, (p ->> 'debts')::bigint as debts,
                   replace(p ->> 'amount', '.', '')::bigint as amount
              from clearing_table t,
                   jsonb_array_elements(convert_from(t.json, 'UTF8')::jsonb -> 'pairs') as p
             where t.province = :province and t.quarter = :quarter and p ->> 'creditor' = :creditor),
        added as (
            select debtor, creditor, count(*) as debts, sum(amount) as amount from journal
             group by debtor, creditor)
        select coalesce(e.debt, l.debt) as subject,
               case when l.debt is null then 'NOT_IN_LEDGER' when e.debt is null then 'NOT_IN_TABLE'
                    else 'LEDGER_SAYS_OTHERWISE' end as kind
          from (select * from entered where :own) e full join ledger l on l.debt = e.debt
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
        -- The region's own count of what it advanced, signed when the quarter was over.
        select :creditor::text, 'STATED_OTHERWISE'
          from (select count(*) as debts, coalesce(sum(amount), 0) as amount from entered) i
          left join clearing_statement s
                 on s.province = :province and s.region = :creditor and s.quarter = :quarter
         where (s.region is not null or i.debts > 0)
           and (s.debts, s.amount) is distinct from (i.debts, i.amount)
        union all
        select coalesce(p.debtor, a.debtor) || '>' || coalesce(p.creditor, a.creditor), 'PRINTED_OTHERWISE'
          from printed p full join added a on a.debtor = p.debtor and a.creditor = p.creditor
         where (p.debts, p.amount) is distinct from (a.debts, a.amount)
        order by 1, 2 limit :most
        """;

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

    /**
     * Whose debts of that quarter have to be worked out, one after the other: each region whose ledger stands here, and each
     * of which a debt, a statement or a printed field is known.
     */
    public List<RegionCode> creditors(RegionCode province, Quarter quarter, Collection<RegionCode> ledgers) {
        return jdbc.sql("""
            select creditor from (
                select unnest(:ledgers::text[]) as creditor
                union
                select creditor from clearing_debt where province = :province and quarter = any(:around)
                union
                select region from clearing_statement where province = :province and quarter = :quarter
                union
                select p ->> 'creditor' from clearing_table t,
                       jsonb_array_elements(convert_from(t.json, 'UTF8')::jsonb -> 'pairs') as p
                 where t.province = :province and t.quarter = :quarter) known
             order by creditor
            """)
                .param("ledgers", codes(ledgers))
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("around", around(quarter))
                .query((row, n) -> new RegionCode(row.getString(1)))
                .list();
    }

    /** Works the whole quarter out; {@code ledgers} of the province stand in this database. */
    public List<Difference> differences(RegionCode province, Quarter quarter, Collection<RegionCode> ledgers) {
        return creditors(province, quarter, ledgers).stream()
                .flatMap(creditor -> differences(province, quarter, ledgers, creditor).stream())
                .sorted(IN_ORDER)
                .limit(MOST_DIFFERENCES)
                .toList();
    }

    /**
     * Works out what that creditor has advanced in the quarter. Reads the rows of the quarter only, so that it takes as long
     * in the tenth year as in the first. Inside a transaction it gives up before the connection would be cut.
     */
    public List<Difference> differences(
            RegionCode province, Quarter quarter, Collection<RegionCode> ledgers, RegionCode creditor) {
        jdbc.sql("select set_config('statement_timeout', '" + LONGEST_SECONDS + "s', true)")
                .query(String.class)
                .single();
        return jdbc.sql(OF_A_CREDITOR)
                .param("begin", utc(quarter.begin()))
                .param("end", utc(quarter.end()))
                // Said in the transaction that booked it, by the clock of the same machine or nearly so.
                .param("saidFrom", quarter.begin().minus(MARGIN).toString())
                .param("saidUntil", quarter.end().plus(MARGIN).toString())
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("around", around(quarter))
                .param("ledgers", codes(ledgers))
                .param("creditor", creditor.value())
                .param("own", ledgers.contains(creditor))
                .param("source", Source.of(creditor, ServiceName.SETTLEMENT).toString())
                .param("most", MOST_DIFFERENCES)
                .query((row, n) -> new Difference(row.getString("subject"), row.getString("kind")))
                .list();
    }

    private static String[] around(Quarter quarter) {
        return Stream.of(quarter.previous(), quarter, quarter.next())
                .map(Quarter::toString)
                .toArray(String[]::new);
    }

    private static String[] codes(Collection<RegionCode> regions) {
        return regions.stream().map(RegionCode::value).toArray(String[]::new);
    }

    /** Keeps a run; one that says the same as the latest adds nothing. */
    public void keep(RegionCode province, Proof proof) {
        jdbc.sql("""
            insert into clearing_proof (province, quarter, run_at, run_by, debts, ledgers, stated, agrees, differences)
            select :province, :quarter, :runAt, :runBy, :debts, :ledgers, :stated, :agrees, :differences
             where not exists (
                 select from clearing_proof p
                  where p.id = (select max(id) from clearing_proof where province = :province and quarter = :quarter)
                    and p.debts = :debts and p.ledgers = :ledgers and p.stated = :stated
                    and p.agrees = :agrees and p.differences = :differences)
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
