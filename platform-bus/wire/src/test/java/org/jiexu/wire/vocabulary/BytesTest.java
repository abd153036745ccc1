package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @Test
    void areEqualByContent() {
        assertThat(Bytes.ofUtf8("信息表"))
                .isEqualTo(Bytes.ofUtf8("信息表"))
                .hasSameHashCodeAs(Bytes.ofUtf8("信息表"))
                .isNotEqualTo(Bytes.ofUtf8("凭证"));
    }

    @Test
    void doNotChangeWithTheArrayTheyCameFromOrGave() {
        byte[] given = {1, 2, 3};
        var bytes = Bytes.of(given);

        given[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void areReadBackFromTheirTexts() {
        var bytes = Bytes.ofUtf8("Jiexu");

        assertThat(bytes.base64()).isEqualTo("SmlleHU=");
        assertThat(Bytes.ofBase64("SmlleHU=")).isEqualTo(bytes);
        assertThat(bytes.hex()).isEqualTo("4a69657875");
        assertThat(bytes.utf8()).isEqualTo("Jiexu");
        assertThat(bytes.length()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SmlleHU", "SmlleHV=", "SmlleHU= ", "Sml\nleHU=", "#", "SmlleHU_"})
    void haveOneBase64TextOnly(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64(text));
    }

    @Test
    void neverPrintTheirContent() {
        assertThat(Bytes.ofUtf8("secret")).hasToString("6 bytes");
    }
}
