package org.jiexu.faults;

/**
 * One thing that is done to the platform.
 *
 * @param at milliseconds after the load has begun; negative: before it; {@link #AT_REST}: once everything has drained
 * @param target a service, {@code kafka}, {@code postgres}, or what the action says
 * @param millis how long, where the action lasts
 * @param number how often, or what else the action counts
 */
record Step(long at, Action action, String target, long millis, int number) {
    static final long AT_REST = Long.MAX_VALUE;

    enum Action {
        /** kill -9; the supervisor starts it again, after {@code millis} where they are given. */
        KILL,
        /** kill -9 of everything that is named, at the same moment; separated by commas. */
        KILL_TOGETHER,
        /** Started again with that crash point armed for its {@code number}th hit; target {@code service:point}. */
        ARM,
        /** SIGSTOP for {@code millis}. */
        PAUSE,
        /** Ends {@code number} of the services' sessions in PostgreSQL. */
        END_SESSIONS,
        /** Sends every record since the schedule began {@code number} times more. */
        SEND_AGAIN,
        /** Stops the services, sets every position to 0, starts them; number 1: and empties the inboxes. */
        REPLAY_TOPICS,
        /** Records are kept for up to {@code millis} each, at random, and sent {@code number} times. */
        DISORDER,
        ORDER,
        /** Records of cases that have ended come once more, to inboxes that have forgotten them; {@code number} cases. */
        LATE_RECORDS,
        /** A record that nobody may take; target: which kind. */
        POISON,
        /** Another {@code number} instances of the service. */
        REPLICAS,
        STOP_REPLICAS,
        /** What passes the proxy before the target is spoilt for {@code millis}; target {@code name:mode}. */
        SPOIL,
        /** Moves the business clock by {@code number} working days, or to the moment in target. */
        MOVE_CLOCK,
        /** Everything is stopped in order, Kafka's data are deleted, every journal is published anew. */
        LOSE_KAFKA,
        /** Everything is stopped and PostgreSQL's data are copied, once every client has its answer. */
        BACK_UP,
        /** The copy is put in the place of the data: Kafka is ahead of it. */
        RESTORE,
        /** The disk of the target is full for {@code millis}. */
        FILL_DISK,
        /** The service signs with a new key from now on. */
        NEW_KEY,
        /** The lying region claims, as a third one, to have sent the money of cases in which it has no part. */
        CLAIM_MONEY,
        /** Once everything rests: the {@link Tampering} in target. */
        TAMPER,
        /** One service after another, in order and under load, is replaced by the build in target: {@code ours}, {@code older}. */
        ROLL
    }
}
