package org.jiexu.bus.crash;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Named points between two steps. In production they do nothing; a test arms one, by environment
 * ({@code JIEXU_CRASH=name:3} halts the process at the third hit) or in-process with an action of its own.
 */
public final class CrashPoints {
    private volatile @Nullable Armed armed;

    private record Armed(String name, AtomicInteger hitsLeft, Runnable action) {}

    /** Armed from a setting such as {@code relay.after-send:2}; an empty one arms nothing. */
    public static CrashPoints ofSetting(String setting) {
        var points = new CrashPoints();
        if (!setting.isEmpty()) {
            int cut = setting.lastIndexOf(':');
            // Halt, not exit: no shutdown hook may tidy up, as after kill -9.
            points.arm(
                    setting.substring(0, cut),
                    Integer.parseInt(setting.substring(cut + 1)),
                    () -> Runtime.getRuntime().halt(137));
        }
        return points;
    }

    /** The action runs at the n-th hit of that point; it may throw, which unwinds as a cut would. */
    public void arm(String name, int n, Runnable action) {
        armed = new Armed(name, new AtomicInteger(n), action);
    }

    public void disarm() {
        armed = null;
    }

    public void hit(String name) {
        var now = armed;
        if (now != null && now.name.equals(name) && now.hitsLeft.decrementAndGet() == 0) {
            now.action.run();
        }
    }
}
