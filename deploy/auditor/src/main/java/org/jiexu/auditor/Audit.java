package org.jiexu.auditor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads everything, checks everything, says so. Exit code 0: clean, 1: something is broken, 2: it could not be read. */
@Command(
        name = "deploy/audit",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description =
                "Recomputes from topics, databases and the client's history what must hold, and names what does not."
                        + " Works on a running platform, and on the data of a stopped one.")
public final class Audit implements Callable<Integer> {
    @Option(names = "--data", description = "data directory of the sandbox (default ${DEFAULT-VALUE})")
    private Path data = Path.of(".data", "standalone");

    @Option(names = "--kafka", description = "bootstrap address of another platform, with --postgres")
    private @Nullable String kafka;

    @Option(names = "--postgres", description = "JDBC prefix of another platform, e.g. jdbc:postgresql://host:5432/")
    private @Nullable String postgres;

    @Option(names = "--user", description = "role that may read (default ${DEFAULT-VALUE})")
    private String user = "postgres";

    @Option(names = "--password-file", description = "file with the role's password (default: none)")
    private @Nullable Path passwordFile;

    @Option(names = "--history", description = "the client's own history, JSON by line")
    private @Nullable Path history;

    @Option(names = "--persons", description = "file with names and numbers that no output may hold, one a line")
    private @Nullable Path persons;

    @Option(names = "--outputs", description = "log files, or directories of them, to be searched for those")
    private List<Path> outputs = List.of();

    @Option(names = "--verdict", description = "also write the verdict there as JSON")
    private @Nullable Path verdict;

    public static void main(String... arguments) {
        // An embedded broker's threads would keep the JVM alive: the end has to be said.
        System.exit(new CommandLine(new Audit()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var password =
                passwordFile == null ? "" : Files.readString(passwordFile).strip();
        var asked = history == null ? List.<Asked>of() : ReadHistory.of(history);
        Facts facts;
        if (kafka != null && postgres != null) {
            facts = facts(kafka, postgres, user, password, asked);
        } else {
            try (var sandbox = SandboxData.open(data, out)) {
                facts = facts(sandbox.kafka(), sandbox.postgres(), user, password, asked);
            }
        }
        if (persons != null) {
            facts = facts.with(Outputs.of(persons, outputs));
        }
        var found = Verdict.on(facts);
        out.print(found.text());
        if (verdict != null) {
            Files.writeString(verdict, found.json());
        }
        return found.isClean() ? 0 : 1;
    }

    /** Topics first: what a database has taken in stands in a topic before. */
    public static Facts facts(String kafka, String postgres, String user, String password, List<Asked> history)
            throws SQLException {
        var topics = ReadTopics.of(kafka);
        var databases = ReadDatabases.of(postgres, user, password);
        return new Facts(topics.said(), topics.unreadable(), topics.ends(), databases, history);
    }
}
