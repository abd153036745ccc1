package org.jiexu.transferout.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.jiexu.wire.vocabulary.AccountWish;
import org.jiexu.wire.vocabulary.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the account: who says it, and who decides (R2.10, R11.4). */
class TermsTest {
    @ParameterizedTest(name = "{0} to {1}, said {2}, old region's rule {3}: {4}")
    @Tag("R2.10")
    @Tag("R11.4")
    @CsvSource({
        "EMPLOYEE, EMPLOYEE, MOVES, STAYS, MOVES",
        "EMPLOYEE, EMPLOYEE, MOVES, PAID_OUT, MOVES",
        "EMPLOYEE, EMPLOYEE, STAYS, STAYS, STAYS",
        "EMPLOYEE, EMPLOYEE, STAYS, PAID_OUT, PAID_OUT",
        "EMPLOYEE, EMPLOYEE, PAID_OUT, STAYS, STAYS",
        "EMPLOYEE, EMPLOYEE, PAID_OUT, PAID_OUT, PAID_OUT",
        "EMPLOYEE, RESIDENT, PAID_OUT, STAYS, PAID_OUT",
        "EMPLOYEE, RESIDENT, STAYS, PAID_OUT, STAYS",
        "EMPLOYEE, RESIDENT, MOVES, PAID_OUT, STAYS",
        "RESIDENT, EMPLOYEE, MOVES, PAID_OUT, STAYS",
        "RESIDENT, RESIDENT, PAID_OUT, PAID_OUT, STAYS"
    })
    void theAccountGoesWhere(Scheme from, Scheme to, AccountWish said, AccountWish left, AccountWish decided) {
        assertThat(Terms.of(from, to, said, false, left)).isEqualTo(new Terms(said, decided, false));
    }

    @Test
    void atOnceTheProvincesRuleStandsAsTheReceivingRegionSaysIt() {
        var terms = Terms.of(Scheme.EMPLOYEE, Scheme.EMPLOYEE, AccountWish.PAID_OUT, true, AccountWish.STAYS);

        assertThat(terms).isEqualTo(new Terms(AccountWish.PAID_OUT, AccountWish.PAID_OUT, true));
    }
}
