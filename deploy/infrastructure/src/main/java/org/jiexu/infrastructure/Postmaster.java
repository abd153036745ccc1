package org.jiexu.infrastructure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about a data directory's server.
 *
 * <p>PostgreSQL itself copes with a file that names a process which has ended. It refuses to start when the number
 * belongs to any living process of the same user, be it a stranger that has inherited the number (usual after a
 * container's restart) or a dead server whose parent never collects it. Those are told apart here.
 */
sealed interface Postmaster {

    /** No server, or one that has ended: PostgreSQL may start. */
    record Absent() implements Postmaster {}

    /** A server of this data directory is at work. */
    record Running(ProcessHandle process) implements Postmaster {}

    /** The file is left over and would keep PostgreSQL from starting. */
    record Misleading(String why) implements Postmaster {}

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }

    static Postmaster of(Path dataDirectory) throws IOException {
        String content;
        try {
            content = Files.readString(file(dataDirectory), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return new Absent();
        }
        String firstLine = content.lines().findFirst().orElse("").strip();
        if (!firstLine.matches("[0-9]{1,18}")) {
            return new Misleading("it names no process");
        }
        return judge(Long.parseLong(firstLine), dataDirectory);
    }

    private static Postmaster judge(long pid, Path dataDirectory) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return new Absent();
        }
        return isServerOf(process.get(), dataDirectory)
                ? new Running(process.get())
                : new Misleading("process " + pid + " is not a server of this directory");
    }

    /** A process that has ended but was not collected by its parent has no command any more. */
    private static boolean isServerOf(ProcessHandle process, Path dataDirectory) {
        var info = process.info();
        boolean isPostgres = info.command()
                .map(command -> Path.of(command).endsWith("postgres"))
                .orElse(false);
        return isPostgres
                && info.arguments()
                        .map(arguments -> names(arguments, dataDirectory))
                        .orElse(true);
    }

    private static boolean names(String[] arguments, Path dataDirectory) {
        for (String argument : arguments) {
            if (isSameDirectory(argument, dataDirectory)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSameDirectory(String argument, Path dataDirectory) {
        try {
            return argument.startsWith("/") && Files.isSameFile(Path.of(argument), dataDirectory);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether {@code process} still works; false for a dead one that nobody has collected. */
    static boolean isAtWork(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
