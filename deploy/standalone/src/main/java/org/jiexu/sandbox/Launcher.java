package org.jiexu.sandbox;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jiexu.sandbox.sample.SampleData;
import org.jiexu.sandbox.sample.Samples;
import org.jiexu.sandbox.story.Stories;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code deploy/up}. */
@Command(
        name = "deploy/up",
        sortOptions = false,
        description = {
            "Starts the whole platform on this machine: PostgreSQL, Kafka, an issuer of tokens, all services, sample"
                    + " data. Everything listens on loopback only. Data survive a restart; Ctrl-C stops everything."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order; with --story: everything was as the rulebook says",
            "1:something failed; with --story: something was not as the rulebook says",
            "2:could not start for a reason that you can put right: the message says which"
        })
public final class Launcher implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int CANNOT_START = 2;

    @Option(names = "--fresh", description = "delete the data of earlier runs first")
    private boolean fresh;

    @Option(names = "--story", description = "run whole transfers, tell each step, check everything, then stop")
    private boolean story;

    @Option(
            names = "--processes",
            description = "every service as a process of its own, Jining and Changsha apart from the others")
    private boolean processes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept (default: standalone or processes, in .data)")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "the gateway's port; the others follow it (default 8080, or what the data remember)")
    private @Nullable Integer portBase;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "what the sample data follow from (default ${DEFAULT-VALUE})")
    private long seed = Samples.DEFAULT_SEED;

    @Option(
            names = "--persons",
            paramLabel = "N",
            description = "how many sample persons besides the named ones (default ${DEFAULT-VALUE})")
    private int persons = SampleData.MANY;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "say this and exit")
    @SuppressWarnings("UnusedVariable") // picocli reads it.
    private boolean help;

    private final Progress progress = Progress.toStandardOutput();

    public static void main(String... arguments) {
        // Kafka's threads keep the JVM alive: the end has to be said.
        System.exit(new CommandLine(new Launcher()).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            var settings = settings();
            var sandbox = Sandbox.prepare(settings, progress);
            // Before the first logger: from here on the log is a file, and the screen is for people.
            Logging.toFile(sandbox.data().log("standalone"));
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "the-end"));
            return run(sandbox);
        } catch (CannotStart e) {
            System.err.println("deploy/up: " + e.getMessage());
            return CANNOT_START;
        }
    }

    private int run(Sandbox sandbox) {
        try {
            sandbox.start();
            if (story) {
                return Stories.tellAll(sandbox, progress) ? 0 : FAILED;
            }
            progress.show(Welcome.text(sandbox));
            sandbox.awaitClose();
            return 0;
        } catch (CannotStart e) {
            throw e;
        } catch (RuntimeException e) {
            if (!sandbox.isClosing()) {
                System.err.println("deploy/up: " + e.getMessage() + "\nThe logs are in "
                        + sandbox.data().log("standalone").getParent());
                LoggerFactory.getLogger(Launcher.class).error("could not go on", e);
            }
            return FAILED;
        }
    }

    private Settings settings() {
        var form = processes ? Form.PROCESSES : Form.ONE_JVM;
        Path home = Path.of(System.getProperty("jiexu.home", "."));
        Path directory = data == null ? home.resolve(".data").resolve(form.directory()) : data;
        return Settings.of(directory.toAbsolutePath().normalize(), form)
                .withFresh(fresh)
                .withPortBase(portBase)
                .withSeed(seed)
                .withSample(persons);
    }
}
