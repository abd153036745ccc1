package org.jiexu.wire.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    private static final RegionCode CHANGSHA = new RegionCode("430100");

    @ParameterizedTest
    @EnumSource(value = ServiceName.class, mode = EnumSource.Mode.EXCLUDE, names = "REGISTRY")
    void namesRegionAndService(ServiceName service) {
        var source = Source.of(CHANGSHA, service);

        assertThat(source).hasToString("/regions/430100/" + service.path());
        assertThat(Source.parse(source.toString())).isEqualTo(source);
    }

    @Test
    void namesTheRegistryWithoutARegion() {
        assertThat(Source.REGISTRY).hasToString("/registry");
        assertThat(Source.parse("/registry")).isEqualTo(Source.REGISTRY);
        assertThatIllegalArgumentException().isThrownBy(() -> Source.of(CHANGSHA, ServiceName.REGISTRY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Source(null, ServiceName.TRANSFER_IN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "registry",
                "/registry/",
                "/regions/430100",
                "/regions/430100/",
                "/regions/430100/registry",
                "/regions/430100/transfer-in/",
                "/regions/430100/TRANSFER_IN",
                "/regions/43010/transfer-in",
                "//430100/transfer-in",
                "x/regions/430100/transfer-in"
            })
    void refusesAnyOtherText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Source.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "43010", "4301000", "43010a", "A30100", " 430100", "４３０１００"})
    void knowsTheFormOfARegionCode(String text) {
        assertThat(RegionCode.isWellFormed(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RegionCode(text));
    }

    @Test
    void knowsTheProvinceOfARegion() {
        assertThat(CHANGSHA.province()).isEqualTo("430000");
        assertThat(CHANGSHA).isGreaterThan(new RegionCode("370800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "P00000000000", "P0000000000000", "Q000000000000", "p000000000001"})
    void knowsTheFormOfAPersonId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonId(text));
    }
}
