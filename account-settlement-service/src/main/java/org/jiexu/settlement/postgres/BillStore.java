package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.contract.ClearingGeneratedV1;
import org.jiexu.wire.contract.ClearingPairV1;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 清算通知存储 — what the centre's table says of a hosted region, and what of it is paid. */
@Repository
public class BillStore {
    private final JdbcClient jdbc;

    /** 清算通知 — a region's row of a table; {@code up…} is null until it has paid, {@code downAt} until it was paid. */
    public record Bill(
            RegionCode region,
            Quarter quarter,
            int outDebts,
            Fen outAmount,
            int inDebts,
            Fen inAmount,
            String digest,
            Instant generatedAt,
            LocalDate payUpBy,
            @Nullable String upReference,
            @Nullable Instant upAt,
            @Nullable Instant downAt) {}

    public BillStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code pairs} are those in which the region stands. */
    public void keep(RegionCode region, ClearingGeneratedV1 table, List<ClearingPairV1> pairs) {
        var out = pairs.stream().filter(pair -> pair.debtor().equals(region)).toList();
        var in = pairs.stream().filter(pair -> pair.creditor().equals(region)).toList();
        jdbc.sql("""
            insert into clearing_bill (region, quarter, out_debts, out_amount, in_debts, in_amount, digest,
                                       generated_at, pay_up_by)
            values (:region, :quarter, :outDebts, :outAmount, :inDebts, :inAmount, :digest, :generatedAt, :payUpBy)
            """)
                .param("region", region.value())
                .param("quarter", table.quarter())
                .param("outDebts", out.stream().mapToInt(ClearingPairV1::debts).sum())
                .param("outAmount", sum(out).value())
                .param("inDebts", in.stream().mapToInt(ClearingPairV1::debts).sum())
                .param("inAmount", sum(in).value())
                .param("digest", table.digest())
                .param("generatedAt", utc(table.generatedAt()))
                .param("payUpBy", table.payUpBy())
                .update();
        for (var pair : pairs) {
            jdbc.sql("""
                insert into clearing_bill_pair (region, quarter, debtor, creditor, debts, amount)
                values (:region, :quarter, :debtor, :creditor, :debts, :amount)
                """)
                    .param("region", region.value())
                    .param("quarter", table.quarter())
                    .param("debtor", pair.debtor().value())
                    .param("creditor", pair.creditor().value())
                    .param("debts", pair.debts())
                    .param("amount", pair.amount().value())
                    .update();
        }
    }

    private static Fen sum(List<ClearingPairV1> pairs) {
        return pairs.stream().map(ClearingPairV1::amount).reduce(Fen.ZERO, Fen::plus);
    }

    public Optional<Bill> bill(RegionCode region, Quarter quarter) {
        return bill("", region, quarter);
    }

    /** The bill as it stands, its row locked until the transaction ends. */
    public Optional<Bill> lock(RegionCode region, Quarter quarter) {
        return bill(" for update", region, quarter);
    }

    private Optional<Bill> bill(String lock, RegionCode region, Quarter quarter) {
        return jdbc.sql("select * from clearing_bill where region = :region and quarter = :quarter" + lock)
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .query(BillStore::read)
                .optional();
    }

    public List<Bill> bills(RegionCode region, String after, int most) {
        return jdbc.sql("""
            select * from clearing_bill where region = :region and quarter > :after order by quarter limit :most
            """)
                .param("region", region.value())
                .param("after", after)
                .param("most", most)
                .query(BillStore::read)
                .list();
    }

    public List<ClearingPairV1> pairs(RegionCode region, Quarter quarter) {
        return jdbc.sql("""
            select * from clearing_bill_pair where region = :region and quarter = :quarter order by debtor, creditor
            """)
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .query((row, n) -> new ClearingPairV1(
                        new RegionCode(row.getString("debtor")),
                        new RegionCode(row.getString("creditor")),
                        row.getInt("debts"),
                        Fen.of(row.getLong("amount"))))
                .list();
    }

    /** The quarter that a payment up with this reference was for. */
    public Optional<Quarter> upWith(RegionCode region, String reference) {
        return jdbc.sql("select quarter from clearing_bill where region = :region and up_reference = :reference")
                .param("region", region.value())
                .param("reference", reference)
                .query((row, n) -> Quarter.parse(row.getString(1)))
                .optional();
    }

    public void paidUp(RegionCode region, Quarter quarter, String reference, String by, Instant at) {
        once(jdbc.sql("""
            update clearing_bill set up_reference = :reference, up_by = :by, up_at = :at
             where region = :region and quarter = :quarter and up_at is null
            """)
                .param("reference", reference)
                .param("by", by)
                .param("at", utc(at))
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .update());
    }

    public void paidDown(RegionCode region, Quarter quarter, Instant at) {
        once(jdbc.sql("""
            update clearing_bill set down_at = :at
             where region = :region and quarter = :quarter and down_at is null
            """)
                .param("at", utc(at))
                .param("region", region.value())
                .param("quarter", quarter.toString())
                .update());
    }

    private static void once(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("a payment that was made before");
        }
    }

    private static Bill read(ResultSet row, int n) throws SQLException {
        return new Bill(
                new RegionCode(row.getString("region")),
                Quarter.parse(row.getString("quarter")),
                row.getInt("out_debts"),
                Fen.of(row.getLong("out_amount")),
                row.getInt("in_debts"),
                Fen.of(row.getLong("in_amount")),
                row.getString("digest"),
                instant(row, "generated_at"),
                row.getObject("pay_up_by", LocalDate.class),
                row.getString("up_reference"),
                row.getString("up_reference") == null ? null : instant(row, "up_at"),
                row.getObject("down_at") == null ? null : instant(row, "down_at"));
    }
}
