package org.jiexu.browser;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jiexu.infrastructure.Ports;
import org.jiexu.sandbox.Form;
import org.jiexu.sandbox.Progress;
import org.jiexu.sandbox.Sandbox;
import org.jiexu.sandbox.Settings;
import org.jspecify.annotations.Nullable;

/** One running platform for all stories of this module; started once, closed at JVM exit. */
final class RunningConsole {
    private static final int FIRST = 28_080;
    private static @Nullable Sandbox shared;

    private RunningConsole() {}

    static synchronized Sandbox sandbox() {
        if (shared == null) {
            shared = Sandbox.start(
                    Settings.of(Path.of("target", "platform").toAbsolutePath(), Form.ONE_JVM)
                            .withFresh(true)
                            .withPortBase(freeRange())
                            .withSample(20),
                    Progress.toStandardOutput());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A running instance on this machine is left alone. */
    private static int freeRange() {
        for (int base = FIRST; base < 60_000; base += 100) {
            int candidate = base;
            if (IntStream.range(0, 60).allMatch(i -> Ports.isFree(candidate + i))) {
                return base;
            }
        }
        throw new IllegalStateException("no free range of ports");
    }
}
