package org.jiexu.registry;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.bus.time.WorkingCalendar;
import org.jiexu.bus.web.Problem;
import org.jiexu.registry.postgres.DirectoryStore;
import org.jiexu.registry.postgres.DirectoryStore.SandboxClock;
import org.jiexu.wire.vocabulary.RegionCode;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** 沙箱时钟 — moves the business clock of all services forward. Outside the sandbox this does not exist. */
@Service
@ConditionalOnProperty(name = "jiexu.clock.mode", havingValue = "sandbox")
public class MoveClock {
    private final DirectoryStore directory;
    private final PublishDirectory publish;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    MoveClock(
            DirectoryStore directory, PublishDirectory publish, BusinessClock clock, TransactionTemplate transaction) {
        this.directory = directory;
        this.publish = publish;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** The same time of day, so many working days on. */
    public Instant inWorkingDays(int workingDays, RegionCode region) {
        var now = ZonedDateTime.now(clock);
        LocalDate day = WorkingCalendar.of(directory.calendars())
                .of(region)
                .term(now.toLocalDate(), workingDays)
                .dueOn();
        LocalTime time = now.toLocalTime();
        return day.atTime(time).atZone(BusinessClock.ZONE).toInstant();
    }

    /** 409 when that would move it back. */
    public void to(Instant wanted) {
        var businessTime = wanted.truncatedTo(ChronoUnit.MICROS);
        var moved = transaction.execute(status -> {
            directory.lock();
            if (businessTime.isBefore(clock.instant())) {
                throw Problem.conflict("CLOCK_GOES_FORWARD", "业务时钟只能向前拨。");
            }
            var next = new SandboxClock(
                    businessTime, InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS));
            directory.keepClock(next);
            publish.changes();
            return next;
        });
        clock.set(moved.businessTime(), moved.systemTime());
    }

    /** What the clock was last moved to; where it began when nobody has moved it. */
    public Instant lastMove() {
        return directory.clock().map(SandboxClock::businessTime).orElseGet(this::now);
    }

    public Instant now() {
        return clock.instant();
    }
}
