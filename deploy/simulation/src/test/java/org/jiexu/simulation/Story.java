package org.jiexu.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, step by step. Kept only when a seed is run alone: a hundred thousand stories nobody reads cost too much. */
final class Story {
    private final List<String> lines = new ArrayList<>();
    private final boolean kept;
    private int step;

    private Story(boolean kept) {
        this.kept = kept;
    }

    static Story kept() {
        return new Story(true);
    }

    static Story forgotten() {
        return new Story(false);
    }

    void nextStep() {
        step++;
    }

    int step() {
        return step;
    }

    void tell(Supplier<String> line) {
        if (kept) {
            lines.add("%4d  %s".formatted(step, line.get()));
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
