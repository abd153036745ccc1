package org.jiexu.simulation;

import java.util.ArrayList;

/** What the running transaction has written, so that a crash before its commit leaves nothing of it. */
final class Undo {
    private final ArrayList<Runnable> written = new ArrayList<>();

    void by(Runnable undoing) {
        written.add(undoing);
    }

    void commit() {
        written.clear();
    }

    void rollBack() {
        for (int i = written.size() - 1; i >= 0; i--) {
            written.get(i).run();
        }
        written.clear();
    }

    boolean isEmpty() {
        return written.isEmpty();
    }
}
