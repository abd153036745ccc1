package org.jiexu.transferin.postgres;

import java.time.Duration;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of last_four_try. */
@Repository
public class LastFourStore {
    private final JdbcClient jdbc;

    public LastFourStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One try more of this case; false when there were {@code most} within {@code window} already. */
    public boolean take(CaseNumber number, int most, Duration window) {
        return jdbc.sql("""
            insert into last_four_try (number, tries, since) values (:number, 1, clock_timestamp())
            on conflict (number) do update
               set tries = case when last_four_try.since < clock_timestamp() - make_interval(secs => :window)
                                then 1 else last_four_try.tries + 1 end,
                   since = case when last_four_try.since < clock_timestamp() - make_interval(secs => :window)
                                then clock_timestamp() else last_four_try.since end
             where last_four_try.tries < :most
                or last_four_try.since < clock_timestamp() - make_interval(secs => :window)
            """)
                        .param("number", number.value())
                        .param("most", most)
                        .param("window", seconds(window))
                        .update()
                == 1;
    }

    /** Whoever knows the characters takes nothing from those who come after. */
    public void forget(CaseNumber number) {
        jdbc.sql("delete from last_four_try where number = :number")
                .param("number", number.value())
                .update();
    }

    /** Until the case may be tried again; zero when it may be now. */
    public Duration wait(CaseNumber number, Duration window) {
        return jdbc.sql("""
            select greatest(0, extract(epoch from since + make_interval(secs => :window) - clock_timestamp()))
              from last_four_try where number = :number
            """)
                .param("number", number.value())
                .param("window", seconds(window))
                .query(Double.class)
                .optional()
                .map(left -> Duration.ofMillis(Math.round(left * 1000)))
                .orElse(Duration.ZERO);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
