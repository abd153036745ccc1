package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.registry.RunningRegistry.CHANGSHA;
import static org.jiexu.registry.RunningRegistry.JINING;
import static org.jiexu.registry.RunningRegistry.participation;

import org.jiexu.wire.vocabulary.RegionCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Who has left 长沙, and is insured in 株洲 of the same province now. */
@Tag("R6.4")
class WhereaboutsStory {
    private static final RegionCode ZHUZHOU = new RegionCode("430200");

    private final RunningRegistry registry = RunningRegistry.shared();

    @Test
    void areToldOfThoseWhoHaveMovedInsideTheProvince() {
        var moved = somebody("4", ZHUZHOU);
        var paused = somebody("2", ZHUZHOU);
        var farAway = somebody("4", JINING);

        var answer = registry.post(
                registry.issuer.service(), "/internal/whereabouts", """
                    {"region": "430100", "persons": ["%s", "%s", "%s"]}
                    """.formatted(moved, paused, farAway));

        assertThat(answer.body()).isEqualTo(JsonMapper.shared().readTree("""
            {"moved": [{"person": "%s", "region": "430200"}]}
            """.formatted(moved)));
    }

    private String somebody(String statusInChangsha, RegionCode now) {
        var certificate = registry.certificate();
        registry.importPerson(certificate, "苏小妹", CHANGSHA, participation(statusInChangsha, ""));
        return registry.importPerson(certificate, "苏小妹", now, participation("1", ""));
    }
}
