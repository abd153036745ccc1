package org.jiexu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every world, however bad its network, its machines and its people, keeps the invariants and comes to rest. */
@Tag("R3.8")
@Tag("R11.2")
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 100_000);

    @Test
    void everyWorldKeepsTheInvariantsAndComesToRest() {
        var seed = Long.getLong("seed");
        if (seed != null) {
            var told = Simulation.told(seed, Machines.real());
            System.out.println(told);
            assertThat(told.why()).isEqualTo("comes to rest");
            return;
        }

        var result = Simulation.run(0, SEEDS, Machines.real());

        assertThat(result.failure()).isNull();
        assertThat(Arrays.stream(Way.values()).filter(way -> result.walked().times(way) < SEEDS / 1_000))
                .as("ways that too few worlds walked")
                .isEmpty();
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(Simulation.told(20_260_914, Machines.real()).story())
                .isEqualTo(Simulation.told(20_260_914, Machines.real()).story());
    }
}
