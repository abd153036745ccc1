package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jiexu.registry.domain.LifeEvents.Event;
import org.jiexu.registry.domain.LifeEvents.Outcome;
import org.jiexu.registry.domain.Participation.State;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table; a state with a star has an open transfer. */
class LifeEventsTest {
    private static final CaseNumber OPEN = CaseNumber.random(new RegionCode("430100"), 2026, new Random(8));

    @ParameterizedTest(name = "{0} × {1}")
    @CsvSource(delimiter = '|', textBlock = """
        —           | died             | =
        —           | retired          | NOT_ENROLLED
        —           | employer changed | NOT_ENROLLED
        INSURED     | died             | → TERMINATED
        INSURED     | retired          | → INSURED
        INSURED     | employer changed | → INSURED
        INSURED*    | died             | 409
        INSURED*    | died, forced     | → TERMINATED, told
        INSURED*    | retired          | 409
        INSURED*    | employer changed | → INSURED
        SUSPENDED   | died             | → TERMINATED
        SUSPENDED   | retired          | → SUSPENDED
        SUSPENDED   | employer changed | RESUME_INSTEAD
        SUSPENDED*  | died             | 409
        SUSPENDED*  | died, forced     | → TERMINATED, told
        SUSPENDED*  | retired          | 409
        SUSPENDED*  | employer changed | RESUME_INSTEAD
        TERMINATED  | died             | =
        TERMINATED  | died, forced     | =
        TERMINATED  | retired          | ENROL_INSTEAD
        TERMINATED  | employer changed | ENROL_INSTEAD
        TERMINATED* | died             | 409
        TERMINATED* | died, forced     | → TERMINATED, told
        """)
    void answersEveryCell(String state, String event, String expected) {
        assertThat(text(LifeEvents.on(state(state), event(event)))).isEqualTo(expected);
    }

    private static State state(String text) {
        boolean reserved = text.endsWith("*");
        var status = text.equals("—") ? null : ParticipationStatus.valueOf(text.replace("*", ""));
        return State.of(status, reserved ? OPEN : null);
    }

    private static Event event(String text) {
        return switch (text) {
            case "died" -> new Event.Died(null);
            case "died, forced" -> new Event.Died("家属急需办理");
            case "retired" -> new Event.Retired();
            default -> new Event.EmployerChanged();
        };
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Moved(var next, var despite) -> "→ " + next + told(despite);
            case Outcome.AlreadyDone() -> "=";
            case Outcome.Refused(var reason) -> reason.name();
            case Outcome.Reserved(var _) -> "409";
        };
    }

    private static String told(@Nullable CaseNumber despite) {
        return despite == null ? "" : ", told";
    }
}
