package org.jiexu.bus.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jiexu.bus.operations.Channel.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingTimesTest {
    private final WaitingTimes waiting = new WaitingTimes();

    @Test
    void aRecordThatIsNotTakenGrowsOlderWhateverComesBehindIt() {
        assertThat(List.of(at(0, 5, 5L), at(10, 5, 6L), at(20, 5, 9L), at(30, 5, 9L)))
                .containsExactly(0L, 0L, 10L, 20L);
    }

    @Test
    void whatIsTakenIsForgottenAndTheNextCountsFromWhenItWasSeen() {
        assertThat(List.of(at(0, 5, 6L), at(10, 5, 9L), at(20, 7, 9L), at(30, 9, 9L), at(40, 9, 10L)))
                .containsExactly(0L, 10L, 10L, 0L, 0L);
    }

    @Test
    void aTopicThatWasMadeAnewBeginsAnewAndAnUnknownEndSaysNothing() {
        assertThat(List.of(at(0, 5, 9L), at(10, 0, 3L), at(20, 0, null), at(30, 0, 3L)))
                .containsExactly(0L, 0L, 0L, 20L);
    }

    private long at(long second, long next, @Nullable Long end) {
        return waiting.longest(
                List.of(new Topic("t", next, end, end == null ? null : end - next)), TimeUnit.SECONDS.toNanos(second));
    }
}
