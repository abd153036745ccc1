package org.jiexu.registry;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** 统计归并 — what the events' transactions have noted becomes figures, so that few rows are to be added when one looks. */
@Configuration(proxyBeanMethods = false)
class FoldFigures {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 50_000;

    @Bean
    RecurringTask<Void> foldFiguresTask(
            CaseFigureStore cases, LimitFigureStore limits, TransactionTemplate transaction) {
        return Tasks.recurring("fold-figures", FixedDelay.of(EVERY)).execute((_, _) -> {
            untilDone(() -> cases.fold(BATCH), transaction);
            untilDone(() -> limits.fold(BATCH), transaction);
        });
    }

    private static void untilDone(IntSupplier fold, TransactionTemplate transaction) {
        Integer folded;
        do {
            folded = transaction.execute(_ -> fold.getAsInt());
        } while (folded != null && folded == BATCH);
    }
}
