package org.jiexu.wire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {
    record Said(String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000b", "\\\\\\u0000", "\\\"\\u0000"})
    void theCharacterZeroIsUnreadableWhereverItStands(String text) {
        assertThatThrownBy(() -> WireJson.read("{\"text\":\"" + text + "\"}", Said.class))
                .isInstanceOf(WireJson.Unreadable.class);
    }

    @Test
    void aBackslashBeforeSuchLettersIsText() {
        assertThat(WireJson.read("{\"text\":\"\\\\u0000\"}", Said.class)).isEqualTo(new Said("\\u0000"));
    }
}
