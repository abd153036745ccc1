package org.jiexu.settlement.postgres;

import static org.jiexu.settlement.postgres.LedgerStore.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jiexu.settlement.domain.PayOut;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.PersonId;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 余额提取 — the rows of account_pay_out. */
@Repository
public class PayOutStore {
    private final JdbcClient jdbc;

    public PayOutStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the person has an open one in that region already. */
    public boolean insert(PayOut asked) {
        return jdbc.sql("""
            insert into account_pay_out (id, region, person, state, at_window, asked_by, asked_at)
            values (:id, :region, :person, 'ASKED', :atWindow, :by, :at)
            on conflict do nothing
            """)
                        .param("id", asked.id())
                        .param("region", asked.region().value())
                        .param("person", asked.person().value())
                        .param("atWindow", asked.atWindow())
                        .param("by", asked.askedBy())
                        .param("at", utc(asked.askedAt()))
                        .update()
                == 1;
    }

    public Optional<PayOut> find(UUID id) {
        return jdbc.sql("select * from account_pay_out where id = :id")
                .param("id", id)
                .query(PayOutStore::read)
                .optional();
    }

    /** As it stands, its row locked until the transaction ends. */
    public Optional<PayOut> lock(UUID id) {
        return jdbc.sql("select * from account_pay_out where id = :id for update")
                .param("id", id)
                .query(PayOutStore::read)
                .optional();
    }

    /** The oldest first; those of one state, or all. */
    public List<PayOut> list(RegionCode region, @Nullable PayOutStep state, @Nullable UUID after, int limit) {
        return jdbc.sql("""
            select * from account_pay_out
             where region = :region and (cast(:state as text) is null or state = :state)
               and (cast(:after as uuid) is null or id > :after)
             order by id limit :limit
            """)
                .param("region", region.value())
                .param("state", state == null ? null : state.name())
                .param("after", after)
                .param("limit", limit)
                .query(PayOutStore::read)
                .list();
    }

    public void prepare(UUID id, Fen amount, String by, Instant at) {
        one(jdbc.sql("""
            update account_pay_out set state = 'PREPARED', amount = :amount, prepared_by = :by, prepared_at = :at
             where id = :id and state = 'ASKED'
            """)
                .param("amount", amount.value())
                .param("by", by)
                .param("at", utc(at))
                .param("id", id)
                .update());
    }

    public void pay(UUID id, String by, Instant at) {
        one(jdbc.sql("""
            update account_pay_out set state = 'PAID', approved_by = :by, approved_at = :at
             where id = :id and state = 'PREPARED'
            """).param("by", by).param("at", utc(at)).param("id", id).update());
    }

    public void refuse(UUID id, String reason, String by, Instant at) {
        one(jdbc.sql("""
            update account_pay_out set state = 'REFUSED', refusal = :reason, refused_by = :by, refused_at = :at
             where id = :id and state in ('ASKED', 'PREPARED')
            """)
                .param("reason", reason)
                .param("by", by)
                .param("at", utc(at))
                .param("id", id)
                .update());
    }

    private static void one(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("a pay-out was moved meanwhile by somebody else");
        }
    }

    private static PayOut read(ResultSet row, int n) throws SQLException {
        return new PayOut(
                row.getObject("id", UUID.class),
                new RegionCode(row.getString("region")),
                new PersonId(row.getString("person")),
                PayOutStep.valueOf(row.getString("state")),
                row.getBoolean("at_window"),
                row.getString("asked_by"),
                LedgerViews.instant(row, "asked_at"),
                Fen.of(row.getLong("amount")),
                row.getString("prepared_by"),
                row.getString("refusal"));
    }
}
