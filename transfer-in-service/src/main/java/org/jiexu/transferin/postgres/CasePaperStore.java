package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jiexu.transferin.domain.CasePaper;
import org.jiexu.transferin.domain.SealedPaper;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 业务单据 — every paper exactly as sealed; a later one of a kind says what the one before it could not (R7.6). */
@Repository
public class CasePaperStore {
    private final JdbcClient jdbc;

    public CasePaperStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By whoever holds the case's row. */
    public void keep(CaseNumber number, SealedPaper paper) {
        jdbc.sql("""
            insert into case_paper (number, kind, issue, text, seal_key_id, seal, issued_at)
            select :number, :kind, count(*) + 1, :text, :keyId, :seal, :issuedAt
              from case_paper where number = :number and kind = :kind
            """)
                .param("number", number.value())
                .param("kind", paper.kind().name())
                .param("text", paper.text())
                .param("keyId", paper.keyId())
                .param("seal", paper.seal().toArray())
                .param("issuedAt", paper.issuedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those of a kind, the one that holds last; empty while none has been issued. */
    public List<SealedPaper> of(CaseNumber number, CasePaper.Kind kind) {
        return of(number).stream().filter(paper -> paper.kind() == kind).toList();
    }

    /** In the order in which they were issued. */
    public List<SealedPaper> of(CaseNumber number) {
        return jdbc.sql("select * from case_paper where number = :number order by issued_at, kind, issue")
                .param("number", number.value())
                .query(CasePaperStore::paper)
                .list();
    }

    private static SealedPaper paper(ResultSet row, int n) throws SQLException {
        return new SealedPaper(
                CasePaper.Kind.valueOf(row.getString("kind")),
                row.getString("text"),
                row.getString("seal_key_id"),
                Bytes.of(row.getBytes("seal")),
                row.getObject("issued_at", OffsetDateTime.class).toInstant());
    }
}
