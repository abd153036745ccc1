package org.jiexu.sandbox.story;

import java.time.Duration;
import java.util.Map;
import org.jiexu.sandbox.Door;

/** 业务时钟 — moved by an operator, once, and then waited for: what fell due has been done when it returns. */
public final class ClockMove {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PATH = "/api/v1/operations/clock";

    private ClockMove() {}

    /** @param move {@code workingDays}, or a moment {@code to} */
    public static Door.Answer by(Door door, Map<String, ?> move) {
        var moved = door.post("operator", PATH, move);
        return moved.status() == 202 ? awaitFollowed(door) : moved;
    }

    private static Door.Answer awaitFollowed(Door door) {
        // A busy machine may answer too late for the gateway (504): asking again moves nothing.
        var followed = Waiting.until(
                () -> door.get("operator", PATH + "/following"),
                answer -> answer.status() == 200 && answer.body().path("behind").isEmpty(),
                PATIENCE);
        followed.expect(200);
        if (!followed.body().path("behind").isEmpty()) {
            throw new IllegalStateException(
                    "the clock is not followed by " + followed.body().path("behind"));
        }
        return followed;
    }
}
