package org.jiexu.bus.inbox;

/** What one message did. There is no other answer: nothing is dropped without a name. */
public sealed interface Answer {
    /** State moved; parked messages of the same subject are offered again. */
    record Moved() implements Answer {}

    /** Nothing to do: it was done before, or its lateness is expected ("=" in the protocol). */
    record AlreadyDone() implements Answer {}

    /** Not for this service's role in the case. */
    record Skipped() implements Answer {}

    /** 无法处理 — impossible in the present state ("✗"): parked, offered again after each move, shown to operators. */
    record Rejected(String reason) implements Answer {}

    /** Hostile or contradictory, and no later state can make it right: kept out, bytes untouched. */
    record Quarantined(String reason) implements Answer {}

    static Answer moved() {
        return new Moved();
    }

    static Answer alreadyDone() {
        return new AlreadyDone();
    }

    static Answer skipped() {
        return new Skipped();
    }

    static Answer rejected(String reason) {
        return new Rejected(reason);
    }

    static Answer quarantined(String reason) {
        return new Quarantined(reason);
    }
}
