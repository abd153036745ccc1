package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jiexu.settlement.postgres.PaymentStore.Direction;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 双人登记存储 — who prepared a payment of the clearing and who approved it. An approved step never changes. */
@Repository
public class PaymentStepStore {
    private final JdbcClient jdbc;

    /** 登记 — the last two are null until another person has approved it. */
    public record Step(
            String reference,
            Fen amount,
            String preparedBy,
            Instant preparedAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {}

    /** Which payment: the region's own up, or the centre's down to it. */
    public record Payment(RegionCode region, Quarter quarter, Direction direction) {}

    public PaymentStepStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Step> step(Payment payment) {
        return jdbc.sql("""
            select * from payment_step where region = :region and quarter = :quarter and direction = :direction
            """)
                .param("region", payment.region().value())
                .param("quarter", payment.quarter().toString())
                .param("direction", payment.direction().name())
                .query(PaymentStepStore::read)
                .optional();
    }

    /** Anew, or instead of what was prepared otherwise and not approved; the same again stays as it is. */
    public void prepare(Payment payment, String reference, Fen amount, String by, Instant at) {
        jdbc.sql("""
            insert into payment_step (region, quarter, direction, reference, amount, prepared_by, prepared_at)
            values (:region, :quarter, :direction, :reference, :amount, :by, :at)
            on conflict (region, quarter, direction) do update
               set reference = excluded.reference, amount = excluded.amount, prepared_by = excluded.prepared_by,
                   prepared_at = excluded.prepared_at
             where payment_step.approved_by is null
               and (payment_step.reference, payment_step.amount) <> (excluded.reference, excluded.amount)
            """)
                .param("region", payment.region().value())
                .param("quarter", payment.quarter().toString())
                .param("direction", payment.direction().name())
                .param("reference", reference)
                .param("amount", amount.value())
                .param("by", by)
                .param("at", utc(at))
                .update();
    }

    public void approve(Payment payment, String by, Instant at) {
        int rows = jdbc.sql("""
            update payment_step set approved_by = :by, approved_at = :at
             where region = :region and quarter = :quarter and direction = :direction and approved_by is null
            """)
                .param("region", payment.region().value())
                .param("quarter", payment.quarter().toString())
                .param("direction", payment.direction().name())
                .param("by", by)
                .param("at", utc(at))
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a payment that was approved before");
        }
    }

    private static Step read(ResultSet row, int n) throws SQLException {
        return new Step(
                row.getString("reference"),
                Fen.of(row.getLong("amount")),
                row.getString("prepared_by"),
                instant(row, "prepared_at"),
                row.getString("approved_by"),
                row.getString("approved_by") == null ? null : instant(row, "approved_at"));
    }
}
