package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jiexu.registry.domain.Participation.Input;
import org.jiexu.registry.domain.Participation.Outcome;
import org.jiexu.registry.domain.Participation.Outcome.AlreadyDone;
import org.jiexu.registry.domain.Participation.Outcome.Moved;
import org.jiexu.registry.domain.Participation.Outcome.Refused;
import org.jiexu.registry.domain.Participation.Outcome.Reserved;
import org.jiexu.registry.domain.Participation.Reason;
import org.jiexu.registry.domain.Participation.State;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticipationTest {
    private static final CaseNumber OPEN = CaseNumber.random(new RegionCode("430100"), 2026, new Random(1));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        absent     | enrol     | INSURED
        absent     | suspend   | NOT_ENROLLED
        absent     | resume    | NOT_ENROLLED
        absent     | terminate | NOT_ENROLLED
        insured    | enrol     | =
        insured    | suspend   | SUSPENDED
        insured    | resume    | =
        insured    | terminate | TERMINATED
        suspended  | enrol     | RESUME_INSTEAD
        suspended  | suspend   | =
        suspended  | resume    | INSURED
        suspended  | terminate | TERMINATED
        terminated | enrol     | INSURED
        terminated | suspend   | ENROL_INSTEAD
        terminated | resume    | ENROL_INSTEAD
        terminated | terminate | =
        """)
    void moves(String state, String input, String expected) {
        assertThat(told(Participation.on(state(state), input(input)))).isEqualTo(expected);
    }

    @Nested
    @Tag("43-art-13")
    class WhileReserved {
        @Test
        void resumingIsAnsweredWithTheOpenCase() {
            assertThat(Participation.on(new State.Suspended(OPEN), new Input.Resume(null)))
                    .isEqualTo(new Reserved(OPEN));
        }

        @Test
        void enrollingAnewIsAnsweredWithTheOpenCase() {
            assertThat(Participation.on(new State.Terminated(OPEN), new Input.Enrol(null)))
                    .isEqualTo(new Reserved(OPEN));
        }

        @Test
        void aForcedResumeMovesAndNamesTheCase() {
            assertThat(Participation.on(new State.Suspended(OPEN), new Input.Resume("本人到窗口要求")))
                    .isEqualTo(new Moved(ParticipationStatus.INSURED, OPEN));
        }

        @Test
        void terminatingIsAllowed() {
            assertThat(Participation.on(new State.Suspended(OPEN), new Input.Terminate()))
                    .isEqualTo(new Moved(ParticipationStatus.TERMINATED, null));
        }
    }

    private static State state(String name) {
        return switch (name) {
            case "absent" -> State.of(null, null);
            case "insured" -> State.of(ParticipationStatus.INSURED, null);
            case "suspended" -> State.of(ParticipationStatus.SUSPENDED, null);
            default -> State.of(ParticipationStatus.TERMINATED, null);
        };
    }

    private static Input input(String name) {
        return switch (name) {
            case "enrol" -> new Input.Enrol(null);
            case "suspend" -> new Input.Suspend();
            case "resume" -> new Input.Resume(null);
            default -> new Input.Terminate();
        };
    }

    private static String told(Outcome outcome) {
        return switch (outcome) {
            case Moved moved -> moved.next().name();
            case AlreadyDone _ -> "=";
            case Refused(Reason reason) -> reason.name();
            case Reserved _ -> "reserved";
        };
    }
}
