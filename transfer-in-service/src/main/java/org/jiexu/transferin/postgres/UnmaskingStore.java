package org.jiexu.transferin.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jiexu.transferin.domain.Unmasking;
import org.jiexu.wire.signing.Sm3;
import org.jiexu.wire.vocabulary.Bytes;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 查看记录 — every look at a person in full; rows are only added. */
@Repository
public class UnmaskingStore {
    private final JdbcClient jdbc;

    public UnmaskingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the chain of its region: each row holds the SM3 of the one before and of itself. */
    public void add(CaseNumber number, RegionCode region, String subject, String role, String reason, Instant at) {
        var moment = at.truncatedTo(ChronoUnit.MICROS);
        var before = head(region);
        long micros = Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1000);
        var text = String.join("\n", before.digest(), number.value(), subject, role, reason, Long.toString(micros), "");
        var digest = Sm3.of(Bytes.ofUtf8(text)).hex();
        jdbc.sql("""
            insert into unmasking (number, region, subject, role, reason, at, no, digest)
            values (:number, :region, :subject, :role, :reason, :at, :no, :digest)
            """)
                .param("number", number.value())
                .param("region", region.value())
                .param("subject", subject)
                .param("role", role)
                .param("reason", reason)
                .param("at", moment.atOffset(ZoneOffset.UTC))
                .param("no", before.no() + 1)
                .param("digest", digest)
                .update();
        jdbc.sql("update unmasking_head set no = :no, digest = :digest where region = :region")
                .param("no", before.no() + 1)
                .param("digest", digest)
                .param("region", region.value())
                .update();
    }

    private record Head(long no, String digest) {}

    /** The end of the region's chain, locked until the transaction ends. */
    private Head head(RegionCode region) {
        jdbc.sql("insert into unmasking_head (region, no, digest) values (:region, 0, '') on conflict do nothing")
                .param("region", region.value())
                .update();
        return jdbc.sql("select no, digest from unmasking_head where region = :region for update")
                .param("region", region.value())
                .query((row, n) -> new Head(row.getLong("no"), row.getString("digest")))
                .single();
    }

    /** The newest first, before position {@code before}. */
    public List<Unmasking> of(RegionCode region, long before, int limit) {
        return jdbc.sql("""
            select * from unmasking where region = :region and position < :before order by position desc limit :limit
            """)
                .param("region", region.value())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new Unmasking(
                        row.getLong("position"),
                        new CaseNumber(row.getString("number")),
                        new RegionCode(row.getString("region")),
                        row.getString("subject"),
                        row.getString("role"),
                        row.getString("reason"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
