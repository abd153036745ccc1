package org.jiexu.bus.time;

/** The sandbox clock was asked before {@code clock.moved} told it the time. */
public final class ClockNotSet extends IllegalStateException {
    public ClockNotSet() {
        super("the sandbox clock is not set yet");
    }
}
