package org.jiexu.transferin.postgres;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jiexu.transferin.domain.Reversal;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 到账冲正 — cases whose credited money was taken back; a case is credited once, so there is at most one of each. */
@Repository
public class ReversalStore {
    private final JdbcClient jdbc;

    public ReversalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when it is known already: nothing changes then. */
    public boolean keep(CaseNumber number, Reversal reversal) {
        return jdbc.sql("""
            insert into reversal (number, remittance, amount, ground, taken_back_at)
            values (:number, :remittance, :amount, :ground, :at)
            on conflict (number) do nothing
            """)
                        .param("number", number.value())
                        .param("remittance", reversal.remittance().toString())
                        .param("amount", reversal.amount().value())
                        .param("ground", reversal.ground())
                        .param("at", reversal.at().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Empty while the money stands where it was credited. */
    public Optional<Reversal> find(CaseNumber number) {
        return jdbc.sql("select * from reversal where number = :number")
                .param("number", number.value())
                .query((row, _) -> new Reversal(
                        RemittanceNumber.parse(row.getString("remittance")),
                        Fen.of(row.getLong("amount")),
                        row.getString("ground"),
                        row.getObject("taken_back_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
