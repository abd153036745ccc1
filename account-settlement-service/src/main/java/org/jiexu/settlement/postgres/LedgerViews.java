package org.jiexu.settlement.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jiexu.settlement.domain.AccountKey;
import org.jiexu.settlement.domain.AccountKind;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 账本查询 — what people look at; writes nothing. */
@Repository
public class LedgerViews {
    private static final int LATEST = 20;

    private final JdbcClient jdbc;

    /** One line of an account's statement; {@code remittance} is empty where the posting belongs to none. */
    public record Entry(
            String posting, Fen amount, @Nullable String remittance, Instant at) {}

    /** 余额汇总 — one ledger: its kinds sum to 0.00. */
    public record Totals(Fen sum, Fen held, Map<AccountKind, Fen> byKind) {}

    /** Where the money of one remittance is in one ledger; a transit, clearing or bank leg below 0.00 is what arrived. */
    public record RemittanceMoney(String remittance, Fen personal, Fen suspense, Fen transit, Fen clearing, Fen bank) {}

    public LedgerViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Entry> latest(AccountKey.Personal key) {
        return jdbc.sql("""
            select p.business_key, l.amount, p.remittance, p.made_at
              from account a join posting_line l on l.account = a.id join posting p on p.id = l.posting
             where a.region = :region and a.kind = 'PERSONAL' and a.owner = :owner
             order by l.posting desc limit :most
            """)
                .param("region", key.ledger().value())
                .param("owner", key.owner())
                .param("most", LATEST)
                .query((row, n) -> new Entry(
                        row.getString("business_key"),
                        Fen.of(row.getLong("amount")),
                        row.getString("remittance").isEmpty() ? null : row.getString("remittance"),
                        instant(row, "made_at")))
                .list();
    }

    public Totals totals(RegionCode region) {
        var byKind = new EnumMap<AccountKind, Fen>(AccountKind.class);
        for (var kind : AccountKind.values()) {
            byKind.put(kind, Fen.ZERO);
        }
        var held = new long[1];
        jdbc.sql("select kind, sum(balance) as balance, sum(held) as held from account where region = :region"
                        + " group by kind")
                .param("region", region.value())
                .query(row -> {
                    byKind.put(AccountKind.valueOf(row.getString("kind")), Fen.of(row.getLong("balance")));
                    held[0] += row.getLong("held");
                });
        return new Totals(byKind.values().stream().reduce(Fen.ZERO, Fen::plus), Fen.of(held[0]), Map.copyOf(byKind));
    }

    /** The remittances of a ledger in the order of their numbers, after the given one. */
    public List<RemittanceMoney> remittances(RegionCode region, String after, int most) {
        return jdbc.sql("""
            select p.remittance,
                   coalesce(sum(l.amount) filter (where a.kind = 'PERSONAL'), 0) as personal,
                   coalesce(sum(l.amount) filter (where a.kind = 'SUSPENSE'), 0) as suspense,
                   coalesce(sum(l.amount) filter (where a.kind = 'TRANSIT'), 0) as transit,
                   coalesce(sum(l.amount) filter (where a.kind = 'CLEARING'), 0) as clearing,
                   coalesce(sum(l.amount) filter (where a.kind = 'BANK'), 0) as bank
              from posting p join posting_line l on l.posting = p.id join account a on a.id = l.account
             where p.region = :region and p.remittance <> '' and p.remittance > :after
             group by p.remittance order by p.remittance limit :most
            """)
                .param("region", region.value())
                .param("after", after)
                .param("most", most)
                .query((row, n) -> new RemittanceMoney(
                        row.getString("remittance"),
                        Fen.of(row.getLong("personal")),
                        Fen.of(row.getLong("suspense")),
                        Fen.of(row.getLong("transit")),
                        Fen.of(row.getLong("clearing")),
                        Fen.of(row.getLong("bank"))))
                .list();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
