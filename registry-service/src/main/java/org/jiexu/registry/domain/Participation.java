package org.jiexu.registry.domain;

import org.jiexu.wire.vocabulary.CaseNumber;
import org.jspecify.annotations.Nullable;

/**
 * 参保关系 — one person's participation in one region and scheme: enrolled, suspended, resumed, terminated. While a
 * transfer has reserved it, coming back needs a forced resume with a reason (43号 Art. 13).
 */
public final class Participation {
    private Participation() {}

    /** Where the relationship stands; {@code openCase} is the transfer that has reserved it. */
    public sealed interface State {
        record Absent() implements State {}

        record Insured(@Nullable CaseNumber openCase) implements State {}

        record Suspended(@Nullable CaseNumber openCase) implements State {}

        record Terminated(@Nullable CaseNumber openCase) implements State {}

        static State of(@Nullable ParticipationStatus status, @Nullable CaseNumber openCase) {
            return switch (status) {
                case null -> new Absent();
                case INSURED -> new Insured(openCase);
                case SUSPENDED -> new Suspended(openCase);
                case TERMINATED -> new Terminated(openCase);
            };
        }
    }

    /** What is asked of it; {@code force} carries the written reason of a forced return. */
    public sealed interface Input {
        record Enrol(@Nullable String force) implements Input {}

        record Suspend() implements Input {}

        record Resume(@Nullable String force) implements Input {}

        record Terminate() implements Input {}

        /** The written reason, where one was asked for. */
        default @Nullable String why() {
            return switch (this) {
                case Enrol enrol -> enrol.force();
                case Resume resume -> resume.force();
                case Suspend _, Terminate _ -> null;
            };
        }
    }

    /** What one input did. */
    public sealed interface Outcome {
        /** {@code resumedDespite}: the reserved case that the old region must hear about. */
        record Moved(ParticipationStatus next, @Nullable CaseNumber resumedDespite) implements Outcome {}

        record AlreadyDone() implements Outcome {}

        record Refused(Reason reason) implements Outcome {}

        record Reserved(CaseNumber openCase) implements Outcome {}
    }

    /** 不予办理 — why staff get 409. */
    public enum Reason {
        /** 未参保. */
        NOT_ENROLLED("在本统筹区没有这一险种的参保登记"),
        /** 暂停参保的应当恢复. */
        RESUME_INSTEAD("参保处于暂停状态，请办理恢复参保"),
        /** 终止参保的应当重新登记. */
        ENROL_INSTEAD("参保关系已终止，请重新办理参保登记");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        public String message() {
            return message;
        }
    }

    private record Cell(State state, Input input) {}

    public static Outcome on(State state, Input input) {
        return switch (new Cell(state, input)) {
            case Cell(State.Absent _, Input.Enrol _) -> moved(ParticipationStatus.INSURED);
            case Cell(State.Absent _, Input.Suspend _) -> new Outcome.Refused(Reason.NOT_ENROLLED);
            case Cell(State.Absent _, Input.Resume _) -> new Outcome.Refused(Reason.NOT_ENROLLED);
            case Cell(State.Absent _, Input.Terminate _) -> new Outcome.Refused(Reason.NOT_ENROLLED);

            case Cell(State.Insured _, Input.Enrol _) -> new Outcome.AlreadyDone();
            case Cell(State.Insured _, Input.Suspend _) -> moved(ParticipationStatus.SUSPENDED);
            case Cell(State.Insured _, Input.Resume _) -> new Outcome.AlreadyDone();
            case Cell(State.Insured _, Input.Terminate _) -> moved(ParticipationStatus.TERMINATED);

            case Cell(State.Suspended _, Input.Enrol _) -> new Outcome.Refused(Reason.RESUME_INSTEAD);
            case Cell(State.Suspended _, Input.Suspend _) -> new Outcome.AlreadyDone();
            // 43号 Art. 13: until the case ends the old region holds the relationship suspended.
            case Cell(State.Suspended s, Input.Resume i) -> comeBack(s.openCase(), i.force());
            case Cell(State.Suspended _, Input.Terminate _) -> moved(ParticipationStatus.TERMINATED);

            // House rule: enrolling anew what a transfer has reserved is a resumption by another name.
            case Cell(State.Terminated s, Input.Enrol i) -> comeBack(s.openCase(), i.force());
            case Cell(State.Terminated _, Input.Suspend _) -> new Outcome.Refused(Reason.ENROL_INSTEAD);
            case Cell(State.Terminated _, Input.Resume _) -> new Outcome.Refused(Reason.ENROL_INSTEAD);
            case Cell(State.Terminated _, Input.Terminate _) -> new Outcome.AlreadyDone();
        };
    }

    private static Outcome comeBack(@Nullable CaseNumber openCase, @Nullable String force) {
        if (openCase == null) {
            return moved(ParticipationStatus.INSURED);
        }
        return force == null
                ? new Outcome.Reserved(openCase)
                : new Outcome.Moved(ParticipationStatus.INSURED, openCase);
    }

    private static Outcome moved(ParticipationStatus next) {
        return new Outcome.Moved(next, null);
    }
}
