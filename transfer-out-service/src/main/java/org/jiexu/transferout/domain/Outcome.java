package org.jiexu.transferout.domain;

import java.util.List;

/** 结果 — what one input did. There is no further answer: nothing is dropped without a name. */
public sealed interface Outcome {
    /** → : the case is in {@code next}, and these facts are told. */
    record Moved(State next, List<Fact> facts) implements Outcome {}

    /** = : already so; nothing is written. */
    record AlreadyDone() implements Outcome {}

    /** = with a task: the case stays, people must look. */
    record Noted(Task task) implements Outcome {}

    /** ✗ : impossible now; parked and offered again after the case moves. */
    record Rejected(String why) implements Outcome {}

    /** 409 : told to the clerk. */
    record Conflict(Obstacle obstacle) implements Outcome {}

    /** 404 : no such case here. */
    record NoSuchCase() implements Outcome {}
}
