package org.jiexu.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulesTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void followFromFaultAndSeed(Fault fault) {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(Schedules.of(fault, seed)).isEqualTo(Schedules.of(fault, seed));
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void comeBackFromTheirText(Fault fault) {
        var schedule = Schedules.of(fault, 7);

        assertThat(Schedule.parse(schedule.json())).isEqualTo(schedule);
    }

    @Test
    void reachEveryCrashPointInAsManySeeds() {
        var armed = new HashSet<String>();
        LongStream.range(0, Schedules.CRASH_POINTS.size())
                .forEach(seed -> armed.add(
                        Schedules.of(Fault.F2, seed).steps().getFirst().target()));

        assertThat(armed).containsExactlyInAnyOrderElementsOf(Schedules.CRASH_POINTS);
    }

    /** What a producer keeps while there is disorder is lost with its process: that would be the tool's fault. */
    @Test
    void killNobodyWhileThereIsDisorder() {
        for (var fault : Fault.values()) {
            for (long seed = 0; seed < 50; seed++) {
                var actions = new HashSet<Step.Action>();
                Schedules.of(fault, seed).steps().forEach(step -> actions.add(step.action()));
                if (actions.contains(Step.Action.DISORDER)) {
                    assertThat(actions).containsOnly(Step.Action.DISORDER, Step.Action.ORDER, Step.Action.LATE_RECORDS);
                }
            }
        }
    }
}
