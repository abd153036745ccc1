package org.jiexu.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jiexu.sandbox.Logging;
import org.jiexu.sandbox.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code deploy/faults}. */
@Command(
        name = "deploy/faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = 2,
        description =
                "Breaks a platform of its own under load by seeded schedules; after each it must heal and drain by"
                        + " itself, and the auditor judges it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every verdict was clean", "1:at least one was not", "2:it could not be run"})
public final class Faults implements Callable<Integer> {
    private static final int FIRST_PORTS = 28_080;

    @Option(names = "--fault", split = ",", description = "which, e.g. F1,F8: ${COMPLETION-CANDIDATES} (default MIX)")
    private List<Fault> faults = List.of(Fault.MIX);

    @Option(names = "--seed", description = "the first seed (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--seeds", description = "how many seeds from there, for each fault (default ${DEFAULT-VALUE})")
    private int seeds = 1;

    @Option(names = "--minutes", description = "instead of --seeds: one seed after another for so long")
    private int minutes;

    @Option(names = "--schedule", description = "instead: a schedule that was kept, to be run again")
    private @Nullable Path schedule;

    @Option(names = "--print", description = "only print the schedules")
    private boolean print;

    @Option(names = "--report", description = "only print the tables of all that was run into --out")
    private boolean report;

    @Option(names = "--out", description = "directory of results, schedules and data (default ${DEFAULT-VALUE})")
    private Path out = Path.of(".data", "faults");

    @Option(names = "--older", description = "F20: a checkout of an earlier state of this repository, built")
    private @Nullable Path older;

    @Option(names = "--port-base", description = "first of 50 ports (default: the first free ones from 28080)")
    private @Nullable Integer portBase;

    public static void main(String... arguments) {
        // The issuer's threads would keep the JVM alive: the end has to be said.
        System.exit(new CommandLine(new Faults()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Files.createDirectories(out);
        var directory = out.toAbsolutePath().normalize();
        if (report) {
            screen.print(new Report(directory).markdown());
            return 0;
        }
        var schedules = schedules();
        if (print) {
            schedules.limit(minutes > 0 ? 1 : Long.MAX_VALUE).forEach(one -> screen.println(one.json()));
            return 0;
        }
        Logging.toFile(directory.resolve("fault-runner.log"));
        int ports = portBase == null ? Platform.freePorts(FIRST_PORTS) : portBase;
        try (var series = new Series(directory, ports, older, Progress.toStandardOutput())) {
            return series.run(schedules, minutes > 0 ? Duration.ofMinutes(minutes) : null) ? 0 : 1;
        }
    }

    private Stream<Schedule> schedules() throws IOException {
        if (schedule != null) {
            return Stream.of(Schedule.parse(Files.readString(schedule)));
        }
        if (minutes > 0) {
            return LongStream.iterate(seed, next -> next + 1)
                    .boxed()
                    .flatMap(next -> faults.stream().map(fault -> Schedules.of(fault, next)));
        }
        var all = new ArrayList<Schedule>();
        for (var fault : faults) {
            for (long next = seed; next < seed + seeds; next++) {
                all.add(Schedules.of(fault, next));
            }
        }
        return all.stream();
    }
}
