package org.jiexu.simulation;

import java.util.SplittableRandom;
import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.ServiceName;

/**
 * How bad this world's network and machines are; per cent.
 *
 * @param shuffled topics hand out any waiting message, not only the oldest
 * @param repeated a handled message comes again, with its id or, the inbox defeated, with a new one
 * @param newId a repetition has a new id
 * @param crash a step is cut off: before its commit, or between sending and marking as sent
 * @param slow the readers of that kind lag behind
 * @param accountLeft the old regions' rule for an account that does not move (R2.10)
 * @param quarterEnds the quarter ends in the middle of it all, and clearing begins at once
 * @param careless one settlement is another maker's, and once sends one fen less than it was ordered
 * @param merges persons have three records each, which the registry finds to be one person's
 */
record Faults(
        boolean shuffled,
        int repeated,
        int newId,
        int crash,
        ServiceName slow,
        AccountWish accountLeft,
        boolean quarterEnds,
        boolean careless,
        boolean merges) {
    private static final ServiceName[] SLOW = {
        ServiceName.REGISTRY, ServiceName.TRANSFER_IN, ServiceName.TRANSFER_OUT, ServiceName.SETTLEMENT
    };

    static Faults of(SplittableRandom random) {
        return new Faults(
                random.nextInt(3) == 0,
                random.nextInt(2) == 0 ? 0 : random.nextInt(30),
                random.nextInt(101),
                random.nextInt(15),
                SLOW[random.nextInt(SLOW.length)],
                random.nextBoolean() ? AccountWish.STAYS : AccountWish.PAID_OUT,
                random.nextInt(3) == 0,
                random.nextInt(2) == 0,
                random.nextInt(4) == 0);
    }
}
