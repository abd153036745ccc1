package org.jiexu.infrastructure;

import java.io.IOException;
import java.nio.file.Path;

/** Runs a server until killed. */
final class PostgresProgram {

    static final String READY = "ready ";

    private PostgresProgram() {}

    public static void main(String[] arguments) throws IOException {
        var server = EmbeddedPostgresServer.start(
                PostgresSettings.durable(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        System.out.println(READY + server.processId());
        int _ = System.in.read();
    }
}
