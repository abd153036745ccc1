package org.jiexu.bus.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * W3C trace context of what this thread is doing. Opened by the web filter for a request and by whoever handles an
 * event; read by the outbox and by clients. Its trace id stands in every log line.
 */
public record TraceContext(String traceparent) {
    public static final String HEADER = "traceparent";
    private static final String TRACE_ID_IN_LOGS = "traceId";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final ThreadLocal<@Nullable TraceContext> CURRENT = new ThreadLocal<>();

    public static @Nullable TraceContext current() {
        return CURRENT.get();
    }

    /** A new step of the trace that a caller named, or of a new trace when it named none that can be read. */
    public static TraceContext continuing(@Nullable String traceparent) {
        if (traceparent == null || !FORM.matcher(traceparent).matches() || isVoid(traceparent)) {
            return new TraceContext("00-" + randomHex(2) + "-" + randomHex(1) + "-01");
        }
        return new TraceContext("00-" + traceparent.substring(3, 35) + "-" + randomHex(1) + traceparent.substring(52));
    }

    public String traceId() {
        return traceparent.substring(3, 35);
    }

    /** Makes this the context of the current thread until the scope is closed. */
    public Scope open() {
        var before = CURRENT.get();
        CURRENT.set(this);
        MDC.put(TRACE_ID_IN_LOGS, traceId());
        return () -> {
            if (before == null) {
                CURRENT.remove();
                MDC.remove(TRACE_ID_IN_LOGS);
            } else {
                CURRENT.set(before);
                MDC.put(TRACE_ID_IN_LOGS, before.traceId());
            }
        };
    }

    private static boolean isVoid(String traceparent) {
        return traceparent.startsWith("ff")
                || traceparent.substring(3, 35).matches("0+")
                || traceparent.substring(36, 52).matches("0+");
    }

    private static String randomHex(int longs) {
        var text = new StringBuilder();
        for (int i = 0; i < longs; i++) {
            text.append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        }
        return text.toString();
    }

    /** Closed in the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
