package org.jiexu.registry;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * How long files of 10,000 and 100,000 periods take and how much heap their import needs; run by hand: {@code java -cp … \
 * org.jiexu.registry.ImportBench}. Prints the live heap after a full collection at its highest moment while an import runs.
 */
final class ImportBench {
    private static final int PERIODS_EACH = 5;
    private static final int MIB = 20;

    private ImportBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        var registry = RunningRegistry.shared();
        run(registry, 0, 1000);
        for (int lines : List.of(10_000, 100_000)) {
            run(registry, lines, lines);
        }
        System.exit(0);
    }

    private static void run(RunningRegistry registry, int first, int lines) throws InterruptedException {
        var clerk = registry.issuer.clerk(new RegionCode("370800"));
        var path = "/api/v1/agency/370800/participation/imports";
        var file = IntStream.range(0, lines)
                .mapToObj(n -> line(first + n / PERIODS_EACH, n % PERIODS_EACH))
                .collect(Collectors.joining("", ImportStory.HEADER, ""));
        System.gc();
        long before = heap();
        long start = System.nanoTime();
        var sent = registry.csv(clerk, path, file);
        long received = System.nanoTime();
        long most = 0;
        var id = sent.body().path("id").asString();
        var shown = sent;
        while (!shown.body().hasNonNull("finishedAt")) {
            System.gc();
            most = Math.max(most, heap());
            Thread.sleep(200);
            shown = registry.get(clerk, path + "/" + id);
            if (shown.body().path("state").asString().equals("CHECKED")) {
                registry.post(
                        registry.issuer.reviewer(new RegionCode("370800")),
                        path + "/" + id + "/approval",
                        "{\"persons\": %s, \"months\": %s}"
                                .formatted(
                                        shown.body().path("persons"),
                                        shown.body().path("months")));
            }
        }
        System.out.printf(
                "%d lines, %d KiB: received in %d ms, %s after %d ms; live heap %d MiB before, at most %d MiB%n",
                lines,
                file.length() >> 10,
                (received - start) / 1_000_000,
                shown.body().path("state").asString(),
                (System.nanoTime() - start) / 1_000_000,
                before >> MIB,
                most >> MIB);
    }

    private static long heap() {
        MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return usage.getUsed();
    }

    private static String line(int person, int period) {
        var seventeen =
                "3708991980%02d%02d%03d".formatted(1 + person / 28_000 % 12, 1 + person / 1000 % 28, person % 1000);
        var certificate = new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));
        int year = 2010 + period * 2;
        return ImportStory.line(certificate, "测试人员", year + "-01", year + "-12");
    }
}
