package org.jiexu.simulation;

/** Wrong rules of joined accounts. */
final class JoiningMutants {
    private JoiningMutants() {}

    /** Each link of a chain by itself. */
    static Machines looksAtKeptOnly(Machines real) {
        return real.withJoining(
                (join, person) -> join.merged().equals(person) || join.kept().equals(person));
    }
}
