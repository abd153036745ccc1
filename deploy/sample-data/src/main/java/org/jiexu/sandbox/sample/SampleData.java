package org.jiexu.sandbox.sample;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The program: writes the sample as JSON. */
@Command(
        name = "sample-data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Writes synthetic persons with histories and balances as JSON; the same seed gives the same bytes.")
public final class SampleData implements Callable<Integer> {

    public static final int MANY = 360;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Option(names = "--seed", paramLabel = "N", description = "what everything follows from (default ${DEFAULT-VALUE})")
    private long seed = Samples.DEFAULT_SEED;

    @Option(
            names = "--persons",
            paramLabel = "N",
            description = "how many besides the named ones (default ${DEFAULT-VALUE})")
    private int many = MANY;

    @Option(
            names = "--transferable",
            paramLabel = "N",
            description = "instead: N persons whose transfer nothing stands in the way of")
    private @Nullable Integer transferable;

    @Option(names = "--from", paramLabel = "REGION", description = "old region of those (default ${DEFAULT-VALUE})")
    private String from = "370800";

    @Option(names = "--to", paramLabel = "REGION", description = "receiving region of those (default ${DEFAULT-VALUE})")
    private String to = "430100";

    @Option(names = "--out", paramLabel = "FILE", description = "where to write; standard output otherwise")
    private @Nullable Path out;

    private final PrintStream standardOutput;

    SampleData(PrintStream standardOutput) {
        this.standardOutput = standardOutput;
    }

    public static void main(String... arguments) {
        var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CommandLine(new SampleData(output)).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var set = transferable == null
                ? Samples.population(seed, many)
                : Samples.transferable(seed, transferable, new RegionCode(from), new RegionCode(to));
        String json = json(set);
        if (out == null) {
            standardOutput.print(json);
        } else {
            Files.writeString(out, json);
        }
        return 0;
    }

    static String json(SampleSet set) {
        return JSON.writeValueAsString(set) + "\n";
    }
}
