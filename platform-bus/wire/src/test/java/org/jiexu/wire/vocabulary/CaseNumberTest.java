package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R9.5")
class CaseNumberTest {
    private static final RegionCode CHANGSHA = new RegionCode("430100");
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

    @Test
    void saysRegionAndYear() {
        var number = CaseNumber.random(CHANGSHA, 2026, new Random(1));

        assertThat(number.value()).matches("430100-26-[2-9A-HJKMNP-TW-Z]{8}-[2-9A-HJKMNP-TW-Z]");
        assertThat(number.receivingRegion()).isEqualTo(CHANGSHA);
        assertThat(number).hasToString(number.value());
    }

    @Test
    void findsEverySingleWrongCharacter() {
        assertThat(someNumbers()).allSatisfy(number -> {
            for (int place = 0; place < number.length(); place++) {
                for (int i = 0; i < CHARACTERS.length(); i++) {
                    char other = CHARACTERS.charAt(i);
                    // Places of the region hold digits in every code in use.
                    if (other != number.charAt(place) && (place >= 6 || Character.isDigit(other))) {
                        var wrong = number.substring(0, place) + other + number.substring(place + 1);
                        assertThat(CaseNumber.isValid(wrong)).as(wrong).isFalse();
                    }
                }
            }
        });
    }

    @Test
    void findsEverySwapOfNeighbours() {
        assertThat(someNumbers()).allSatisfy(number -> {
            for (int place = 0; place + 1 < number.length(); place++) {
                assertSwapIsFound(number, place, place + 1);
                if (number.charAt(place + 1) == '-') {
                    assertSwapIsFound(number, place, place + 2);
                }
            }
        });
    }

    @Test
    void servesRegionsWithLettersToo() {
        var number = CaseNumber.random(new RegionCode("6590VZ"), 2026, new Random(3));

        assertThat(CaseNumber.isValid(number.value())).isTrue();
        assertThat(number.receivingRegion()).isEqualTo(new RegionCode("6590VZ"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "430100", "430100-26-7KQ4M2XD", "430100-26-7KQ4M2X0-9", "43010026-7KQ4M2XD-9", "null"})
    void refusesAnotherForm(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaseNumber(text))
                .withMessage("not a case number");
    }

    @Test
    void countsRemittancesFromOne() {
        var number = CaseNumber.random(CHANGSHA, 2026, new Random(1));
        var first = new RemittanceNumber(number, 1);

        assertThat(first).hasToString(number + "-1");
        assertThat(RemittanceNumber.parse(number + "-1")).isEqualTo(first);
        assertThat(RemittanceNumber.parse(number + "-12")).isEqualTo(new RemittanceNumber(number, 12));
        assertThat(first.next()).isEqualTo(new RemittanceNumber(number, 2)).isGreaterThan(first);
        assertThat(List.of(number + "", number + "-0", number + "-01", number + "-", number + "-1000000", "-1", ""))
                .allSatisfy(
                        text -> assertThatIllegalArgumentException().isThrownBy(() -> RemittanceNumber.parse(text)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RemittanceNumber(number, 0));
    }

    private static Stream<String> someNumbers() {
        var random = new Random(2021);
        return Stream.of("430100", "370800", "110000", "659001", "021439")
                .map(RegionCode::new)
                .flatMap(region -> Stream.generate(() -> CaseNumber.random(region, random.nextInt(2020, 2100), random)
                                .value())
                        .limit(30));
    }

    private static void assertSwapIsFound(String number, int one, int two) {
        var swapped = new StringBuilder(number);
        swapped.setCharAt(one, number.charAt(two));
        swapped.setCharAt(two, number.charAt(one));
        assertThat(swapped.toString().equals(number) || !CaseNumber.isValid(swapped.toString()))
                .as("%s is found", swapped)
                .isTrue();
    }
}
