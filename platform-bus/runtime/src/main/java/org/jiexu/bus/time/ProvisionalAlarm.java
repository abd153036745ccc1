package org.jiexu.bus.time;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raised when a limit reaches into a year whose arrangement is not published (R4.3): a counter, and one line a year. */
final class ProvisionalAlarm {
    private static final Logger log = LoggerFactory.getLogger(ProvisionalAlarm.class);

    private final Counter started;
    private final Set<Integer> toldOf = ConcurrentHashMap.newKeySet();

    ProvisionalAlarm(MeterRegistry meters) {
        this.started = Counter.builder("jiexu.deadlines.provisional")
                .description("Deadlines started on a calendar that is not published yet")
                .register(meters);
    }

    void started(Term term) {
        if (term.provisional()) {
            started.increment();
            int year = term.dueOn().getYear();
            if (toldOf.add(year)) {
                log.warn(
                        "The working calendar of {} is not published; limits that reach into it are provisional", year);
            }
        }
    }
}
