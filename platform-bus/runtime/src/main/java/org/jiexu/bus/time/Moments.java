package org.jiexu.bus.time;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jiexu.bus.time.Step.Escalate;
import org.jiexu.bus.time.Step.Overdue;
import org.jiexu.bus.time.Step.Warn;

/** Everything that will be said about one deadline and when, earliest first (R4.7). */
record Moments(List<Moment> inOrder) {

    record Moment(Step step, Instant at) {}

    // R4.4: the region's promise drives the warnings, the national limit alone decides overdue.
    static Moments of(
            LocalDate promisedOn,
            LocalDate dueOn,
            List<Integer> warnings,
            int escalateAfter,
            WorkingDays calendar,
            List<Pause> pauses) {
        var moments = new ArrayList<Moment>();
        for (int left :
                warnings.stream().distinct().sorted(Comparator.reverseOrder()).toList()) {
            // House rule: "3 working days before" is 00:00 of the day from which three are left, itself included.
            LocalDate day = calendar.workingDayBefore(promisedOn, left - 1, pauses);
            moments.add(new Moment(new Warn(left), Term.beginOf(day)));
        }
        moments.add(new Moment(new Overdue(), Term.endOf(dueOn)));
        if (escalateAfter > 0) {
            moments.add(new Moment(
                    new Escalate(), calendar.term(dueOn, escalateAfter, pauses).endsAt()));
        }
        return new Moments(List.copyOf(moments));
    }

    /**
     * The first after the deadline's own start: a warning that lies before it was never due. What came to pass while
     * nobody looked is said late, not left out.
     */
    Optional<Moment> firstAfter(Instant startedAt) {
        return first(moment -> moment.at().isAfter(startedAt));
    }

    Optional<Moment> of(Step step) {
        return first(moment -> moment.step().equals(step));
    }

    Optional<Moment> after(Step step) {
        return inOrder.stream()
                .dropWhile(moment -> !moment.step().equals(step))
                .skip(1)
                .findFirst();
    }

    private Optional<Moment> first(Predicate<Moment> wanted) {
        return inOrder.stream().filter(wanted).findFirst();
    }
}
