package org.jiexu.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Many advances between the regions of a province, written in batches as the service writes them one by one: both ledgers, both
 * cases, the creditor's register and what it said, and the centre's copy.
 */
final class Advances {
    private static final int BATCH = 2_500;
    private static final int PERSONS = 400;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final List<RegionCode> regions;
    private final Random random;

    record Advance(
            RemittanceNumber rn, String person, RegionCode debtor, RegionCode creditor, Fen amount, Instant bookedAt) {}

    /** Between regions of one province. */
    Advances(JdbcClient jdbc, TransactionTemplate transaction, List<RegionCode> regions, long seed) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.regions = regions;
        this.random = new Random(seed);
    }

    /** So many at random moments of that quarter, each twentieth within the second around its end. */
    List<Advance> write(int count, Quarter quarter, Runnable afterEachBatch) {
        var all = new ArrayList<Advance>();
        for (int done = 0; done < count; done += BATCH) {
            var batch = new ArrayList<Advance>();
            for (int i = 0; i < Math.min(BATCH, count - done); i++) {
                batch.add(random(quarter, i % 20 == 0));
            }
            transaction.executeWithoutResult(_ -> write(batch));
            afterEachBatch.run();
            all.addAll(batch);
        }
        return all;
    }

    private Advance random(Quarter quarter, boolean atTheEnd) {
        var creditor = regions.get(random.nextInt(regions.size()));
        var debtor = creditor;
        while (debtor.equals(creditor)) {
            debtor = regions.get(random.nextInt(regions.size()));
        }
        var length = Duration.between(quarter.begin(), quarter.end()).toMillis();
        var at = atTheEnd
                ? quarter.end().minusMillis(500).plus(random.nextInt(1_000_000), ChronoUnit.MICROS)
                : quarter.begin().plusMillis(random.nextLong(length));
        return new Advance(
                new RemittanceNumber(CaseNumber.random(creditor, 2026, random), 1),
                "P8%011d".formatted(random.nextInt(PERSONS)),
                debtor,
                creditor,
                Fen.of(1 + random.nextInt(900_000)),
                at);
    }

    private void write(List<Advance> batch) {
        jdbc.sql("""
            create temporary table advance on commit drop as
            select a.*, :province::text as province,
                   split_part(a.rn, '-', 1) || '-' || split_part(a.rn, '-', 2) || '-' || split_part(a.rn, '-', 3)
                       || '-' || split_part(a.rn, '-', 4) as number,
                   extract(year from a.at at time zone 'Asia/Shanghai') || 'Q'
                       || extract(quarter from a.at at time zone 'Asia/Shanghai') as quarter
              from unnest(:rns::text[], :persons::text[], :debtors::text[], :creditors::text[], :amounts::bigint[],
                          :yuan::text[], :moments::text[]) as b (rn, person, debtor, creditor, amount, yuan, moment)
              cross join lateral (select b.*, b.moment::timestamptz as at) as a
            """)
                .param("province", regions.getFirst().province())
                .param("rns", texts(batch, advance -> advance.rn().toString()))
                .param("persons", texts(batch, Advance::person))
                .param("debtors", texts(batch, advance -> advance.debtor().value()))
                .param("creditors", texts(batch, advance -> advance.creditor().value()))
                .param(
                        "amounts",
                        batch.stream().map(advance -> advance.amount().value()).toArray(Long[]::new))
                .param("yuan", texts(batch, advance -> advance.amount().yuan()))
                .param("moments", texts(batch, advance -> advance.bookedAt().toString()))
                .update();
        for (var statement : LEDGERS) {
            jdbc.sql(statement).update();
        }
        for (var statement : WORDS) {
            jdbc.sql(statement).update();
        }
    }

    private static String[] texts(List<Advance> batch, Function<Advance, String> of) {
        return batch.stream().map(of).toArray(String[]::new);
    }

    private static final List<String> LEDGERS = List.of("""
        create temporary table leg on commit drop as
        select debtor as region, 'import:bulk-' || rn || ':1' as key, '' as remittance, at,
               'FUND' as kind_from, '' as from_owner, 'PERSONAL' as kind_to, person as to_owner,
               creditor as counter, amount from advance
        union all select debtor, 'remit:' || rn, rn, at, 'PERSONAL', person, 'CLEARING', debtor || '>' || creditor,
               creditor, amount from advance
        union all select creditor, 'arrive:' || rn, rn, at, 'CLEARING', debtor || '>' || creditor, 'SUSPENSE', '',
               debtor, amount from advance
        union all select creditor, 'credit:' || rn, rn, at, 'SUSPENSE', '', 'PERSONAL', person,
               debtor, amount from advance
        """, """
        insert into account (region, kind, owner, counter_region)
        select distinct region, kind_from, from_owner, case kind_from when 'CLEARING' then counter else '' end
          from leg
        union select distinct region, kind_to, to_owner, case kind_to when 'CLEARING' then counter else '' end
          from leg
        on conflict do nothing
        """, """
        insert into posting (region, business_key, remittance, made_at)
        select region, key, remittance, at from leg
        """, """
        insert into posting_hand (posting, act, prepared_by, approved_by)
        select p.id, 'SANDBOX', 'sandbox', 'sandbox'
          from leg l join posting p on p.region = l.region and p.business_key = l.key where l.kind_from = 'FUND'
        """, """
        insert into posting_line (posting, line, region, account, amount)
        select p.id, 1, l.region, a.id, -l.amount
          from leg l join posting p on p.region = l.region and p.business_key = l.key
          join account a on a.region = l.region and a.kind = l.kind_from and a.owner = l.from_owner
        union all
        select p.id, 2, l.region, a.id, l.amount
          from leg l join posting p on p.region = l.region and p.business_key = l.key
          join account a on a.region = l.region and a.kind = l.kind_to and a.owner = l.to_owner
        """, """
        update account a set balance = a.balance + c.change from (
            select region, kind, owner, sum(amount) as change from (
                select region, kind_from as kind, from_owner as owner, -amount as amount from leg
                union all select region, kind_to, to_owner, amount from leg) as both_ends
             group by region, kind, owner) as c
         where a.region = c.region and a.kind = c.kind and a.owner = c.owner
        """);

    private static final List<String> WORDS = List.of("""
        insert into sending_case (region, number, state, attempt, person, amount, sent, changed_at, route)
        select debtor, number, 'SETTLED', 0, person, amount, 1, at, 'CLEARING' from advance
        """, """
        insert into receiving_case (number, region, order_state, person, amount, reason, changed_at)
        select number, creditor, 'PAID', person, amount, '', at from advance
        """, """
        insert into arrival (number, n, region, from_region, amount, place, reason, arrived_at, changed_at, route)
        select number, 1, creditor, debtor, amount, 'CREDITED', '', at, at, 'CLEARING' from advance
        """, """
        insert into own_debt (region, debt, remittance, debtor, amount, quarter, booked_at)
        select creditor, rn, rn, debtor, amount, quarter, at from advance
        """, """
        insert into event_journal (id, topic, source, type, destination, subject, time, sequence, key_id, signature,
                                   data, shard)
        select gen_random_uuid(), 'platform.clearing.' || province, '/regions/' || creditor || '/settlement',
               'debt.recorded.v1', province, rn, moment, 1, 'bulk', '', convert_to(json_build_object(
                   'debt', rn, 'remittance', rn, 'debtor', debtor, 'creditor', creditor, 'amount', yuan,
                   'bookedAt', moment)::text, 'UTF8'), 0 from advance
        """, """
        insert into clearing_debt (province, debt, remittance, debtor, creditor, amount, quarter, booked_at, said,
                                   heard_at)
        select province, rn, rn, debtor, creditor, amount, quarter, at, json_build_object(
                   'debt', rn, 'remittance', rn, 'debtor', debtor, 'creditor', creditor, 'amount', yuan,
                   'bookedAt', moment)::text, at from advance
        """);
}
