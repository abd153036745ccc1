package org.jiexu.bus.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * 期限 — a number of working days from a starting day, with the reason of every day in between. {@code provisional} when it
 * touches a year whose arrangement is not published.
 */
public record Term(
        LocalDate startedOn, LocalDate dueOn, int workingDays, boolean provisional, List<ExplainedDay> days) {

    public Term {
        days = List.copyOf(days);
    }

    /** The first instant that is too late. */
    public Instant endsAt() {
        return endOf(dueOn);
    }

    /** The same in sentences for people (R4.8). */
    public List<String> explanation() {
        return Explanation.of(this);
    }

    // Civil Code Art. 203 (R4.2): the period ends at 24:00 of its last day.
    static Instant endOf(LocalDate dueOn) {
        return beginOf(dueOn.plusDays(1));
    }

    static Instant beginOf(LocalDate day) {
        return day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }
}
