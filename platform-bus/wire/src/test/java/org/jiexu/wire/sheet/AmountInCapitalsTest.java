package org.jiexu.wire.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jiexu.wire.vocabulary.Fen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R9.6")
class AmountInCapitalsTest {
    private static final long LARGEST = 99_999_999_999_999L;

    @ParameterizedTest
    @CsvSource({
        "0.00, 零元整",
        "0.01, 壹分",
        "0.10, 壹角整",
        "0.15, 壹角伍分",
        "1.00, 壹元整",
        "1409.50, 壹仟肆佰零玖元伍角整",
        "6007.14, 陆仟零柒元壹角肆分",
        "1680.32, 壹仟陆佰捌拾元零叁角贰分",
        "107000.53, 壹拾万柒仟元零伍角叁分",
        "16409.02, 壹万陆仟肆佰零玖元零贰分",
        "325.04, 叁佰贰拾伍元零肆分",
        "10.00, 壹拾元整",
        "100500.00, 壹拾万零伍佰元整",
        "20000.05, 贰万元零伍分",
        "10001.10, 壹万零壹元壹角整",
        "1070000.00, 壹佰零柒万元整",
        "10000000.00, 壹仟万元整",
        "100000000.00, 壹亿元整",
        "100005000.00, 壹亿零伍仟元整",
        "1070000000.00, 壹拾亿柒仟万元整",
        "100010001.00, 壹亿零壹万零壹元整",
        "999999999999.99, 玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"
    })
    void writesOneTextForEachAmount(String amount, String text) {
        assertThat(AmountInCapitals.write(Fen.parse(amount))).isEqualTo(text);
        assertThat(AmountInCapitals.read(text)).contains(Fen.parse(amount));
    }

    @ParameterizedTest
    @CsvSource({
        "人民币壹仟肆佰零玖元伍角, 1409.50",
        "人民币壹仟肆佰零玖圆伍角正, 1409.50",
        "人民币陆仟零柒元壹角肆分, 6007.14",
        "陆仟零零柒元壹角肆分, 6007.14",
        "人民币壹仟陆佰捌拾元零叁角贰分, 1680.32",
        "人民币壹仟陆佰捌拾元叁角贰分, 1680.32",
        "人民币壹拾万柒仟元零伍角叁分, 107000.53",
        "人民币壹拾万零柒仟元伍角叁分, 107000.53",
        "人民币壹拾万柒仟元伍角叁分, 107000.53",
        "壹拾万零柒仟元零伍角叁分, 107000.53",
        "人民币壹万陆仟肆佰零玖元零贰分, 16409.02",
        "人民币叁佰贰拾伍元零肆分, 325.04",
        "壹亿伍仟元整, 100005000.00",
        "壹佰圆整, 100.00",
        "壹佰圓正, 100.00",
        "壹佰元正, 100.00",
        "人民幣貳億零參萬陸仟圓整, 200036000.00",
        "叄元伍角, 3.50",
        "零圆整, 0.00",
        "零元伍角, 0.50",
        "零元零伍分, 0.05"
    })
    void readsEveryFormThatTheAnnexAllows(String text, String amount) {
        assertThat(AmountInCapitals.read(text)).contains(Fen.parse(amount));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "整",
                "元整",
                "人民币",
                "100.00",
                "壹佰元",
                "两佰元整",
                "二百元整",
                "拾元整",
                "壹拾",
                "佰元整",
                "壹佰元零整",
                "壹佰元伍分",
                "壹佰零元整",
                "壹佰元整整",
                "壹佰元伍毛",
                "壹佰元伍分整",
                "壹佰元零伍分正",
                "壹佰伍元整",
                "壹佰另伍元整",
                "壹佰〇伍元整",
                "壹仟零零零伍元整",
                "壹佰壹佰元整",
                "壹拾佰元整",
                "伍拾壹佰元整",
                "壹万万元整",
                "壹万亿元整",
                "壹亿万元整",
                "人民币 壹佰元整",
                "人民币人民币壹佰元整",
                "壹佰元整 ",
                "负壹佰元整",
                "壹佰元壹拾角",
                "零壹元整",
                "壹元零壹角",
                "伍分零元整"
            })
    void refusesWhatIsNoAllowedForm(String text) {
        assertThat(AmountInCapitals.read(text)).isEmpty();
    }

    @Test
    void readsBackWhatItWrites() {
        var random = new Random(20210943);

        var everyDigitShape = LongStream.range(0, 1 << 14).map(AmountInCapitalsTest::binaryDigits);
        var smallAmounts = LongStream.range(0, 20_000);
        var someOfAnySize = LongStream.generate(
                        () -> random.nextLong(LARGEST + 1) / (long) Math.pow(10, random.nextInt(14)))
                .limit(20_000);

        assertThat(LongStream.concat(everyDigitShape, LongStream.concat(smallAmounts, someOfAnySize)))
                .map(Fen::of)
                .allSatisfy(amount -> assertThat(AmountInCapitals.read(AmountInCapitals.write(amount)))
                        .contains(amount));
    }

    @Test
    void readsNoTextThatLacksAFigureOrAUnitAsTheSameAmount() {
        var random = new Random(7);

        for (int i = 0; i < 2_000; i++) {
            var amount = Fen.of(random.nextLong(LARGEST) / (long) Math.pow(10, random.nextInt(14)));
            var text = AmountInCapitals.write(amount);
            for (int at = 0; at < text.length(); at++) {
                if (text.charAt(at) != '零' && text.charAt(at) != '整') {
                    var shorter = text.substring(0, at) + text.substring(at + 1);
                    assertThat(AmountInCapitals.read(shorter)).isNotEqualTo(Optional.of(amount));
                }
            }
        }
    }

    @Test
    void writesNoAmountThatHasNoForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> AmountInCapitals.write(Fen.of(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> AmountInCapitals.write(Fen.of(LARGEST + 1)));
    }

    @Test
    void refusesALongTextAtOnce() {
        assertThat(AmountInCapitals.read("壹亿".repeat(100_000) + "元整")).isEmpty();
    }

    /** The bits of the number as decimal digits: every way to place zeros. */
    private static long binaryDigits(long bits) {
        long digits = 0;
        for (int place = 13; place >= 0; place--) {
            digits = digits * 10 + (bits >> place & 1);
        }
        return digits;
    }
}
