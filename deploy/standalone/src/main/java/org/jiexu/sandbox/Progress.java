package org.jiexu.sandbox;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the person at the keyboard reads while things start: one line each, with the seconds since the start. */
public final class Progress {

    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public static Progress toStandardOutput() {
        return new Progress(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    public void say(String line) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - start) / NANOS, line);
    }

    /** Without the time, for what stays on the screen. */
    public void show(String text) {
        out.println(text);
    }
}
