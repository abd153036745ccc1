package org.jiexu.registry.web;

import java.time.Instant;
import java.util.List;
import org.jiexu.bus.web.Caller;
import org.jiexu.bus.web.Problem;
import org.jiexu.bus.web.Role;
import org.jiexu.registry.MoveClock;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sandbox's clock. Outside the sandbox this endpoint does not exist. */
@RestController
@RequestMapping("/api/v1/operations/clock")
@ConditionalOnProperty(name = "jiexu.clock.mode", havingValue = "sandbox")
class SandboxClockController {
    /** The national calendar counts for everybody; any region without days of its own shows it. */
    private static final RegionCode ANY_REGION = new RegionCode("110000");

    private static final int MOST_WORKING_DAYS = 500;

    private final MoveClock moveClock;
    private final FollowingServices services;

    SandboxClockController(MoveClock moveClock, FollowingServices services) {
        this.moveClock = moveClock;
        this.services = services;
    }

    record ClockView(Instant now) {}

    /** Addresses of the services that have not worked off what fell due by the last move; empty: all have followed. */
    record Followed(Instant now, List<String> behind) {}

    /** One of the two: a moment, or working days from now. */
    record Move(@Nullable Instant to, @Nullable Integer workingDays) {}

    @GetMapping
    ClockView now() {
        return new ClockView(moveClock.now());
    }

    /** 200: every registered service has followed. 202: moved, and these are still at it; never send it again for that. */
    @PostMapping
    ResponseEntity<Followed> move(Caller caller, @RequestBody Move move) throws InterruptedException {
        caller.requireRole(Role.OPERATOR);
        moveClock.to(wanted(move));
        var followed = followed();
        return ResponseEntity.status(followed.behind().isEmpty() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(followed);
    }

    /** Who is behind the last move: waits a few seconds for them, so that one asks until nobody is. */
    @GetMapping("/following")
    Followed following(Caller caller) throws InterruptedException {
        caller.requireRole(Role.OPERATOR);
        return followed();
    }

    private Followed followed() throws InterruptedException {
        var behind = services.awaitAll(moveClock.lastMove());
        return new Followed(moveClock.now(), behind);
    }

    private Instant wanted(Move move) {
        if (move.to() != null && move.workingDays() == null) {
            return move.to();
        }
        if (move.to() == null
                && move.workingDays() != null
                && move.workingDays() >= 1
                && move.workingDays() <= MOST_WORKING_DAYS) {
            return moveClock.inWorkingDays(move.workingDays(), ANY_REGION);
        }
        throw Problem.badRequest("INVALID_REQUEST", "请填写 to 或 workingDays（1至500）中的一项。");
    }
}
