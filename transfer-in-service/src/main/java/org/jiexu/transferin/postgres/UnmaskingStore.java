package org.jiexu.transferin.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jiexu.transferin.domain.Unmasking;
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

    public void add(CaseNumber number, RegionCode region, String subject, String role, String reason, Instant at) {
        jdbc.sql("""
            insert into unmasking (number, region, subject, role, reason, at)
            values (:number, :region, :subject, :role, :reason, :at)
            """)
                .param("number", number.value())
                .param("region", region.value())
                .param("subject", subject)
                .param("role", role)
                .param("reason", reason)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
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
