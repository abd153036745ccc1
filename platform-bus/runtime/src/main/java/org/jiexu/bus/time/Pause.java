package org.jiexu.bus.time;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 暂停计时 — the clock of a limit stands still while something is asked of the applicant (R4.6). {@code id} names the pause
 * within the case; {@code until} is null while it lasts.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pause(String id, Instant from, @Nullable Instant until, String reason) {

    public boolean isOpen() {
        return until == null;
    }

    /**
     * R4.6: paused on that day at any moment. Of a pause that lasts only its first day is known; what follows is worked out
     * when it ends.
     */
    boolean touches(LocalDate day) {
        return !day.isBefore(dateOf(from)) && !day.isAfter(lastDay());
    }

    Pause endedAt(Instant at) {
        return new Pause(id, from, at.isBefore(from) ? from : at, reason);
    }

    private LocalDate lastDay() {
        // Until 00:00 of a day is not on that day.
        return until == null || !until.isAfter(from) ? dateOf(from) : dateOf(until.minusNanos(1));
    }

    static @Nullable Pause firstOpen(List<Pause> pauses) {
        return pauses.stream().filter(Pause::isOpen).findFirst().orElse(null);
    }

    private static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, BusinessClock.ZONE);
    }
}
