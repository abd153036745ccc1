package org.jiexu.bus.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jiexu.bus.inbox.EventConsumer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * 运行状况 — whether the bus of this service does its work: down, with the reason, once something has kept it from its work
 * longer than it may. Neither liveness nor readiness asks it: a restart cures no outage of the broker, and what needs no
 * messages is answered meanwhile.
 */
public final class BusHealth implements HealthIndicator {
    private final BusLifecycle lifecycle;

    public BusHealth(BusLifecycle lifecycle, EventConsumer consumer, MeterRegistry meters) {
        this.lifecycle = lifecycle;
        Gauge.builder("jiexu.bus.works", this, health -> health.works() ? 1 : 0)
                .description("Whether messages are taken and sent; health says why not")
                .register(meters);
        Gauge.builder("jiexu.consumer.running", consumer, one -> one.isRunning() ? 1 : 0)
                .description("Whether this instance is a member of its consumer group")
                .register(meters);
    }

    @Override
    public Health health() {
        var reasons = reasons();
        var health = !reasons.isEmpty() ? Health.down() : lifecycle.isReady() ? Health.up() : Health.outOfService();
        return health.withDetails(reasons).build();
    }

    private boolean works() {
        return lifecycle.isReady() && reasons().isEmpty();
    }

    /** By part. While it starts every trouble counts at once: nothing has worked yet. */
    private Map<String, Object> reasons() {
        var reasons = new LinkedHashMap<String, Object>();
        for (var trouble : lifecycle.troubles()) {
            (lifecycle.isReady() ? trouble.lasting() : trouble.now())
                    .ifPresent(reason -> reasons.put(trouble.part(), reason));
        }
        return reasons;
    }
}
