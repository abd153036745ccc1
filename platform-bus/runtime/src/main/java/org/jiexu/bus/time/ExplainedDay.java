package org.jiexu.bus.time;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 期限逐日说明 — one day of a term and what it was taken for: {@code count} is the number of working days counted up to and
 * including it, {@code name} the festival that it belongs to, {@code provisional} that its year is not published yet.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplainedDay(
        LocalDate date, Kind kind, @Nullable String name, int count, boolean provisional) {

    public enum Kind {
        /** 起始日 — the day of the event that starts the term; not counted. */
        START,
        /** 工作日 — counted. */
        COUNTED,
        /** 调休上班 — a weekend day that the notice makes a working day; counted. */
        COUNTED_MAKE_UP,
        /** 周末 — not counted. */
        SKIPPED_WEEKEND,
        /** 节假日 — a day off by the notice, by the region, or by statute; not counted. */
        SKIPPED_HOLIDAY,
        /** 暂停计时 — a working day on which the clock stood still, and why; not counted (R4.6). */
        SKIPPED_PAUSE
    }

    public boolean counted() {
        return kind == Kind.COUNTED || kind == Kind.COUNTED_MAKE_UP;
    }
}
