package org.jiexu.gateway;

import java.util.HashMap;
import java.util.Map;

/** Places that requests take while they last: so many in all, and only a part of them for one caller. */
final class Places {
    private final int most;
    private final int mostOfCaller;
    private final Map<String, Integer> held = new HashMap<>();
    private int taken;

    Places(int most, int mostOfCaller) {
        this.most = most;
        this.mostOfCaller = mostOfCaller;
    }

    synchronized boolean tryTake(String caller) {
        int mine = held.getOrDefault(caller, 0);
        if (taken >= most || mine >= mostOfCaller) {
            return false;
        }
        held.put(caller, mine + 1);
        taken++;
        return true;
    }

    synchronized void leave(String caller) {
        held.computeIfPresent(caller, (_, mine) -> mine == 1 ? null : mine - 1);
        taken--;
    }

    synchronized int taken() {
        return taken;
    }
}
