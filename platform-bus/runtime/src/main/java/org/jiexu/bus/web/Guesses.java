package org.jiexu.bus.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** 试探次数 — how often something that only those concerned know was told wrongly, or was no longer compared. */
public final class Guesses {
    private final Counter wrong;
    private final Counter refused;

    Guesses(MeterRegistry meters) {
        this.wrong = counter(meters, "wrong");
        this.refused = counter(meters, "refused");
    }

    public void wrong() {
        wrong.increment();
    }

    public void refused() {
        refused.increment();
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("jiexu.guesses")
                .description("Wrong and refused tries of what only those concerned know")
                .tag("outcome", outcome)
                .register(meters);
    }
}
