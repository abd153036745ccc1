package org.jiexu.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jiexu.sandbox.Progress;
import org.junit.jupiter.api.Test;

/** A short mix on real processes, judged by the auditor; the long ones are run by {@code deploy/faults}. */
class FaultsStory {
    /** A crash point, a kill of a service and of PostgreSQL, everything said again (F2, F1, F6, F8). */
    private static final Schedule KILLS = new Schedule(
            "MIX",
            1001,
            new Schedule.Size(20, 3, 4, 2),
            List.of(
                    new Step(-1, Step.Action.ARM, "settlement:settlement.before-credit-commit", 0, 2),
                    new Step(1500, Step.Action.KILL, "transfer-out", 0, 1),
                    new Step(5000, Step.Action.KILL, Platform.POSTGRES, 0, 1),
                    new Step(8000, Step.Action.SEND_AGAIN, "", 0, 2)));

    /** Out of order and twice, then late ones after the end (F9). */
    private static final Schedule DISORDER = new Schedule(
            "F9",
            1002,
            new Schedule.Size(12, 3, 2, 3),
            List.of(
                    new Step(0, Step.Action.DISORDER, "", 1200, 2),
                    new Step(6000, Step.Action.ORDER, "", 0, 0),
                    new Step(8000, Step.Action.LATE_RECORDS, "", 0, 4)));

    @Test
    void nothingIsLostNothingComesTwiceAndEverythingDrains() throws Exception {
        var directory = Path.of("target", "story").toAbsolutePath();
        Files.createDirectories(directory);
        try (var series = new Series(directory, Platform.freePorts(29_080), null, Progress.toStandardOutput())) {
            assertThat(series.run(Stream.of(KILLS, DISORDER), null)).isTrue();
        }
    }
}
