package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferin.domain.ReceivedSheet;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RemittanceNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 收到的信息表 — every version, exactly as sealed. */
@Repository
public class SheetStore {
    private final JdbcClient jdbc;

    public SheetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void keep(ReceivedSheet sheet, Instant receivedAt) {
        var remittance = sheet.remittance();
        jdbc.sql("""
            insert into received_sheet
                (number, version, text, seal_key_id, seal, amount, remittance, issued_at, received_at)
            values (:number, :version, :text, :keyId, :seal, :amount, :remittance, :issuedAt, :receivedAt)
            """)
                .param("number", sheet.number().value())
                .param("version", sheet.version())
                .param("text", sheet.sealed().text())
                .param("keyId", sheet.sealed().keyId())
                .param("seal", sheet.sealed().seal().toArray())
                .param("amount", sheet.amount().value())
                .param("remittance", remittance == null ? null : remittance.toString())
                .param("issuedAt", sheet.issuedAt().atOffset(ZoneOffset.UTC))
                .param("receivedAt", receivedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    public Optional<ReceivedSheet> find(CaseNumber number, int version) {
        return jdbc.sql("select * from received_sheet where number = :number and version = :version")
                .param("number", number.value())
                .param("version", version)
                .query(SheetStore::sheet)
                .optional();
    }

    /** All versions, the first one first. */
    public List<ReceivedSheet> of(CaseNumber number) {
        return jdbc.sql("select * from received_sheet where number = :number order by version")
                .param("number", number.value())
                .query(SheetStore::sheet)
                .list();
    }

    private static ReceivedSheet sheet(ResultSet row, int n) throws SQLException {
        var remittance = row.getString("remittance");
        return new ReceivedSheet(
                new CaseNumber(row.getString("number")),
                row.getInt("version"),
                new SealedSheet(row.getString("text"), row.getString("seal_key_id"), Bytes.of(row.getBytes("seal"))),
                Fen.of(row.getLong("amount")),
                remittance == null ? null : RemittanceNumber.parse(remittance),
                row.getObject("issued_at", OffsetDateTime.class).toInstant());
    }
}
