package org.jiexu.settlement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jiexu.bus.service.Worker;
import org.jiexu.settlement.postgres.MoneyFigures;
import org.springframework.stereotype.Component;

/** Wakes somebody when money does not add up. It reads whole tables, so rarely, beside the scrapes. */
@Component
public final class MoneyMetrics extends Worker {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final MoneyFigures figures;
    private final MultiGauge imbalance;
    private final MultiGauge disagreements;
    private volatile long lookedAt = System.nanoTime();

    public MoneyMetrics(MoneyFigures figures, MeterRegistry meters) {
        super("settlement-money-figures", Duration.ofMinutes(1));
        this.figures = figures;
        this.imbalance = MultiGauge.builder("jiexu.ledger.imbalance.fen")
                .description("Sum of all accounts of the region's ledger; it is 0")
                .register(meters);
        this.disagreements = MultiGauge.builder("jiexu.clearing.disagreements")
                .description("Tables of a quarter that their newest proof contradicts")
                .register(meters);
        Gauge.builder(
                        "jiexu.money.looked.seconds",
                        this,
                        metrics -> Duration.ofNanos(System.nanoTime() - metrics.lookedAt)
                                .toSeconds())
                .description("How long ago these two were looked up")
                .register(meters);
    }

    @Override
    protected Duration round() {
        imbalance.register(
                figures.imbalances().stream()
                        .<Row<?>>map(each -> Row.of(
                                Tags.of("region", each.region().value()),
                                each.sum().value()))
                        .collect(Collectors.toList()),
                true);
        disagreements.register(
                figures.disagreements().stream()
                        .<Row<?>>map(each ->
                                Row.of(Tags.of("province", each.province().value()), each.tables()))
                        .collect(Collectors.toList()),
                true);
        lookedAt = System.nanoTime();
        return EVERY;
    }
}
