package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jiexu.registry.domain.Checks.Verdict;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.jiexu.wire.vocabulary.CodedReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reasons say; which of them stand is in {@code application-cases.md}. */
@Tag("43-art-7")
class ChecksTest {

    @Test
    void namesTheOpenTransfer() {
        assertThat(message("中止", "在保", "在办")).contains(ApplicationCase.OPEN.value());
    }

    @Test
    void namesTheRegionsWhereThePersonIsStillInsured() {
        assertThat(message("中止", "在保", "在保于杭州", "在保于株洲")).contains("杭州市、株洲市");
    }

    @Test
    void tellsTheBasisOfALocalGround() {
        assertThat(message("中止 欠费", "在保", "转出启用欠费")).contains("依据：示例市经办规程第三条");
    }

    @Test
    void tellsWhyAWishWasRefused() {
        var reasons = reasons(line("在保", "在保", "联办", "拒停"));

        assertThat(reasons.getLast().message()).contains("暂停参保未办理，须先办理减员");
    }

    @Test
    void everyGroundHasABasisASentenceAndARemedy() {
        assertThat(Ground.values()).allSatisfy(ground -> {
            assertThat(ground.basis()).isNotBlank();
            assertThat(ground.message()).isNotBlank();
            assertThat(ground.remedy()).isNotBlank();
        });
    }

    @Test
    void printsNoName() {
        var line = line("中止", "在保");

        assertThat(line.application().toString() + line.facts()).doesNotContain(ApplicationCase.NAME);
    }

    /** 43号 Art. 15: no region adds a condition that the rulebook does not know. */
    @ParameterizedTest
    @Tag("43-art-15")
    @CsvSource({
        "ground.ARREARS, true, 规程, ''",
        "ground.ARREARS, false, 规程, ''",
        "ground.ARREARS, yes, 规程, its value is neither true nor false",
        "ground.ARREARS, true, ' ', it names no legal basis",
        "ground.NO_DEBT_ANYWHERE, true, 规程, there is no such ground",
        "ground.RETIREE, false, 规程, that ground is always on",
        "resident.sameYear, accept, 规程, ''",
        "resident.sameYear, sometimes, 规程, its value is neither refuse nor accept",
        "issue.workingDays, 8, 规程, ''",
    })
    void aPolicyThatTheRulebookDoesNotKnowIsRefused(String name, String value, String basis, String fault) {
        var policy = new PolicyDatedV1(name, "430100", value, java.time.LocalDate.of(2026, 1, 1), null, basis);

        assertThat(CheckPolicies.fault(policy).orElse("")).isEqualTo(fault);
    }

    private static String message(String old, String here, String... other) {
        return reasons(line(old, here, other)).getFirst().message();
    }

    private static List<CodedReason> reasons(ApplicationCase line) {
        return switch (Checks.judge(line.application(), line.facts())) {
            case Verdict.Acceptable _ -> List.of();
            case Verdict.Waiting(var reasons, var _) -> reasons;
            case Verdict.Refused(var reasons) -> reasons;
        };
    }

    private static ApplicationCase line(String old, String here, String... other) {
        return new ApplicationCase("", "职职", "济宁→长沙", "本人", old, here, List.of(other), "");
    }
}
