package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rulebook against {@code application-cases.md}, which a case worker can read and correct. */
@Tag("43-art-2")
@Tag("43-art-4")
@Tag("43-art-5")
@Tag("43-art-7")
@Tag("43-art-14")
@Tag("43-art-15")
@Tag("R1.1")
@Tag("R1.2")
@Tag("R1.3")
@Tag("R1.4")
@Tag("R1.5")
@Tag("R1.6")
@Tag("R2.2")
@Tag("R2.8")
@Tag("R3.7")
class ApplicationCasesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers(ApplicationCase line) {
        var verdict = Checks.judge(line.application(), line.facts());

        assertThat(ApplicationCase.told(verdict)).as(line.what()).isEqualTo(line.answer());
    }

    static Stream<ApplicationCase> answers() {
        return ApplicationCase.all();
    }

    @Test
    void everyGroundAndEveryKindStandsInTheTable() {
        var answers = ApplicationCase.all().map(ApplicationCase::answer).collect(Collectors.joining("\n"));

        assertThat(EnumSet.allOf(Ground.class))
                .allSatisfy(ground -> assertThat(answers).contains(ground.code()));
        assertThat(ApplicationCase.all()
                        .filter(line -> line.answer().startsWith("受理"))
                        .map(ApplicationCase::kind))
                .contains("职职", "居居", "职居", "居职");
        assertThat(ApplicationCase.all()).hasSizeGreaterThan(120);
    }
}
