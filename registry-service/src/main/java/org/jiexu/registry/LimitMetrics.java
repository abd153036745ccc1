package org.jiexu.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.registry.postgres.LimitFigureStore.OfRegion;
import org.jiexu.registry.postgres.LimitFigureStore.OnTime;
import org.jiexu.registry.postgres.LimitFigureStore.Place;
import org.jiexu.wire.vocabulary.Quarter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The limits' figures as gauges by region and kind, from the figures that are kept anyway: a scrape asks nobody. */
@Component
class LimitMetrics implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LimitMetrics.class);
    private static final long EVERY_SECONDS = 30;
    private static final Place COUNTRY = new Place(null, null);

    private final LimitFigureStore figures;
    private final DaysLeft daysLeft;
    private final BusinessClock clock;
    private final MultiGauge open;
    private final MultiGauge overdue;
    private final MultiGauge atRisk;
    private final MultiGauge onTime;
    private volatile long provisional;
    private volatile @Nullable ScheduledExecutorService watch;

    LimitMetrics(LimitFigureStore figures, DaysLeft daysLeft, BusinessClock clock, MeterRegistry meters) {
        this.figures = figures;
        this.daysLeft = daysLeft;
        this.clock = clock;
        this.open = gauges(meters, "jiexu.deadlines.open", "Open limits");
        this.overdue = gauges(meters, "jiexu.deadlines.overdue", "Open limits whose last day is over");
        this.atRisk = gauges(meters, "jiexu.deadlines.at.risk", "Open limits that come near");
        this.onTime = gauges(meters, "jiexu.deadlines.on.time.ratio", "Kept of those that were due in this quarter");
        Gauge.builder("jiexu.deadlines.provisional.open", this, metrics -> metrics.provisional)
                .description("Open limits that reach beyond the published calendar")
                .register(meters);
    }

    private static MultiGauge gauges(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    void look() {
        try {
            if (!clock.isSet()) {
                return;
            }
            var nearness = daysLeft.today();
            var counted = figures.perRegion(nearness);
            open.register(rows(counted, OfRegion::open), true);
            overdue.register(rows(counted, OfRegion::overdue), true);
            atRisk.register(rows(counted, OfRegion::atRisk), true);
            onTime.register(ratios(figures.onTime(COUNTRY, Quarter.of(clock.instant()))), true);
            provisional = figures.totals(COUNTRY, nearness).provisional();
        } catch (RuntimeException e) {
            LOG.warn("the limits' figures cannot be looked up: {}", e.getClass().getSimpleName());
        }
    }

    private static List<Row<?>> rows(List<OfRegion> counted, ToLongFunction<OfRegion> figure) {
        return counted.stream()
                .<Row<?>>map(each -> Row.of(
                        Tags.of(
                                "region",
                                each.region().value(),
                                "kind",
                                each.kind().name()),
                        figure.applyAsLong(each)))
                .collect(Collectors.toList());
    }

    private static List<Row<?>> ratios(List<OnTime> counted) {
        return counted.stream()
                .filter(each -> each.met() + each.missedHuman() + each.missedTechnical() > 0)
                .<Row<?>>map(each -> Row.of(
                        Tags.of(
                                "region",
                                each.region().value(),
                                "kind",
                                each.kind().name()),
                        (double) each.met() / (each.met() + each.missedHuman() + each.missedTechnical())))
                .collect(Collectors.toList());
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(work ->
                Thread.ofPlatform().daemon().name("registry-limit-figures").unstarted(work));
        var _ = started.scheduleWithFixedDelay(this::look, 2, EVERY_SECONDS, TimeUnit.SECONDS);
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
