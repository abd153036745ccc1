package org.jiexu.transferin.domain;

import java.util.List;
import org.jiexu.transferin.domain.State.Case;

/** 结果 — what one input did. There is no further answer: nothing is dropped without a name. */
public sealed interface Outcome {
    /** → the case moved. */
    record Moved(Case next, List<Fact> facts) implements Outcome {}

    /** = the state stays; facts are what is noted or said all the same. */
    record AlreadyDone(List<Fact> facts) implements Outcome {}

    /** ✗ an impossible message, to be parked. */
    record Rejected(String reason, List<Fact> facts) implements Outcome {}

    /** 409 told to the clerk or the applicant. */
    record InConflict(Conflict conflict) implements Outcome {}

    /** 404 told to the clerk or the applicant. */
    record NotFound() implements Outcome {}
}
