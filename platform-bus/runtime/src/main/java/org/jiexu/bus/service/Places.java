package org.jiexu.bus.service;

/**
 * Classes and places of a failure for the log, without its texts: a driver's or a parser's message quotes what it choked
 * on, and that may be a person.
 */
public final class Places {
    private static final int FRAMES = 25;
    private static final int CAUSES = 10;

    private Places() {}

    /** The failure and its causes, each with where it came from. */
    public static String of(Throwable failure) {
        var text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            text.append(depth == 0 ? "" : "\ncaused by ")
                    .append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** One line: the class, and the first place in our own code; {@code ?} where it never passed through ours. */
    public static String inShort(Throwable failure) {
        for (var frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("org.jiexu.")) {
                return failure.getClass().getSimpleName() + " at " + frame;
            }
        }
        return failure.getClass().getSimpleName() + " at ?";
    }
}
