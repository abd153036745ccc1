package org.jiexu.registry;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** 统计归并 — what the events' transactions have noted becomes figures, so that few rows are to be added when one looks. */
@Configuration(proxyBeanMethods = false)
class FoldFigures {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 50_000;

    @Bean
    RecurringTask<Void> foldFiguresTask(CaseFigureStore cases, TransactionTemplate transaction) {
        return Tasks.recurring("fold-figures", FixedDelay.of(EVERY)).execute((_, _) -> {
            while (Boolean.TRUE.equals(transaction.execute(_ -> cases.fold(BATCH) == BATCH))) {
                // Until nothing more than a batch's rest is noted.
            }
        });
    }
}
