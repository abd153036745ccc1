package org.jiexu.system;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What all services of this JVM say in their logs, with texts of exceptions, and what lies beside in log files. */
final class Said extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    static Said fromNowOn() {
        var said = new Said();
        said.start();
        root().addAppender(said);
        return said;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    void end() {
        LoggerFactory.getLogger(Said.class).warn("the end of what was said");
        root().detachAppender(this);
    }

    void namesNobody(String... words) {
        assertThat(lines).contains("the end of what was said");
        for (String word : words) {
            assertThat(lines).noneMatch(line -> line.contains(word));
        }
    }

    /** PostgreSQL, Kafka and the services beside: every file that ends like a log. */
    static void filesNameNobody(Path root, String word) throws IOException {
        List<Path> logs;
        try (var files = Files.walk(root)) {
            logs = files.filter(file -> file.getFileName().toString().matches(".*\\.(log|out|err)(\\.[0-9]+)?"))
                    .filter(file -> !file.getFileName().toString().matches("[0-9]{20}\\.log"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path log : logs) {
            assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .as(log.toString())
                    .doesNotContain(word);
        }
    }
}
