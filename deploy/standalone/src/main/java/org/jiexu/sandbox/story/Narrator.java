package org.jiexu.sandbox.story;

import org.jiexu.sandbox.Progress;

/** Tells a story on the screen, Chinese first with an English gloss. */
public final class Narrator {

    private final Progress progress;

    public Narrator(Progress progress) {
        this.progress = progress;
    }

    void title(int number, String chinese, String english) {
        progress.show("");
        progress.show("━━ " + number + " " + chinese + "  " + english);
    }

    void step(String when, String who, String chinese, String english) {
        progress.show("  " + when + "  " + who + "  " + chinese + "  — " + english);
    }

    void more(String line) {
        progress.show("        " + line);
    }

    void checked(boolean ok, String what) {
        progress.show((ok ? "    ✓ " : "    ✗ ") + what);
    }

    void end(String line) {
        progress.show("");
        progress.show(line);
    }
}
