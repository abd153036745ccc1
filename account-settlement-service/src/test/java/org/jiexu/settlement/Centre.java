package org.jiexu.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.settlement.Settlement.HUNAN;
import static org.jiexu.settlement.Settlement.HUNANS;
import static org.jiexu.settlement.Settlement.until;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jiexu.bus.crash.CrashPoints;
import org.jiexu.bus.directory.Directory;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.settlement.postgres.ProofStore;
import org.jiexu.wire.vocabulary.Quarter;
import org.jiexu.wire.vocabulary.RegionCode;

/** The clearing centre of 湖南 as the stories reach it. */
final class Centre {
    private final Settlement settlement;

    Centre(Settlement settlement) {
        this.settlement = settlement;
    }

    void untilItTakesPart() {
        until(() -> settlement.bean(BusinessClock.class).isSet()
                && !settlement.strings("select province from clearing_centre").isEmpty());
    }

    void untilTable(Quarter quarter) {
        var morning = firstWorkingDay(quarter)
                .atTime(LocalTime.of(9, 0))
                .atZone(BusinessClock.ZONE)
                .toInstant();
        if (now().isBefore(morning)) {
            settlement.kit.moveClock(morning);
        }
        until(() -> settlement.bean(ProofStore.class).latest(HUNAN, quarter).isPresent());
    }

    LocalDate firstWorkingDay(Quarter quarter) {
        return settlement
                .bean(Directory.class)
                .workingDays(HUNAN)
                .term(quarter.next().firstDay().minusDays(1), 1)
                .dueOn();
    }

    /** Armed for one hit; what was cut off is done once by the next sweep. */
    void cutOffOnceAt(String point, Runnable work) {
        var points = settlement.bean(CrashPoints.class);
        var hits = new AtomicInteger();
        points.arm(point, 1, () -> {
            hits.incrementAndGet();
            throw new IllegalStateException("cut off at " + point);
        });
        work.run();
        points.disarm();
        assertThat(hits.get()).isEqualTo(1);
    }

    void everyLedgerSumsToZero() {
        assertThat(settlement.strings("select region from account group by region having sum(balance) <> 0"))
                .isEmpty();
        assertThat(settlement.strings("""
            select a.id from account a where a.balance <> (
                select coalesce(sum(l.amount), 0) from posting_line l where l.account = a.id) limit 1
            """)).isEmpty();
    }

    Instant now() {
        return settlement.bean(BusinessClock.class).instant();
    }

    String operator(String subject) {
        return settlement.tokens.operator(subject, HUNAN);
    }

    static List<String> codes() {
        return HUNANS.stream().map(RegionCode::value).toList();
    }

    static String base() {
        return "/api/v1/operations/clearing/" + HUNAN;
    }
}
