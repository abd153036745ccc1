package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jiexu.transferin.domain.RegisteredPaper;
import org.jiexu.transferin.domain.RegisteredPaper.Kind;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 收到的纸质材料 — every paper that moved a case (R3.7). */
@Repository
public class PaperStore {
    private final JdbcClient jdbc;

    public PaperStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void keep(CaseNumber number, RegisteredPaper paper) {
        jdbc.sql("""
            insert into paper
                (number, kind, version, scan_digest, postal_number, received_on, registered_by, registered_at)
            values (:number, :kind, :version, :scanDigest, :postalNumber, :receivedOn, :registeredBy, :registeredAt)
            """)
                .param("number", number.value())
                .param("kind", paper.kind().name())
                .param("version", paper.version())
                .param("scanDigest", paper.scanDigest())
                .param("postalNumber", paper.postalNumber())
                .param("receivedOn", paper.receivedOn())
                .param("registeredBy", paper.registeredBy())
                .param("registeredAt", paper.registeredAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** In the order of their registration. */
    public List<RegisteredPaper> of(CaseNumber number) {
        return jdbc.sql("select * from paper where number = :number order by position")
                .param("number", number.value())
                .query(PaperStore::paper)
                .list();
    }

    /** Who typed that version of the sheet from paper; nothing when it came over the platform. */
    public Optional<String> typist(CaseNumber number, int version) {
        return jdbc.sql("""
            select registered_by from paper
             where number = :number and version = :version and kind not in ('REFUSAL', 'WITHDRAWAL')
             order by position desc limit 1
            """)
                .param("number", number.value())
                .param("version", version)
                .query(String.class)
                .optional();
    }

    /** Both persons of a typed sheet; the table refuses one person twice. */
    public void confirmed(CaseNumber number, int version, String typedBy, String confirmedBy, Instant at) {
        jdbc.sql("""
            insert into paper_confirmation (number, version, typed_by, confirmed_by, confirmed_at)
            values (:number, :version, :typedBy, :confirmedBy, :at) on conflict (number, version) do nothing
            """)
                .param("number", number.value())
                .param("version", version)
                .param("typedBy", typedBy)
                .param("confirmedBy", confirmedBy)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static RegisteredPaper paper(ResultSet row, int n) throws SQLException {
        return new RegisteredPaper(
                Kind.valueOf(row.getString("kind")),
                row.getInt("version"),
                row.getString("scan_digest"),
                row.getString("postal_number"),
                row.getObject("received_on", LocalDate.class),
                row.getString("registered_by"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant());
    }
}
