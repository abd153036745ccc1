package org.jiexu.bus.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a limit comes to by one calendar: the legal term, what the region promised inside it (R4.4), and what is said about
 * it when. The pauses move all of it (R4.6).
 *
 * @param warnings so many working days before the promised day
 * @param escalateAfter so many working days after the last one the province is told (R4.7); 0: never
 */
record Plan(Term term, int promisedDays, LocalDate promisedOn, List<Integer> warnings, int escalateAfter) {

    Plan {
        warnings = List.copyOf(warnings);
    }

    static Plan of(
            WorkingDays calendar,
            Instant startedAt,
            int limit,
            int promised,
            List<Integer> warnings,
            int escalateAfter,
            List<Pause> pauses) {
        Term term = calendar.term(startedAt, limit, pauses);
        LocalDate promisedOn = promised == limit
                ? term.dueOn()
                : calendar.term(startedAt, promised, pauses).dueOn();
        return new Plan(term, promised, promisedOn, warnings, escalateAfter);
    }

    /** By another calendar, or with other pauses. */
    Plan again(WorkingDays calendar, Instant startedAt, List<Pause> pauses) {
        return of(calendar, startedAt, term.workingDays(), promisedDays, warnings, escalateAfter, pauses);
    }

    Moments moments(WorkingDays calendar, List<Pause> pauses) {
        return Moments.of(promisedOn, term.dueOn(), warnings, escalateAfter, calendar, pauses);
    }
}
