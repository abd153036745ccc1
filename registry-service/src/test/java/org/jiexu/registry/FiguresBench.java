package org.jiexu.registry;

import java.util.ArrayList;
import java.util.List;
import org.jiexu.bus.time.BusinessClock;
import org.jiexu.registry.postgres.CaseFigureStore;
import org.jiexu.registry.postgres.LimitFigureStore;
import org.jiexu.registry.postgres.ManyCases;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long operators wait with 10,000 and with 1,000,000 open limits; run by hand: {@code java -cp … \
 * org.jiexu.registry.FiguresBench}. Prints the median of each request over HTTP, alone on the machine.
 */
final class FiguresBench {
    private static final int TIMES = 25;
    private static final List<String> PATHS = List.of(
            "overview",
            "overview?province=430000",
            "deadlines/summary",
            "deadlines/summary?region=430100",
            "deadlines",
            "deadlines?region=430100",
            "deadlines?daysLeft=3&kind=ISSUE",
            "deadlines/at-risk",
            "deadlines/missed?province=430000",
            "deadlines?state=PROVISIONAL",
            "cases",
            "cases?region=430100",
            "cases?province=430000&status=IN_PROGRESS");

    private FiguresBench() {}

    public static void main(String[] arguments) {
        var registry = RunningRegistry.shared();
        for (int limits : List.of(10_000, 1_000_000)) {
            long start = System.nanoTime();
            ManyCases.fill(
                    registry.jdbc(), limits, registry.bean(BusinessClock.class).today());
            System.out.printf("%,d limits filled in %d ms%n", limits, millis(start));
            // As a rebuild does: to fold a note for each of a million inserts would take most of the bench.
            new TransactionTemplate(registry.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                registry.bean(CaseFigureStore.class).recount();
                registry.bean(LimitFigureStore.class).recount();
            });
            registry.jdbc().sql("vacuum analyze").update();
            System.out.printf("counted after %d ms%n", millis(start));
            for (var path : PATHS) {
                measure(registry, path);
            }
        }
        System.exit(0);
    }

    private static void measure(RunningRegistry registry, String path) {
        var token = registry.issuer.nationalOperator();
        var times = new ArrayList<Long>();
        int size = 0;
        for (int i = 0; i < TIMES + 5; i++) {
            long start = System.nanoTime();
            size = registry.text(token, "/api/v1/operations/" + path).length();
            if (i >= 5) {
                times.add((System.nanoTime() - start) / 10_000);
            }
        }
        times.sort(null);
        System.out.printf(
                "%-45s p50 %.2f ms, p95 %.2f ms, %d characters%n",
                path, times.get(TIMES / 2) / 100.0, times.get(TIMES * 19 / 20) / 100.0, size);
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
