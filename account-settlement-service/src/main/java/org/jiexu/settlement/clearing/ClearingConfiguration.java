package org.jiexu.settlement.clearing;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.jiexu.bus.directory.ClockListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One recurring task on the real clock, and one more look when the sandbox clock jumps. */
@Configuration(proxyBeanMethods = false)
class ClearingConfiguration {
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Bean
    RecurringTask<Void> clearingSweepTask(ClearingSweep sweep) {
        return Tasks.recurring("clearing-sweep", FixedDelay.of(EVERY)).execute((_, _) -> sweep.sweep());
    }

    @Bean
    ClockListener clearWhenTheClockMoves(ClearingSweep sweep) {
        return () -> Thread.ofVirtual().name("clearing-sweep").start(sweep::sweep);
    }
}
