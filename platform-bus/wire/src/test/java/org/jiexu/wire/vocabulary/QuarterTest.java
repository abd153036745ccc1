package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R7.1")
class QuarterTest {
    @ParameterizedTest
    @CsvSource({
        "2026-09-30T15:59:59.999999Z, 2026Q3",
        "2026-09-30T16:00:00Z, 2026Q4",
        "2026-12-31T15:59:59.999999Z, 2026Q4",
        "2026-12-31T16:00:00Z, 2027Q1",
        "2028-02-29T12:00:00Z, 2028Q1",
    })
    void endsAtMidnightInShanghai(Instant moment, String quarter) {
        assertThat(Quarter.of(moment)).isEqualTo(Quarter.parse(quarter));
    }

    @Test
    void everyInstantBelongsToExactlyOne() {
        var random = new Random(71);
        for (int i = 0; i < 10_000; i++) {
            var moment = Instant.ofEpochSecond(
                    random.nextLong(1_700_000_000L, 4_000_000_000L), random.nextInt(1_000_000_000));
            var quarter = Quarter.of(moment);

            assertThat(moment).isAfterOrEqualTo(quarter.begin()).isBefore(quarter.end());
            assertThat(quarter.isOverAt(moment)).isFalse();
            assertThat(quarter.next().previous()).isEqualTo(quarter).isLessThan(quarter.next());
            assertThat(quarter.next().begin()).isEqualTo(quarter.end());
            assertThat(Quarter.parse(quarter.toString())).isEqualTo(quarter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026Q0", "2026Q5", "2026q1", "26Q1", "1999Q4", "2026Q1 ", "../2026Q1"})
    void isReadInOneFormOnly(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Quarter.parse(text));
    }
}
