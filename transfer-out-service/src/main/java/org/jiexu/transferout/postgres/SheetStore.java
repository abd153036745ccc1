package org.jiexu.transferout.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jiexu.transferout.domain.Fact.SheetIssued;
import org.jiexu.wire.sheet.SealedSheet;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Fen;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Issued sheets, every version with its exact text and seal (R3.3). */
@Repository
public class SheetStore {
    private final JdbcClient jdbc;

    SheetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One version as it left. */
    public record StoredSheet(int version, SealedSheet sheet, Fen amount, int remittance, Instant issuedAt) {}

    public void insert(CaseNumber number, SheetIssued issued, SealedSheet sheet, Instant at) {
        jdbc.sql("""
            insert into issued_sheet (number, version, text, key_id, seal, digest, amount, remittance, issued_at)
            values (:number, :version, :text, :keyId, :seal, :digest, :amount, :remittance, :at)
            """)
                .param("number", number.value())
                .param("version", issued.version())
                .param("text", sheet.text())
                .param("keyId", sheet.keyId())
                .param("seal", sheet.seal().toArray())
                .param("digest", sheet.digest())
                .param("amount", issued.amount().value())
                .param("remittance", issued.remittance())
                .param("at", CaseStore.utc(at))
                .update();
    }

    public List<StoredSheet> of(CaseNumber number) {
        return jdbc.sql("select * from issued_sheet where number = :number order by version")
                .param("number", number.value())
                .query((row, n) -> new StoredSheet(
                        row.getInt("version"),
                        new SealedSheet(row.getString("text"), row.getString("key_id"), Bytes.of(row.getBytes("seal"))),
                        Fen.of(row.getLong("amount")),
                        row.getInt("remittance"),
                        row.getObject("issued_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
