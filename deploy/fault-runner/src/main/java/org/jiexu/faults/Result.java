package org.jiexu.faults;

import java.util.List;
import java.util.Map;

/**
 * What came of one schedule.
 *
 * @param asked how many persons applied or were enrolled
 * @param cases how many cases came of it
 * @param retried how often a client had to ask again
 * @param drainMillis from the end of faults and load until nothing moved any more; negative: it never came to rest
 * @param recoveryMillis from each kill to the first completion of a case asked for after it, by what was killed
 * @param broken what the auditor names; empty: its verdict is clean
 */
record Result(
        String fault,
        long seed,
        int asked,
        int cases,
        int refused,
        int retried,
        long drainMillis,
        Map<String, List<Long>> recoveryMillis,
        List<String> notes,
        List<String> broken,
        long tookMillis) {
    static Result unjudged(Schedule schedule, Exception why, long tookMillis) {
        return new Result(
                schedule.fault(),
                schedule.seed(),
                0,
                0,
                0,
                0,
                -1,
                Map.of(),
                List.of(),
                List.of("could not be judged: " + why),
                tookMillis);
    }

    boolean isClean() {
        return drainMillis >= 0 && broken.isEmpty();
    }

    String name() {
        return fault + " seed " + seed;
    }
}
