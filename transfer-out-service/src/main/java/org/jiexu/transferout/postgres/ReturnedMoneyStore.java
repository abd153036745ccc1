package org.jiexu.transferout.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jiexu.wire.contract.ReturnedV1;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 退汇记录 — remittances that came back, for staff to see. */
@Repository
public class ReturnedMoneyStore {
    private final JdbcClient jdbc;

    ReturnedMoneyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code caseOpen}: the right amount is still awaited. */
    public record ReturnedMoney(
            RemittanceNumber remittance, Fen amount, String reason, boolean caseOpen, Instant returnedAt) {}

    /** Once; told again it changes nothing. */
    public void keep(ReturnedV1 returned, Instant at) {
        jdbc.sql("""
            insert into returned_money (number, remittance, amount, reason, case_open, returned_at)
            values (:number, :remittance, :amount, :reason, :caseOpen, :at) on conflict do nothing
            """)
                .param("number", returned.remittance().caseNumber().value())
                .param("remittance", returned.remittance().n())
                .param("amount", returned.amount().value())
                .param("reason", returned.reason())
                .param("caseOpen", returned.caseOpen())
                .param("at", CaseStore.utc(at))
                .update();
    }

    public List<ReturnedMoney> of(CaseNumber number) {
        return jdbc.sql("select * from returned_money where number = :number order by remittance")
                .param("number", number.value())
                .query((row, n) -> new ReturnedMoney(
                        new RemittanceNumber(number, row.getInt("remittance")),
                        Fen.of(row.getLong("amount")),
                        row.getString("reason"),
                        row.getBoolean("case_open"),
                        row.getObject("returned_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
