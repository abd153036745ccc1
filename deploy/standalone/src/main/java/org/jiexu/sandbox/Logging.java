package org.jiexu.sandbox;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where loggers write in the one JVM: a file for all services, PostgreSQL and Kafka; the screen stays readable. */
public final class Logging {

    private Logging() {}

    /** Works only before the first logger is made. */
    public static void toFile(Path file) {
        System.setProperty("jiexu.log.file", file.toString());
        System.setProperty("logback.configurationFile", "logback-standalone.xml");
        // Each context would set the logging of the whole JVM up anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerFactory.getILoggerFactory();
        // Tomcat speaks java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
