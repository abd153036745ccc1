package org.jiexu.bus.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private Trouble trouble(Duration grace) {
        Logger logger = new LoggerContext().getLogger("trouble");
        log.start();
        logger.addAppender(log);
        return new Trouble("the part", logger, grace);
    }

    @Test
    void isSaidOncePerChangeHoweverOftenItIsFound() {
        var trouble = trouble(Duration.ZERO);

        trouble.over();
        for (int round = 0; round < 100; round++) {
            trouble.found("a");
            trouble.found("b");
        }
        trouble.over();
        trouble.over();
        trouble.found("a");

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "the part does not work and goes on trying: a",
                        "the part does not work and goes on trying: b",
                        "the part works again",
                        "the part does not work and goes on trying: a");
    }

    @Test
    void countsOnceItHasLastedLongerThanItsGrace() {
        var atOnce = trouble(Duration.ZERO);
        var later = trouble(Duration.ofHours(1));

        atOnce.found("a");
        later.found("a");

        assertThat(atOnce.lasting()).contains("a");
        assertThat(later.lasting()).isEmpty();
        assertThat(later.now()).contains("a");
        atOnce.over();
        assertThat(atOnce.lasting()).isEmpty();
    }

    @Test
    void theCauseIsSaidByClassAndPlaceAndNeverByItsText() {
        trouble(Duration.ZERO).found("a", new IllegalStateException("陈小麦", new IllegalArgumentException("4301")));

        assertThat(log.list.getFirst().getFormattedMessage())
                .contains("java.lang.IllegalStateException", "caused by java.lang.IllegalArgumentException")
                .contains("TroubleTest.java")
                .doesNotContain("陈小麦", "4301");
    }
}
