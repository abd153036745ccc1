package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 银行回单 — the slips on which money of regions outside the platform came. */
@Repository
public class SlipStore {
    private static final String PREPARED = "PREPARED";

    private final JdbcClient jdbc;

    public SlipStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One slip; {@code position} orders the list, oldest first. Remittance and approver are null until it is approved. */
    public record Slip(
            long position,
            String slip,
            CaseNumber number,
            @Nullable RemittanceNumber remittance,
            RegionCode from,
            Fen amount,
            String place,
            String registeredBy,
            Instant registeredAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {

        /** Its money is booked. */
        public boolean isApproved() {
            return remittance != null;
        }

        public boolean says(CaseNumber otherNumber, RegionCode otherFrom, Fen otherAmount) {
            return number.equals(otherNumber) && from.equals(otherFrom) && amount.equals(otherAmount);
        }
    }

    public Optional<Slip> find(RegionCode region, String slip) {
        return jdbc.sql("""
            select s.*, a.place from bank_slip s left join arrival a
                on a.number = s.number and a.from_region = s.from_region and a.n = s.n
             where s.region = :region and s.slip = :slip
            """)
                .param("region", region.value())
                .param("slip", slip)
                .query(SlipStore::read)
                .optional();
    }

    /** The same, its row locked until the transaction ends. */
    public Optional<Slip> lock(RegionCode region, String slip) {
        return jdbc.sql("""
            select s.*, a.place from bank_slip s left join arrival a
                on a.number = s.number and a.from_region = s.from_region and a.n = s.n
             where s.region = :region and s.slip = :slip for update of s
            """)
                .param("region", region.value())
                .param("slip", slip)
                .query(SlipStore::read)
                .optional();
    }

    /** Anew, or instead of what was registered otherwise and not approved; the same again stays as it is. */
    public void prepare(
            RegionCode region, String slip, CaseNumber number, RegionCode from, Fen amount, String by, Instant now) {
        jdbc.sql("""
            insert into bank_slip (region, slip, number, from_region, amount, registered_by, registered_at)
            values (:region, :slip, :number, :from, :amount, :by, :now)
            on conflict (region, slip) do update
               set number = excluded.number, from_region = excluded.from_region, amount = excluded.amount,
                   registered_by = excluded.registered_by, registered_at = excluded.registered_at
             where bank_slip.n is null
               and (bank_slip.number, bank_slip.from_region, bank_slip.amount)
                   <> (excluded.number, excluded.from_region, excluded.amount)
            """)
                .param("region", region.value())
                .param("slip", slip)
                .param("number", number.value())
                .param("from", from.value())
                .param("amount", amount.value())
                .param("by", by)
                .param("now", utc(now))
                .update();
    }

    /** The slip's money is the case's arrival {@code n}. The caller holds the row. */
    public void approve(RegionCode region, String slip, int n, String by, Instant now) {
        int rows = jdbc.sql("""
            update bank_slip set n = :n, approved_by = :by, approved_at = :now
             where region = :region and slip = :slip and n is null
            """)
                .param("n", n)
                .param("by", by)
                .param("now", utc(now))
                .param("region", region.value())
                .param("slip", slip)
                .update();
        if (rows != 1) {
            throw new IllegalStateException("a slip that was approved before");
        }
    }

    public List<Slip> list(RegionCode region, long after, int most) {
        return jdbc.sql("""
            select s.*, a.place from bank_slip s left join arrival a
                on a.number = s.number and a.from_region = s.from_region and a.n = s.n
             where s.region = :region and s.position > :after order by s.position limit :most
            """)
                .param("region", region.value())
                .param("after", after)
                .param("most", most)
                .query(SlipStore::read)
                .list();
    }

    private static Slip read(ResultSet row, int n) throws SQLException {
        var number = new CaseNumber(row.getString("number"));
        var place = row.getString("place");
        var approvedBy = row.getString("approved_by");
        return new Slip(
                row.getLong("position"),
                row.getString("slip"),
                number,
                place == null ? null : new RemittanceNumber(number, row.getInt("n")),
                new RegionCode(row.getString("from_region")),
                Fen.of(row.getLong("amount")),
                place == null ? PREPARED : place,
                row.getString("registered_by"),
                instant(row, "registered_at"),
                approvedBy,
                approvedBy == null ? null : instant(row, "approved_at"));
    }
}
