package org.jiexu.bus.time;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the other services how far this one has followed the clock. */
@RestController
final class ClockController {
    private final BusinessClock clock;
    private final DeadlineSweep sweep;

    /** Both null until the sandbox clock is set; {@code sweptThrough}: every deadline up to then has been seen to. */
    record Reading(@Nullable Instant now, @Nullable Instant sweptThrough) {}

    ClockController(BusinessClock clock, DeadlineSweep sweep) {
        this.clock = clock;
        this.sweep = sweep;
    }

    @GetMapping("/internal/clock")
    Reading read() {
        return new Reading(
                clock.isSet() ? clock.instant() : null, sweep.sweptThrough().orElse(null));
    }
}
