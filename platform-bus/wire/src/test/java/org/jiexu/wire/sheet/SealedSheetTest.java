package org.jiexu.wire.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jiexu.wire.sheet.Sheets.aSheet;

import org.jiexu.wire.contract.WireJson;
import org.jiexu.wire.signing.Sm2KeyPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SealedSheetTest {
    private static final Sm2KeyPair KEY = Sm2KeyPair.generate();

    @Test
    void givesBackTheSheetThatWasSealed() {
        var sealed = SealedSheet.seal(aSheet(), KEY);

        assertThat(sealed.isSealedBy(KEY.publicKey())).isTrue();
        assertThat(sealed.keyId()).isEqualTo(KEY.publicKey().keyId());
        assertThat(sealed.read()).isEqualTo(aSheet());
    }

    @Test
    @Tag("R9.4")
    void breaksWithAnyChangeOfTheText() {
        var sealed = SealedSheet.seal(aSheet(), KEY);
        var richer = new SealedSheet(sealed.text().replace("1409.50", "9409.50"), sealed.keyId(), sealed.seal());
        var spaced = new SealedSheet(sealed.text() + " ", sealed.keyId(), sealed.seal());

        assertThat(richer.isSealedBy(KEY.publicKey())).isFalse();
        assertThat(spaced.isSealedBy(KEY.publicKey())).isFalse();
        assertThat(spaced.digest()).isNotEqualTo(sealed.digest());
    }

    @Test
    void isSealedByNobodyElse() {
        var sealed = SealedSheet.seal(aSheet(), KEY);
        var other = Sm2KeyPair.generate();
        var renamed = new SealedSheet(sealed.text(), other.publicKey().keyId(), sealed.seal());

        assertThat(sealed.isSealedBy(other.publicKey())).isFalse();
        assertThat(renamed.isSealedBy(other.publicKey())).isFalse();
        assertThat(renamed.isSealedBy(KEY.publicKey())).isFalse();
    }

    @Test
    void hasTheSameDigestForTheSameTextUnderAnyKey() {
        var one = SealedSheet.seal(aSheet(), KEY);
        var two = SealedSheet.seal(aSheet(), Sm2KeyPair.generate());

        assertThat(one.text()).isEqualTo(two.text());
        assertThat(one.digest()).isEqualTo(two.digest()).hasSize(64);
    }

    @Test
    void refusesATextThatIsNoSheet() {
        var sealed = SealedSheet.seal(aSheet(), KEY);
        var cut = new SealedSheet("{\"version\":1}", sealed.keyId(), sealed.seal());

        assertThatExceptionOfType(WireJson.Unreadable.class).isThrownBy(cut::read);
    }

    @Test
    void printsNothingAboutThePerson() {
        var sealed = SealedSheet.seal(aSheet(), KEY);

        assertThat(sealed + " " + aSheet())
                .doesNotContain("测试人", "经办员", Sheets.aCertificate().number());
    }
}
