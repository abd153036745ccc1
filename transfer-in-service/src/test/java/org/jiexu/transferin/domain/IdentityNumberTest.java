package org.jiexu.transferin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.junit.jupiter.api.Test;

class IdentityNumberTest {
    @Test
    void tellsSexAndFullYears() {
        var certificate = Cases.certificate(1);

        assertThat(IdentityNumber.sex(certificate)).isEqualTo("1");
        assertThat(IdentityNumber.sex(Cases.certificate(2))).isEqualTo("2");
        assertThat(IdentityNumber.age(certificate, LocalDate.of(2025, 12, 31))).isEqualTo(45);
        assertThat(IdentityNumber.age(certificate, LocalDate.of(2026, 1, 1))).isEqualTo(46);
    }

    @Test
    void saysNothingWhereTheNumberDoesNot() {
        var passport = new Certificate(CertificateType.FOREIGN_PASSPORT, "E12345678");
        var seventeen = "90000019801301" + "001";
        var noDate = new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));

        assertThat(IdentityNumber.sex(passport)).isEqualTo("9");
        assertThat(IdentityNumber.age(passport, LocalDate.of(2026, 1, 1))).isNull();
        assertThat(IdentityNumber.age(noDate, LocalDate.of(2026, 1, 1))).isNull();
    }
}
