package org.jiexu.transferin.postgres;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jiexu.transferin.domain.Rating;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** 评价 — at most one of a case. */
@Repository
public class RatingStore {
    private final JdbcClient jdbc;

    public RatingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 评价汇总 — {@code average} with two decimals, none without ratings. */
    public record Summary(int count, @Nullable BigDecimal average, SortedMap<Integer, Integer> byScore) {}

    /** False when the case has been rated. */
    public boolean insert(Rating rating) {
        return jdbc.sql("""
            insert into rating (number, region, score, remark, rated_at)
            values (:number, :region, :score, :remark, :at)
            on conflict (number) do nothing
            """)
                        .param("number", rating.number().value())
                        .param("region", rating.number().receivingRegion().value())
                        .param("score", rating.score())
                        .param("remark", rating.remark())
                        .param("at", rating.ratedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    public Optional<Rating> find(CaseNumber number) {
        return jdbc.sql("select * from rating where number = :number")
                .param("number", number.value())
                .query(RatingStore::rating)
                .optional();
    }

    /** The newest first, before position {@code before}. */
    public List<Rating> of(RegionCode region, long before, int limit) {
        return jdbc.sql("""
            select * from rating where region = :region and position < :before order by position desc limit :limit
            """)
                .param("region", region.value())
                .param("before", before)
                .param("limit", limit)
                .query(RatingStore::rating)
                .list();
    }

    public Summary summary(RegionCode region) {
        var byScore = new TreeMap<Integer, Integer>();
        for (int score = 1; score <= 5; score++) {
            byScore.put(score, 0);
        }
        jdbc.sql("select score, count(*) as n from rating where region = :region group by score")
                .param("region", region.value())
                .query((row, n) -> byScore.put(row.getInt("score"), row.getInt("n")))
                .list();
        var average = jdbc.sql("select round(avg(score), 2) as average from rating where region = :region")
                .param("region", region.value())
                .query((row, n) -> Optional.ofNullable(row.getBigDecimal("average")))
                .single();
        int count = byScore.values().stream().mapToInt(Integer::intValue).sum();
        return new Summary(count, average.orElse(null), byScore);
    }

    private static Rating rating(ResultSet row, int n) throws SQLException {
        return new Rating(
                new CaseNumber(row.getString("number")),
                row.getLong("position"),
                row.getInt("score"),
                row.getString("remark"),
                row.getObject("rated_at", OffsetDateTime.class).toInstant());
    }
}
