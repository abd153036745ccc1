package org.jiexu.transferin.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jiexu.transferin.domain.SealedLetter;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 联系函 — every letter as sealed, and the count of them. */
@Repository
public class LetterStore {
    private final JdbcClient jdbc;

    public LetterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next running number; two cases of a region wait for each other, so none is left out when one rolls back. */
    public int next(RegionCode region, int year) {
        return jdbc.sql("""
            insert into contact_letter_counter (region, year, last) values (:region, :year, 1)
            on conflict (region, year) do update set last = contact_letter_counter.last + 1
            returning last
            """)
                .param("region", region.value())
                .param("year", year)
                .query((row, _) -> row.getInt("last"))
                .single();
    }

    public void keep(CaseNumber number, SealedLetter letter) {
        jdbc.sql("""
            insert into contact_letter (number, letter_number, text, seal_key_id, seal, issued_at)
            values (:number, :letterNumber, :text, :keyId, :seal, :issuedAt)
            """)
                .param("number", number.value())
                .param("letterNumber", letter.letterNumber())
                .param("text", letter.text())
                .param("keyId", letter.keyId())
                .param("seal", letter.seal().toArray())
                .param("issuedAt", letter.issuedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public Optional<SealedLetter> find(CaseNumber number) {
        return jdbc.sql("select * from contact_letter where number = :number")
                .param("number", number.value())
                .query(LetterStore::letter)
                .optional();
    }

    private static SealedLetter letter(ResultSet row, int n) throws SQLException {
        return new SealedLetter(
                row.getString("letter_number"),
                row.getString("text"),
                row.getString("seal_key_id"),
                Bytes.of(row.getBytes("seal")),
                row.getObject("issued_at", OffsetDateTime.class).toInstant());
    }
}
