package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 上解下拨存储 — what each row of a table asks for, and what has been paid, at the centre. */
@Repository
public class PaymentStore {
    private final JdbcClient jdbc;

    public enum Direction {
        /** 上解 — from a region to the centre. */
        UP,
        /** 下拨 — from the centre to a region. */
        DOWN
    }

    /** 应付 — one payment that a table asks for; the last three are null until it is made. */
    public record Due(
            RegionCode region,
            Direction direction,
            int debts,
            Fen amount,
            @Nullable String reference,
            @Nullable Instant paidAt,
            @Nullable String recordedBy) {
        public boolean isPaid() {
            return paidAt != null;
        }
    }

    private static final String DUE = """
        select r.region, w.direction, w.debts, w.amount, p.reference, p.paid_at, p.recorded_by
          from clearing_row r
          cross join lateral (values ('UP', r.out_debts, r.out_amount), ('DOWN', r.in_debts, r.in_amount))
                 as w (direction, debts, amount)
          left join clearing_payment p
                 on p.province = r.province and p.quarter = r.quarter and p.region = r.region
                and p.direction = w.direction
         where r.province = :province and r.quarter = :quarter and w.debts > 0
        """;

    public PaymentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every payment of a table: first those up, then those down, each by region. */
    public List<Due> due(RegionCode province, Quarter quarter) {
        return jdbc.sql(DUE + " order by w.direction desc, r.region")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .query(PaymentStore::read)
                .list();
    }

    public Optional<Due> due(RegionCode province, Quarter quarter, RegionCode region, Direction direction) {
        return jdbc.sql(DUE + " and r.region = :region and w.direction = :direction")
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("region", region.value())
                .param("direction", direction.name())
                .query(PaymentStore::read)
                .optional();
    }

    /** The quarter and region that a payment down with this reference was for. */
    public Optional<String> downWith(RegionCode province, String reference) {
        return jdbc.sql("""
            select quarter || '/' || region from clearing_payment
             where province = :province and direction = 'DOWN' and reference = :reference
            """)
                .param("province", province.value())
                .param("reference", reference)
                .query(String.class)
                .optional();
    }

    public void pay(
            RegionCode province,
            Quarter quarter,
            RegionCode region,
            Direction direction,
            Fen amount,
            String reference,
            Instant paidAt,
            String by) {
        jdbc.sql("""
            insert into clearing_payment
                (province, quarter, region, direction, amount, reference, paid_at, recorded_by)
            values (:province, :quarter, :region, :direction, :amount, :reference, :paidAt, :by)
            """)
                .param("province", province.value())
                .param("quarter", quarter.toString())
                .param("region", region.value())
                .param("direction", direction.name())
                .param("amount", amount.value())
                .param("reference", reference)
                .param("paidAt", utc(paidAt))
                .param("by", by)
                .update();
    }

    private static Due read(ResultSet row, int n) throws SQLException {
        var reference = row.getString("reference");
        return new Due(
                new RegionCode(row.getString("region")),
                Direction.valueOf(row.getString("direction")),
                row.getInt("debts"),
                Fen.of(row.getLong("amount")),
                reference,
                reference == null ? null : instant(row, "paid_at"),
                row.getString("recorded_by"));
    }
}
