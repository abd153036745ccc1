package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {
    /** Printed as examples in GB 11643 and in the announcements of the two other cards. */
    @ParameterizedTest
    @CsvSource({
        "IDENTITY_CARD, 11010519491231002X",
        "IDENTITY_CARD, 11010519491231002x",
        "IDENTITY_CARD, 440524188001010014",
        "RESIDENCE_PERMIT, 810000199408230021",
        "RESIDENCE_PERMIT, 830000199201300022",
        "PERMANENT_RESIDENCE, 911124198108030024",
        "PERMANENT_RESIDENCE, CHN110081102501",
        "FOREIGN_PASSPORT, E12345678",
        "HONG_KONG_PERMIT, H1234567890"
    })
    void isWellFormed(CertificateType type, String number) {
        assertThat(new Certificate(type, number).isWellFormed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTITY_CARD, 110105194912310021",
        "IDENTITY_CARD, 11010519491231020X",
        "IDENTITY_CARD, 1101051949123100",
        "IDENTITY_CARD, 110105194912310O2X",
        "IDENTITY_CARD, X1010519491231002X",
        "IDENTITY_CARD, ''",
        "RESIDENCE_PERMIT, 810000199408230022",
        "PERMANENT_RESIDENCE, 11010519491231002X",
        "PERMANENT_RESIDENCE, CHN11008110250",
        "FOREIGN_PASSPORT, E1 345678",
        "OTHER, 123"
    })
    void isNotWellFormed(CertificateType type, String number) {
        assertThat(new Certificate(type, number).isWellFormed()).isFalse();
    }

    @Test
    @Tag("R12.1")
    void findsEveryWrongDigitAndEverySwapOfNeighbours() {
        var number = "11010519491231002X";

        for (int place = 0; place < 17; place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                var wrong = number.substring(0, place) + digit + number.substring(place + 1);
                assertThat(identityCard(wrong).isWellFormed()).isEqualTo(wrong.equals(number));
            }
            var swapped = number.substring(0, place)
                    + number.charAt(place + 1)
                    + number.charAt(place)
                    + number.substring(place + 2);
            assertThat(identityCard(swapped).isWellFormed()).isEqualTo(swapped.equals(number));
        }
    }

    @Test
    @Tag("R12.1")
    void isComparedWithoutRegardToCase() {
        assertThat(identityCard("11010519491231002x"))
                .isEqualTo(identityCard("11010519491231002X".toUpperCase(Locale.ROOT)));
    }

    @Test
    void neverPrintsTheNumber() {
        var certificate = identityCard("11010519491231002X");

        assertThat(certificate.masked()).isEqualTo("**************002X");
        assertThat(certificate).hasToString("01:**************002X");
        assertThat(new Certificate(CertificateType.OTHER, "AB12").masked()).isEqualTo("**12");
        assertThat(new Certificate(CertificateType.OTHER, "A").masked()).isEqualTo("*");
    }

    private static Certificate identityCard(String number) {
        return new Certificate(CertificateType.IDENTITY_CARD, number);
    }
}
