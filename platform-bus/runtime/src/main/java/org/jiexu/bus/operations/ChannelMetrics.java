package org.jiexu.bus.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.Producer;
import org.jiexu.bus.operations.Channel.Figures;
import org.jiexu.bus.service.ServiceIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The channel's figures as gauges; looked up every ten seconds beside the scrapes, so that a scrape asks nobody. */
final class ChannelMetrics implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelMetrics.class);
    private static final long EVERY_SECONDS = 10;

    private final Channel channel;
    private final ServiceIdentity identity;
    private volatile Figures figures = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of());
    private volatile boolean seen = true;
    private volatile @Nullable ScheduledExecutorService watch;

    ChannelMetrics(Channel channel, MeterRegistry meters, Producer<String, byte[]> producer, ServiceIdentity identity) {
        this.channel = channel;
        this.identity = identity;
        gauge(
                meters,
                "jiexu.outbox.oldest.seconds",
                "How long the oldest event waits to be sent",
                Figures::oldestUnsentSeconds);
        gauge(meters, "jiexu.outbox.unsent", "Events that wait to be sent", Figures::unsent);
        gauge(meters, "jiexu.inbox.lag", "Records on the service's topics that it has not taken", Figures::lag);
        gauge(
                meters,
                "jiexu.inbox.oldest.seconds",
                "For how long at least the oldest record has been there that is not taken",
                Figures::oldestUntakenSeconds);
        gauge(
                meters,
                "jiexu.quarantine.untold.seconds",
                "How long the oldest quarantined record waits to be told on its topic",
                Figures::oldestUntoldSeconds);
        gauge(meters, "jiexu.inbox.parked", "Messages that are impossible in the present state", Figures::parked);
        gauge(
                meters,
                "jiexu.inbox.parked.oldest.seconds",
                "How long the oldest of them has waited",
                Figures::oldestParkedSeconds);
        gauge(meters, "jiexu.inbox.quarantined", "Messages kept out and not replayed", Figures::quarantined);
        gauge(
                meters,
                "jiexu.timers.late.seconds",
                "How late the oldest moment of a deadline is",
                Figures::timersLateSeconds);
        Gauge.builder("jiexu.channel.seen", this, metrics -> metrics.seen ? 1 : 0)
                .description("Whether these figures could be looked up the last time")
                .register(meters);
        FunctionCounter.builder("jiexu.outbox.relayed", producer, ChannelMetrics::sent)
                .description("Events that the broker has acknowledged or is asked to")
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<Figures> figure) {
        Gauge.builder(name, this, metrics -> figure.applyAsDouble(metrics.figures))
                .description(description)
                .register(meters);
    }

    private static double sent(Producer<String, byte[]> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("record-send-total")
                        && metric.getKey().group().equals("producer-metrics"))
                .map(metric -> metric.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(total -> (Double) total)
                .sum();
    }

    private void look() {
        try {
            figures = channel.figures();
            seen = true;
        } catch (RuntimeException e) {
            if (seen) {
                LOG.warn(
                        "the channel's figures cannot be looked up: {}",
                        e.getClass().getSimpleName());
            }
            seen = false;
        }
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(work -> Thread.ofPlatform()
                .daemon()
                .name(identity.service().path() + "-figures")
                .unstarted(work));
        var _ = started.scheduleWithFixedDelay(this::look, 1, EVERY_SECONDS, TimeUnit.SECONDS);
        watch = started;
    }

    @Override
    public void stop() {
        var started = watch;
        if (started != null) {
            started.shutdownNow();
        }
        watch = null;
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }
}
