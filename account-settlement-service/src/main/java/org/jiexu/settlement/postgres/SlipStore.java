package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;
import static org.jiexu.settlement.postgres.LedgerViews.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 银行回单 — the slips on which money of regions outside the platform came. */
@Repository
public class SlipStore {
    private final JdbcClient jdbc;

    public SlipStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One slip; {@code position} orders the list, oldest first. */
    public record Slip(
            long position,
            String slip,
            RemittanceNumber remittance,
            RegionCode from,
            Fen amount,
            String place,
            String registeredBy,
            Instant registeredAt) {}

    public Optional<Slip> find(RegionCode region, String slip) {
        return jdbc.sql("""
            select s.*, a.place from bank_slip s join arrival a
                on a.number = s.number and a.from_region = s.from_region and a.n = s.n
             where s.region = :region and s.slip = :slip
            """)
                .param("region", region.value())
                .param("slip", slip)
                .query(SlipStore::read)
                .optional();
    }

    /** False when that number is registered in the region already. */
    public boolean insert(
            RegionCode region, String slip, RemittanceNumber rn, RegionCode from, Fen amount, String by, Instant now) {
        return jdbc.sql("""
            insert into bank_slip (region, slip, number, n, from_region, amount, registered_by, registered_at)
            values (:region, :slip, :number, :n, :from, :amount, :by, :now) on conflict (region, slip) do nothing
            """)
                        .param("region", region.value())
                        .param("slip", slip)
                        .param("number", rn.caseNumber().value())
                        .param("n", rn.n())
                        .param("from", from.value())
                        .param("amount", amount.value())
                        .param("by", by)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    public List<Slip> list(RegionCode region, long after, int most) {
        return jdbc.sql("""
            select s.*, a.place from bank_slip s join arrival a
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
        return new Slip(
                row.getLong("position"),
                row.getString("slip"),
                RemittanceNumber.parse(row.getString("number") + "-" + row.getInt("n")),
                new RegionCode(row.getString("from_region")),
                Fen.of(row.getLong("amount")),
                row.getString("place"),
                row.getString("registered_by"),
                instant(row, "registered_at"));
    }
}
