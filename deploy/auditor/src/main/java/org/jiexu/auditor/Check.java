package org.jiexu.auditor;

import java.util.List;

/** One thing that must hold. */
public interface Check {
    /** Of the numbered invariants, e.g. {@code I1}. */
    String invariant();

    /** In a sentence. */
    String holds();

    Result look(Facts facts);

    /**
     * What was looked at and what broke.
     *
     * @param what counted and named, e.g. {@code 120 postings}
     */
    record Result(String what, List<String> broken) {}
}
