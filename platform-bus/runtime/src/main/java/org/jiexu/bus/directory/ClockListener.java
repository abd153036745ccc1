package org.jiexu.bus.directory;

/** Told when the sandbox's clock has moved forward: timers may be due. */
public interface ClockListener {
    void clockMoved();
}
