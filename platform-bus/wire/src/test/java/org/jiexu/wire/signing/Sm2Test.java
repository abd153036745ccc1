package org.jiexu.wire.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Random;
import org.jiexu.wire.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class Sm2Test {
    private static final Bytes MESSAGE = Bytes.ofUtf8("message digest");
    private static final Sm2KeyPair KEY = Sm2KeyPair.generate();

    /** GB/T 32918.5-2017, A.2: key and signature of the text "message digest". */
    private static final Sm2KeyPair STANDARD_KEY =
            Sm2KeyPair.ofPrivate(hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8"));

    @Test
    void agreesWithTheStandard() {
        assertThat(STANDARD_KEY.publicKey().encoded())
                .isEqualTo(hex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                        + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
        assertThat(STANDARD_KEY
                        .publicKey()
                        .verifies(
                                MESSAGE,
                                hex("3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                                        + "022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")))
                .isTrue();
        assertThat(Sm3.of(Bytes.ofUtf8("abc")).hex())
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @Test
    void verifiesWhatItSigned() {
        assertThat(KEY.publicKey().verifies(MESSAGE, KEY.sign(MESSAGE))).isTrue();
        assertThat(KEY.publicKey().verifies(Bytes.ofUtf8(""), KEY.sign(Bytes.ofUtf8(""))))
                .isTrue();
    }

    @Test
    void findsEveryFlippedByteOfTheMessageAndOfTheSignature() {
        var signature = KEY.sign(MESSAGE);

        for (int at = 0; at < MESSAGE.length(); at++) {
            assertThat(KEY.publicKey().verifies(flipped(MESSAGE, at), signature))
                    .isFalse();
        }
        for (int at = 0; at < signature.length(); at++) {
            assertThat(KEY.publicKey().verifies(MESSAGE, flipped(signature, at)))
                    .isFalse();
        }
    }

    @Test
    void refusesGarbageForASignature() {
        var random = new Random(5);

        for (int length = 0; length < 100; length++) {
            byte[] garbage = new byte[length];
            random.nextBytes(garbage);
            assertThat(KEY.publicKey().verifies(MESSAGE, Bytes.of(garbage))).isFalse();
        }
    }

    @Test
    void verifiesWithNoOtherKey() {
        assertThat(Sm2KeyPair.generate().publicKey().verifies(MESSAGE, KEY.sign(MESSAGE)))
                .isFalse();
    }

    @Test
    void namesAKeyByItsContent() {
        var again = Sm2PublicKey.of(KEY.publicKey().encoded());

        assertThat(again.keyId()).isEqualTo(KEY.publicKey().keyId()).matches("[0-9a-f]{16}");
        assertThat(again.verifies(MESSAGE, KEY.sign(MESSAGE))).isTrue();
        assertThat(Sm2KeyPair.generate().publicKey().keyId()).isNotEqualTo(again.keyId());
    }

    @Test
    void readsAKeyPairBackFromItsPrivateBytes() {
        var again = Sm2KeyPair.ofPrivate(KEY.privateBytes());

        assertThat(KEY.privateBytes().length()).isEqualTo(32);
        assertThat(again.publicKey().encoded()).isEqualTo(KEY.publicKey().encoded());
        assertThat(KEY.publicKey().verifies(MESSAGE, again.sign(MESSAGE))).isTrue();
    }

    @Test
    void refusesBytesThatAreNoKey() {
        var offTheCurve = flipped(KEY.publicKey().encoded(), 40);

        assertThatIllegalArgumentException().isThrownBy(() -> Sm2PublicKey.of(offTheCurve));
        assertThatIllegalArgumentException().isThrownBy(() -> Sm2PublicKey.of(hex("00")));
        assertThatIllegalArgumentException().isThrownBy(() -> Sm2PublicKey.of(Bytes.ofUtf8("")));
        assertThatIllegalArgumentException().isThrownBy(() -> Sm2KeyPair.ofPrivate(hex("00")));
        assertThatIllegalArgumentException().isThrownBy(() -> Sm2KeyPair.ofPrivate(hex("FF".repeat(32))));
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] content = bytes.toArray();
        content[at] ^= 1;
        return Bytes.of(content);
    }

    private static Bytes hex(String text) {
        return Bytes.of(HexFormat.of().parseHex(text));
    }
}
