package org.jiexu.transferout.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jiexu.wire.contract.ContactLetterIssuedV1;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 联系函 — letters of receiving regions, with their exact sealed text. */
@Repository
public class LetterStore {
    private final JdbcClient jdbc;

    LetterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A letter as it came; {@code sending} is the region that it is addressed to. */
    public record ReceivedLetter(RegionCode sending, ContactLetterIssuedV1 letter, Instant receivedAt) {}

    public void insert(CaseNumber number, RegionCode sending, ContactLetterIssuedV1 letter, Instant receivedAt) {
        jdbc.sql("""
            insert into contact_letter (number, letter_number, sending, text, key_id, seal, issued_at, received_at)
            values (:number, :letterNumber, :sending, :text, :keyId, :seal, :issuedAt, :receivedAt)
            """)
                .param("number", number.value())
                .param("letterNumber", letter.letterNumber())
                .param("sending", sending.value())
                .param("text", letter.letter())
                .param("keyId", letter.sealKeyId())
                .param("seal", letter.seal().toArray())
                .param("issuedAt", CaseStore.utc(letter.issuedAt()))
                .param("receivedAt", CaseStore.utc(receivedAt))
                .update();
    }

    public Optional<ReceivedLetter> find(CaseNumber number, String letterNumber) {
        return jdbc.sql("select * from contact_letter where number = :number and letter_number = :letterNumber")
                .param("number", number.value())
                .param("letterNumber", letterNumber)
                .query(LetterStore::read)
                .optional();
    }

    /** The newest one, where a case has several. */
    public Optional<ReceivedLetter> latest(CaseNumber number) {
        return jdbc.sql("""
            select * from contact_letter where number = :number order by issued_at desc, letter_number desc limit 1
            """)
                .param("number", number.value())
                .query(LetterStore::read)
                .optional();
    }

    private static ReceivedLetter read(ResultSet row, int n) throws SQLException {
        return new ReceivedLetter(
                new RegionCode(row.getString("sending")),
                new ContactLetterIssuedV1(
                        row.getString("letter_number"),
                        row.getString("text"),
                        row.getString("key_id"),
                        Bytes.of(row.getBytes("seal")),
                        row.getObject("issued_at", OffsetDateTime.class).toInstant()),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
