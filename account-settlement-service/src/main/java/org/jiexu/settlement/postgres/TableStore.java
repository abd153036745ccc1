package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.settlement.domain.clearing.BalanceTable;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 清算平衡表存储 — the tables that a centre has made, byte by byte, and who closed them. Triggers refuse every change. */
@Repository
public class TableStore {
    private final JdbcClient jdbc;

    /** 清算平衡表 — what is told of a table; {@code closing} is null until somebody has prepared it. */
    public record Made(
            Quarter quarter,
            int debts,
            Fen total,
            String digest,
            String csvDigest,
            Instant generatedAt,
            LocalDate payUpBy,
            @Nullable Closing closing) {
        public boolean isClosed() {
            return closing != null && closing.approvedBy() != null;
        }
    }

    /** 结账 — prepared by one person, approved by another. */
    public record Closing(
            String preparedBy,
            Instant preparedAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {}

    public TableStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The matrix of a quarter as the debts of this centre give it. */
    public List<ClearingPairV1> addUp(RegionCode province, Quarter quarter) {
        return jdbc.sql("""
            select debtor, creditor, count(*)::int as debts, sum(amount)::bigint as amount from clearing_debt
             where province = :province and quarter = :quarter group by debtor, creditor order by debtor, creditor
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(TableStore::readPair)
                .list();
    }

    public void make(BalanceTable table, Instant now, LocalDate payUpBy) {
        var json = table.json();
        var csv = table.csv();
        jdbc.sql("""
            insert into clearing_table (province, quarter, debts, total, json, json_digest, csv, csv_digest,
                                        generated_at, pay_up_by)
            values (:province, :quarter, :debts, :total, :json, :jsonDigest, :csv, :csvDigest, :now, :payUpBy)
            """)
                .param("province", table.province().value())
                .param("quarter", table.quarter().toString())
                .param("debts", table.total().debts())
                .param("total", table.total().amount().value())
                .param("json", json.toArray())
                .param("jsonDigest", Sm3.of(json).hex())
                .param("csv", csv.toArray())
                .param("csvDigest", Sm3.of(csv).hex())
                .param("now", utc(now))
                .param("payUpBy", payUpBy)
                .update();
        rows(table);
        pairs(table);
        jdbc.sql("""
            insert into clearing_entry (province, debt, quarter)
            select province, debt, quarter from clearing_debt where province = :province and quarter = :quarter
            """)
                .param("province", table.province().value())
                .param("quarter", table.quarter().toString())
                .update();
    }

    private void rows(BalanceTable table) {
        var rows = table.rows();
        jdbc.sql("""
            insert into clearing_row (province, quarter, region, name, out_debts, out_amount, in_debts, in_amount)
            select :province, :quarter, r.* from unnest(
                :regions::text[], :names::text[], :outDebts::int[], :outAmounts::bigint[],
                :inDebts::int[], :inAmounts::bigint[]) as r
            """)
                .param("province", table.province().value())
                .param("quarter", table.quarter().toString())
                .param("regions", rows.stream().map(row -> row.region().value()).toArray(String[]::new))
                .param("names", rows.stream().map(BalanceTable.Row::name).toArray(String[]::new))
                .param("outDebts", rows.stream().map(BalanceTable.Row::outDebts).toArray(Integer[]::new))
                .param(
                        "outAmounts",
                        rows.stream().map(row -> row.outAmount().value()).toArray(Long[]::new))
                .param("inDebts", rows.stream().map(BalanceTable.Row::inDebts).toArray(Integer[]::new))
                .param(
                        "inAmounts",
                        rows.stream().map(row -> row.inAmount().value()).toArray(Long[]::new))
                .update();
    }

    private void pairs(BalanceTable table) {
        var pairs = table.pairs();
        jdbc.sql("""
            insert into clearing_pair (province, quarter, debtor, creditor, debts, amount)
            select :province, :quarter, p.* from unnest(
                :debtors::text[], :creditors::text[], :debts::int[], :amounts::bigint[]) as p
            """)
                .param("province", table.province().value())
                .param("quarter", table.quarter().toString())
                .param(
                        "debtors",
                        pairs.stream().map(pair -> pair.debtor().value()).toArray(String[]::new))
                .param(
                        "creditors",
                        pairs.stream().map(pair -> pair.creditor().value()).toArray(String[]::new))
                .param("debts", pairs.stream().map(ClearingPairV1::debts).toArray(Integer[]::new))
                .param(
                        "amounts",
                        pairs.stream().map(pair -> pair.amount().value()).toArray(Long[]::new))
                .update();
    }

    public Optional<Quarter> last(RegionCode province) {
        return jdbc.sql("select max(quarter) from clearing_table where province = :province")
                .param("province", province.value())
                .query((row, n) -> Optional.ofNullable(row.getString(1)).map(Quarter::parse))
                .single();
    }

    public boolean isMade(RegionCode province, Quarter quarter) {
        return jdbc.sql("select count(*) from clearing_table where province = :province and quarter = :quarter")
                        .param("province", province.value())
                        .param("quarter", quarter.toString())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public Optional<Made> made(RegionCode province, Quarter quarter) {
        return jdbc.sql(MADE + " where t.province = :province and t.quarter = :quarter")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(TableStore::readMade)
                .optional();
    }

    public List<Made> all(RegionCode province) {
        return jdbc.sql(MADE + " where t.province = :province order by t.quarter")
                .param("province", province.value())
                .query(TableStore::readMade)
                .list();
    }

    private static final String MADE = """
        select t.quarter, t.debts, t.total, t.json_digest, t.csv_digest, t.generated_at, t.pay_up_by,
               c.prepared_by, c.prepared_at, c.approved_by, c.approved_at
          from clearing_table t left join clearing_closing c
            on c.province = t.province and c.quarter = t.quarter
        """;

    public Optional<Bytes> json(RegionCode province, Quarter quarter) {
        return bytes("json", province, quarter);
    }

    public Optional<Bytes> csv(RegionCode province, Quarter quarter) {
        return bytes("csv", province, quarter);
    }

    private Optional<Bytes> bytes(String column, RegionCode province, Quarter quarter) {
        return jdbc.sql("select " + column + " from clearing_table where province = :province and quarter = :quarter")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(byte[].class)
                .optional()
                .map(Bytes::of);
    }

    /** The table as it was made, read back from its parts. */
    public Optional<BalanceTable> table(RegionCode province, Quarter quarter) {
        if (!isMade(province, quarter)) {
            return Optional.empty();
        }
        var rows = jdbc.sql("select * from clearing_row where province = :province and quarter = :quarter")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query((row, n) -> {
                    var out = Fen.of(row.getLong("out_amount"));
                    var in = Fen.of(row.getLong("in_amount"));
                    return new BalanceTable.Row(
                            new RegionCode(row.getString("region")),
                            row.getString("name"),
                            row.getInt("out_debts"),
                            out,
                            row.getInt("in_debts"),
                            in,
                            in.minus(out));
                })
                .list();
        return Optional.of(new BalanceTable(province, quarter, rows, pairs(province, quarter)));
    }

    public List<ClearingPairV1> pairs(RegionCode province, Quarter quarter) {
        return jdbc.sql("select * from clearing_pair where province = :province and quarter = :quarter")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(TableStore::readPair)
                .list();
    }

    /** The first person's word stands; a second one changes nothing. */
    public void prepare(RegionCode province, Quarter quarter, String by, Instant now) {
        jdbc.sql("""
            insert into clearing_closing (province, quarter, prepared_by, prepared_at)
            values (:province, :quarter, :by, :now) on conflict (province, quarter) do nothing
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    public void approve(RegionCode province, Quarter quarter, String by, Instant now) {
        int rows = jdbc.sql("""
            update clearing_closing set approved_by = :by, approved_at = :now
             where province = :province and quarter = :quarter and approved_by is null
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("by", by)
                .param("now", utc(now))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a closing that nobody prepared");
        }
    }

    private static ClearingPairV1 readPair(ResultSet row, int n) throws SQLException {
        return new ClearingPairV1(
                new RegionCode(row.getString("debtor")),
                new RegionCode(row.getString("creditor")),
                row.getInt("debts"),
                Fen.of(row.getLong("amount")));
    }

    private static Made readMade(ResultSet row, int n) throws SQLException {
        var preparedBy = row.getString("prepared_by");
        return new Made(
                Quarter.parse(row.getString("quarter")),
                row.getInt("debts"),
                Fen.of(row.getLong("total")),
                row.getString("json_digest"),
                row.getString("csv_digest"),
                instant(row, "generated_at"),
                row.getObject("pay_up_by", LocalDate.class),
                preparedBy == null
                        ? null
                        : new Closing(
                                preparedBy,
                                instant(row, "prepared_at"),
                                row.getString("approved_by"),
                                row.getString("approved_by") == null ? null : instant(row, "approved_at")));
    }
}
