package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R11.1")
class FenTest {
    @ParameterizedTest
    @CsvSource({
        "0.00, 0",
        "0.01, 1",
        "0.10, 10",
        "-0.01, -1",
        "-0.99, -99",
        "-1.00, -100",
        "1234.56, 123456",
        "999999999999.99, 99999999999999"
    })
    void readsAndWritesTwoDecimals(String yuan, long fen) {
        assertThat(Fen.parse(yuan)).isEqualTo(Fen.of(fen));
        assertThat(Fen.of(fen)).hasToString(yuan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.5",
                "1.500",
                "01.00",
                ".50",
                "1,234.56",
                "+1.00",
                "-0.00",
                " 1.00",
                "1.00 ",
                "1e2",
                "NaN",
                "1000000000000.00",
                "１.００",
                "--1.00",
                "1.0０"
            })
    void refusesEveryOtherText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Fen.parse(text));
        assertThat(Fen.isWellFormed(text)).isFalse();
    }

    @Test
    void addsWithoutLoss() {
        var random = new Random(11);

        for (int i = 0; i < 1_000; i++) {
            var one = Fen.of(random.nextLong(-1_000_000_000, 1_000_000_000));
            var two = Fen.of(random.nextLong(-1_000_000_000, 1_000_000_000));

            assertThat(one.plus(two).minus(two)).isEqualTo(one);
            assertThat(one.minus(two)).isEqualTo(two.minus(one).negated());
            assertThat(Fen.parse(one.yuan())).isEqualTo(one);
        }
    }

    @Test
    void neverOverflowsInSilence() {
        var most = Fen.of(Long.MAX_VALUE);
        var least = Fen.of(Long.MIN_VALUE);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(Fen.of(1)));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.minus(Fen.of(1)));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(least::negated);
        assertThat(least).hasToString("-92233720368547758.08");
    }
}
