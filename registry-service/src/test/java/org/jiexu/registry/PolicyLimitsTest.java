package org.jiexu.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.jiexu.bus.directory.Policies;
import org.jiexu.wire.contract.PolicyDatedV1;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R8.2")
class PolicyLimitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        benefits.employee.waitingMonths | 6       | 某市规定
        benefits.employee.waitingMonths | 0       | 某市规定
        benefits.resident.waitingMonths | 3,1,4,6 | 国办发〔2024〕38号
        benefits.resident.waitingMonths | 12      | 某市规定
        benefits.backPaymentMonths      | 0       | 某市规定
        issue.workingDays               | 10      | 43号 Art. 8
        issue.workingDays               | 3       | 某市承诺
        book.workingDays                | 5       | 43号 Art. 9
        promise.workingDays             | 10      | 某市承诺
        supplement.workingDays          | 60      | 某市规定
        deadline.escalation             | 0       | 某省规定
        warn.workingDays                | 5, 3,1  | 某市规定
        """)
    void loadsWhatTheNationalMeasureAllows(String name, String value, String basis) {
        var policy = policy(name, value, basis);

        assertThat(PolicyLimits.checked(policy)).isSameAs(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        benefits.employee.waitingMonths | 7        | 某市规定
        benefits.employee.waitingMonths | 3,1,4,6  | 某市规定
        benefits.employee.waitingMonths | none     | 某市规定
        benefits.resident.waitingMonths | 12       | ''
        benefits.resident.waitingMonths | 3,1      | 某市规定
        benefits.backPaymentMonths      | forever  | 某市规定
        issue.workingDays               | 11       | 某市规定
        book.workingDays                | 6        | 某市规定
        promise.workingDays             | 16       | 某市规定
        issue.workingDays               | 0        | 某市规定
        correct.workingDays             | soon     | 某市规定
        deadline.escalation             | soon     | 某省规定
        warn.workingDays                | 3,0      | 某市规定
        """)
    @Tag("R4.4")
    void refusesWhatStandsAgainstIt(String name, String value, String basis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyLimits.checked(policy(name, value, basis)))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "benefits.employee.waitingMonths",
        "benefits.resident.waitingMonths",
        "benefits.backPaymentMonths",
        "byHand.personCeiling",
        "byHand.batchCeiling"
    })
    void theStandardsThemselvesAreAllowed(String name) {
        var policy = policy(name, Policies.standard(name), "43号 Art. 11");

        assertThat(PolicyLimits.checked(policy)).isSameAs(policy);
    }

    @ParameterizedTest
    @CsvSource({"byHand.personCeiling, 100000", "byHand.batchCeiling, -1.00", "byHand.batchCeiling, none"})
    void aCeilingIsAnAmount(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyLimits.checked(policy(name, value, "")))
                .withMessageContaining("R11.5");
    }

    private static PolicyDatedV1 policy(String name, String value, String basis) {
        return new PolicyDatedV1(name, "430100", value, LocalDate.of(2026, 1, 1), null, basis);
    }
}
