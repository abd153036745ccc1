package org.jiexu.sandbox;

import java.util.Optional;

/** The running services, in this JVM or beside it. */
public sealed interface Services extends AutoCloseable permits ServicesInside, ServicesBeside {

    /** Starts all of them; returns when each listens. May be closed meanwhile. */
    void startAll();

    /** The process of that service; empty when it has none of its own. */
    Optional<ProcessHandle> process(String name);

    /** Stops that service alone, as an operator would; the others go on. */
    void stop(String name);

    /** Starts it again as it was planned; returns when it is healthy. */
    void start(String name);

    /** The gateway first, so that nobody is let in to a closing house; then all others. */
    @Override
    void close();
}
