package org.jiexu.settlement.domain;

import java.util.List;

/** 结果 — what one input did to a case. There is no fifth answer. */
public sealed interface Outcome<S> {
    record Moved<S>(S next, List<Fact> facts) implements Outcome<S> {
        public Moved {
            facts = List.copyOf(facts);
        }
    }

    /** {@code =} of the tables. */
    record AlreadyDone<S>() implements Outcome<S> {}

    /** {@code ✗} of the tables: parked, offered again after the case's next move. */
    record Rejected<S>(String reason) implements Outcome<S> {}

    /** The message contradicts what is already known: quarantine. */
    record Conflict<S>(String reason) implements Outcome<S> {}
}
