package org.jiexu.sandbox;

import java.nio.file.Path;

/** Where loggers write in the one JVM: a file for all services, PostgreSQL and Kafka; the screen stays readable. */
final class Logging {

    private Logging() {}

    /** Works only before the first logger is made. */
    static void toFile(Path file) {
        System.setProperty("jiexu.log.file", file.toString());
        System.setProperty("logging.config", "classpath:logback-standalone.xml");
        System.setProperty("logback.configurationFile", "logback-standalone.xml");
        org.slf4j.LoggerFactory.getILoggerFactory();
        // Spring complains about it, and by now it has done its work.
        System.clearProperty("logback.configurationFile");
    }
}
