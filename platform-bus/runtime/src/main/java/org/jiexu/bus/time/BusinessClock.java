package org.jiexu.bus.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jiexu.wire.vocabulary.CertificateRules;
import org.jspecify.annotations.Nullable;

/**
 * 业务时钟 — the one clock of business dates, in microseconds as PostgreSQL keeps them. In production it is the system's; in
 * the sandbox it shows what {@code clock.moved} last said and runs on from there, and nothing before that.
 */
public final class BusinessClock extends Clock {
    /** 北京时间 — the zone of every business date. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public enum Mode {
        SYSTEM,
        SANDBOX
    }

    private final Mode mode;
    private final InstantSource system;
    private volatile @Nullable Duration ahead;

    public BusinessClock(Mode mode, InstantSource system) {
        this.mode = mode;
        this.system = system;
        this.ahead = mode == Mode.SYSTEM ? Duration.ZERO : null;
    }

    /**
     * At {@code systemTime} the business clock showed {@code businessTime}. False when nothing was done: that would move it
     * back, or it is the system's clock, which nobody moves.
     */
    public synchronized boolean set(Instant businessTime, Instant systemTime) {
        if (mode == Mode.SYSTEM) {
            return false;
        }
        Duration before = ahead;
        Duration next = Duration.between(systemTime, businessTime);
        // Never back: a moment that has come, and what was done because of it, cannot be taken back.
        if (before != null && next.compareTo(before) < 0) {
            return false;
        }
        ahead = next;
        return true;
    }

    public boolean isSet() {
        return ahead != null;
    }

    public Mode mode() {
        return mode;
    }

    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZONE);
    }

    /** What a certificate number is asked today; the sandbox has sample persons. */
    public CertificateRules certificateRules() {
        return new CertificateRules(today(), mode == Mode.SANDBOX);
    }

    @Override
    public Instant instant() {
        Duration offset = ahead;
        if (offset == null) {
            throw new ClockNotSet();
        }
        return system.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource business = () -> instant();
        return business.withZone(zone);
    }
}
