package org.jiexu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is no mirror of the tables: put one wrong rule among them, and some seed tells a story of it. */
class MutantsTest {
    private static final long SEEDS = 100_000;

    @ParameterizedTest
    @EnumSource
    void isFound(Mutant mutant) {
        assertThat(Simulation.run(0, SEEDS, mutant.planted()).failure())
                .as("what %s leads to", mutant)
                .isNotNull();
    }
}
