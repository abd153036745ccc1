package org.jiexu.settlement.postgres;

import java.util.List;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 资金核对指标 — what must be nothing: the sum of a region's ledger, and tables of a quarter that their proof contradicts. */
@Component
public class MoneyFigures {
    private final JdbcClient jdbc;

    public MoneyFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record Imbalance(RegionCode region, Fen sum) {}

    public record Disagreement(RegionCode province, long tables) {}

    /** Every region that has an account here. It reads all accounts: not for every scrape. */
    public List<Imbalance> imbalances() {
        return jdbc.sql("select region, sum(balance)::bigint as sum from account group by region")
                .query((row, _) -> new Imbalance(new RegionCode(row.getString("region")), new Fen(row.getLong("sum"))))
                .list();
    }

    /** Every province whose tables are proven here, by the newest proof of each table. */
    public List<Disagreement> disagreements() {
        return jdbc.sql("""
            select province, count(*) filter (where not agrees) as tables
              from (select distinct on (province, quarter) province, agrees
                      from clearing_proof order by province, quarter, id desc) newest
             group by province
            """)
                .query((row, _) -> new Disagreement(new RegionCode(row.getString("province")), row.getLong("tables")))
                .list();
    }
}
