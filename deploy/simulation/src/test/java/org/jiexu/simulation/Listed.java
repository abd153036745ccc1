package org.jiexu.simulation;

import java.util.ArrayList;

/** Rows in their order, such as an outbox; additions and removals take part in the running transaction. */
final class Listed<E> {
    private final ArrayList<E> entries = new ArrayList<>();
    private final Undo undo;

    Listed(Undo undo) {
        this.undo = undo;
    }

    void add(E entry) {
        entries.add(entry);
        undo.by(entries::removeLast);
    }

    void remove(int index) {
        var removed = entries.remove(index);
        undo.by(() -> entries.add(index, removed));
    }

    E get(int index) {
        return entries.get(index);
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
