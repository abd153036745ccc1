package org.jiexu.infrastructure;

import java.nio.file.Path;

/**
 * How one embedded PostgreSQL runs.
 *
 * @param directory holds everything of this server: {@code data}, {@code postgresql.log} and {@code lock}
 * @param durable   true makes a commit survive the loss of power; false is for tests only
 * @param binaries  where the programs are unpacked to, once for all servers that name the same directory
 */
public record PostgresSettings(
        Path directory, int port, boolean durable, int maxConnections, String sharedBuffers, Path binaries) {

    private static final int MAX_CONNECTIONS = 300;
    private static final String SHARED_BUFFERS = "128MB";

    public PostgresSettings {
        directory = directory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        if (!sharedBuffers.matches("[0-9]+(kB|MB|GB)")) {
            throw new IllegalArgumentException("shared_buffers needs a size such as 128MB, not " + sharedBuffers);
        }
    }

    /** A server for a real run. */
    public static PostgresSettings durable(Path directory, int port) {
        return new PostgresSettings(directory, port, true, MAX_CONNECTIONS, SHARED_BUFFERS, temporaryBinaries());
    }

    /** A server for tests: nothing waits for the disk. */
    public static PostgresSettings fast(Path directory, int port) {
        return new PostgresSettings(directory, port, false, MAX_CONNECTIONS, SHARED_BUFFERS, temporaryBinaries());
    }

    public PostgresSettings withMaxConnections(int connections) {
        return new PostgresSettings(directory, port, durable, connections, sharedBuffers, binaries);
    }

    public PostgresSettings withSharedBuffers(String size) {
        return new PostgresSettings(directory, port, durable, maxConnections, size, binaries);
    }

    /** For long runs: a machine's cleaner may empty the temporary directory under a running server. */
    public PostgresSettings withBinaries(Path directoryForBinaries) {
        return new PostgresSettings(directory, port, durable, maxConnections, sharedBuffers, directoryForBinaries);
    }

    Path dataDirectory() {
        return directory.resolve("data");
    }

    Path logFile() {
        return directory.resolve("postgresql.log");
    }

    Path lockFile() {
        return directory.resolve("lock");
    }

    private static Path temporaryBinaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "jiexu-postgresql-" + System.getProperty("user.name"));
    }
}
