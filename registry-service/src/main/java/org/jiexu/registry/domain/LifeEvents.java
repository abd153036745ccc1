package org.jiexu.registry.domain;

import org.jiexu.registry.domain.Participation.Reason;
import org.jiexu.registry.domain.Participation.State;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;

/**
 * 参保变更 — what happens to a person besides enrolling and stopping: another employer, retirement, death. None of them is a
 * registration (R6.1). While a transfer has reserved the relationship, retirement waits for its end; a death can be
 * recorded in spite of it, with a reason, and the old region hears of it as of a forced resume (R3.5).
 */
public final class LifeEvents {
    private LifeEvents() {}

    /** What has happened; {@code force} is the written reason for recording it in spite of an open transfer. */
    public sealed interface Event {
        /** 死亡. */
        record Died(@Nullable String force) implements Event {}

        /** 退休. */
        record Retired() implements Event {}

        /** 变更单位. */
        record EmployerChanged() implements Event {}
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** {@code despite}: the open case that the old region must hear about. */
        record Moved(ParticipationStatus next, @Nullable CaseNumber despite) implements Outcome {}

        /** Nothing is left to do in this relationship. */
        record AlreadyDone() implements Outcome {}

        record Refused(Reason reason) implements Outcome {}

        record Reserved(CaseNumber openCase) implements Outcome {}
    }

    private record Cell(State state, Event event) {}

    public static Outcome on(State state, Event event) {
        return switch (new Cell(state, event)) {
            case Cell(State.Absent _, Event.Died _) -> new Outcome.AlreadyDone();
            case Cell(State.Absent _, Event.Retired _) -> new Outcome.Refused(Reason.NOT_ENROLLED);
            case Cell(State.Absent _, Event.EmployerChanged _) -> new Outcome.Refused(Reason.NOT_ENROLLED);

            case Cell(State.Insured s, Event.Died e) -> end(s.openCase(), e.force());
            // 43号 Art. 2: a retiree's relationship does not move; what is moving cannot retire.
            case Cell(State.Insured s, Event.Retired _) -> unlessReserved(s.openCase(), ParticipationStatus.INSURED);
            case Cell(State.Insured _, Event.EmployerChanged _) -> new Outcome.Moved(ParticipationStatus.INSURED, null);

            case Cell(State.Suspended s, Event.Died e) -> end(s.openCase(), e.force());
            case Cell(State.Suspended s, Event.Retired _) ->
                unlessReserved(s.openCase(), ParticipationStatus.SUSPENDED);
            case Cell(State.Suspended _, Event.EmployerChanged _) -> new Outcome.Refused(Reason.RESUME_INSTEAD);

            case Cell(State.Terminated s, Event.Died e) ->
                s.openCase() == null ? new Outcome.AlreadyDone() : end(s.openCase(), e.force());
            case Cell(State.Terminated _, Event.Retired _) -> new Outcome.Refused(Reason.ENROL_INSTEAD);
            case Cell(State.Terminated _, Event.EmployerChanged _) -> new Outcome.Refused(Reason.ENROL_INSTEAD);
        };
    }

    private static Outcome end(@Nullable CaseNumber openCase, @Nullable String force) {
        return openCase != null && force == null
                ? new Outcome.Reserved(openCase)
                : new Outcome.Moved(ParticipationStatus.TERMINATED, openCase);
    }

    private static Outcome unlessReserved(@Nullable CaseNumber openCase, ParticipationStatus next) {
        return openCase == null ? new Outcome.Moved(next, null) : new Outcome.Reserved(openCase);
    }
}
