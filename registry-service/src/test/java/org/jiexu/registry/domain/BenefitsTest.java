package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jiexu.registry.domain.Benefits.Decision;
import org.jiexu.registry.domain.Benefits.Move;
import org.jiexu.registry.domain.Benefits.Rule;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last month paid in the old region is always 2026-03. */
@Tag("43-art-11")
class BenefitsTest {
    private static final YearMonth LAST = YearMonth.of(2026, 3);
    private static final Waiting SIX = Waiting.of("6", "43号 Art. 11");
    private static final Waiting RESIDENTS = Waiting.of("3,1,4,6", "国办发〔2024〕38号");
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 14);

    @Test
    @Tag("R8.1")
    void withoutABreakThereIsNoWaiting() {
        var decision = decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 2, "2026-04"), SIX);

        assertThat(decision)
                .isEqualTo(new Decision(
                        Rule.NO_GAP,
                        LAST,
                        YearMonth.of(2026, 4),
                        0,
                        0,
                        YearMonth.of(2026, 4),
                        null,
                        false,
                        null,
                        null,
                        2,
                        "缴费没有中断，不设待遇享受等待期。",
                        null));
    }

    @Test
    @Tag("R8.1")
    void aBreakOfThreeMonthsPaidBackIsCoveredInRetrospect() {
        var decision =
                decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 2, "2026-04+ 2026-05+ 2026-06+ 2026-07 2026-08"), SIX);

        assertThat(decision)
                .isEqualTo(new Decision(
                        Rule.SHORT_GAP_PAID_BACK,
                        LAST,
                        YearMonth.of(2026, 7),
                        3,
                        0,
                        YearMonth.of(2026, 7),
                        null,
                        false,
                        null,
                        YearMonth.of(2026, 4),
                        2,
                        "中断缴费3个月，未超过3个月，已经补缴，不设待遇享受等待期，中断期间的待遇可以追溯享受。",
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07 2026-08", "2026-04+ 2026-06+ 2026-07"})
    @Tag("R8.1")
    @Tag("R8.2")
    void aBreakOfThreeMonthsNotWhollyPaidBackFollowsTheRegionsRule(String paid) {
        var decision = decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 2, paid), SIX);

        assertThat(decision)
                .isEqualTo(new Decision(
                        Rule.SHORT_GAP_NOT_PAID_BACK,
                        LAST,
                        YearMonth.of(2026, 7),
                        3,
                        6,
                        YearMonth.of(2027, 1),
                        null,
                        true,
                        LocalDate.of(2026, 10, 31),
                        null,
                        2,
                        "中断缴费3个月，未超过3个月，尚未补缴，按参保地规定，待遇享受等待期为6个月；2026年10月31日（含）前补缴的，不设等待期，中断期间的待遇可以追溯享受。",
                        "43号 Art. 11"));
    }

    @ParameterizedTest
    @CsvSource({"2026-10-31, true", "2026-11-01, false"})
    @Tag("R8.4")
    void backPaymentIsPossibleThroughItsLastDay(LocalDate today, boolean possible) {
        var decision = Benefits.decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 2, "2026-07"), SIX, 3, today);

        assertThat(decision.backPaymentPossible()).isEqualTo(possible);
        assertThat(decision.waitingMonths()).isEqualTo(6);
    }

    @Test
    @Tag("R8.2")
    void aBreakOfFourMonthsFollowsTheRegionsRule() {
        var decision = decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 60, "2026-08"), Waiting.of("2", "某地规定"));

        assertThat(decision)
                .isEqualTo(new Decision(
                        Rule.LONG_GAP,
                        LAST,
                        YearMonth.of(2026, 8),
                        4,
                        2,
                        YearMonth.of(2026, 10),
                        null,
                        false,
                        null,
                        null,
                        60,
                        "中断缴费4个月，超过3个月，按参保地规定，待遇享受等待期为2个月。",
                        "某地规定"));
    }

    @Test
    @Tag("R8.3")
    void betweenSchemesTwentyThreeMonthsInARowAreTooFew() {
        var decision = decide(move(Scheme.RESIDENT, Scheme.EMPLOYEE, 23, "2026-04"), SIX);

        assertThat(decision.rule()).isEqualTo(Rule.FEWER_THAN_TWO_YEARS);
        assertThat(decision.benefitsFrom()).isEqualTo(YearMonth.of(2026, 10));
        assertThat(decision.words()).contains("23/24");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04, NO_GAP, 0",
        "2026-07, SHORT_GAP_NOT_PAID_BACK, 6",
        "2026-04+ 2026-05+ 2026-06+ 2026-07, SHORT_GAP_PAID_BACK, 0",
        "2026-08, LONG_GAP, 6"
    })
    @Tag("R8.3")
    void betweenSchemesTwentyFourMonthsInARowAreEnough(String paid, Rule rule, int waiting) {
        var decision = decide(move(Scheme.RESIDENT, Scheme.EMPLOYEE, 24, paid), SIX);

        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.waitingMonths()).isEqualTo(waiting);
    }

    @ParameterizedTest
    @CsvSource({"2026-06, 3", "2027-01, 3", "2028-01, 3", "2029-01, 4", "2030-01, 5", "2031-01, 6", "2032-01, 7"})
    @Tag("R8.2")
    void residentsWaitThreeMonthsAndOneMoreForEachFurtherMissedYear(String firstPaid, int waiting) {
        var decision = decide(move(Scheme.RESIDENT, Scheme.RESIDENT, 60, firstPaid), RESIDENTS);

        assertThat(decision.rule()).isEqualTo(Rule.RESIDENT_RULE);
        assertThat(decision.waitingMonths()).isEqualTo(waiting);
    }

    @Test
    @Tag("R8.2")
    void residentsWaitAtLeastSixMonthsAfterFourMissedYears() {
        assertThat(Waiting.of("2,1,4,6", "某地规定").months(4)).isEqualTo(6);
        assertThat(Waiting.of("2,1,4,6", "某地规定").months(3)).isEqualTo(4);
        assertThat(RESIDENTS.months(0)).isEqualTo(3);
    }

    @Test
    @Tag("R8.0")
    void isOpenUntilSomethingIsPaidInTheNewRegion() {
        var decision = decide(move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, 2, "2026-01 2026-02"), SIX);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.firstPaymentBy()).isEqualTo(YearMonth.of(2026, 7));
        assertThat(decision.benefitsFrom()).isNull();
        assertThat(decision.words()).contains("2026年7月");
    }

    @Test
    @Tag("R8.0")
    void withNoMonthPaidBeforeTheRegionsRuleHolds() {
        var move = new Move(Scheme.EMPLOYEE, Scheme.EMPLOYEE, null, months("2026-07"), new TreeMap<>(), 0);

        assertThat(decide(move, SIX).rule()).isEqualTo(Rule.NOTHING_PAID_BEFORE);
        assertThat(decide(move, SIX).benefitsFrom()).isEqualTo(YearMonth.of(2027, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "3,1,4,6", "12"})
    @Tag("R8.2")
    void aRuleThatMayExceedSixMonthsIsKnownAsSuch(String policy) {
        assertThat(Waiting.of(policy, "某地规定").mayExceedSixMonths()).isTrue();
        assertThat(SIX.mayExceedSixMonths()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "six", "-1", "3,1", "3,1,4,6,7", "99"})
    void whatIsNoWaitingPeriodIsRefused(String policy) {
        assertThatIllegalArgumentException().isThrownBy(() -> Waiting.of(policy, "某地规定"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    /** The law said again, as a count over a set of months. */
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhateverWasPaid(int seed) {
        var random = new Random(seed);
        var from = random.nextBoolean() ? Scheme.EMPLOYEE : Scheme.RESIDENT;
        var to = random.nextBoolean() ? Scheme.EMPLOYEE : Scheme.RESIDENT;
        var paid = new TreeSet<YearMonth>();
        var back = new TreeMap<YearMonth, YearMonth>();
        for (int i = -3; i < 12; i++) {
            if (random.nextInt(3) == 0) {
                paid.add(LAST.plusMonths(i));
                if (random.nextBoolean()) {
                    back.put(LAST.plusMonths(i), LAST.plusMonths(12));
                }
            }
        }
        int inARow = random.nextInt(48);
        var waiting = to == Scheme.EMPLOYEE ? SIX : RESIDENTS;

        var decision = Benefits.decide(new Move(from, to, LAST, paid, back, inARow), waiting, 3, TODAY);

        var inTurn = new TreeSet<>(paid);
        inTurn.removeAll(back.keySet());
        var first = inTurn.higher(LAST);
        assertThat(decision.firstPaid()).isEqualTo(first);
        assertThat(decision.isOpen()).isEqualTo(first == null);
        if (first != null) {
            var missing = Stream.iterate(LAST.plusMonths(1), month -> month.isBefore(first), m -> m.plusMonths(1))
                    .toList();
            boolean mended = missing.size() <= 3
                    && back.keySet().containsAll(missing)
                    && (from == to ? to == Scheme.EMPLOYEE || missing.isEmpty() : inARow >= 24);
            assertThat(decision.gapMonths()).isEqualTo(missing.size());
            assertThat(waits(decision) == 0).isEqualTo(mended);
            assertThat(decision.benefitsFrom()).isEqualTo(first.plusMonths(waits(decision)));
            assertThat(decision.coveredFrom() != null).isEqualTo(mended && !missing.isEmpty());
            assertThat(waits(decision)).isLessThanOrEqualTo(6);
            assertThat(decision.backPaymentPossible() && waits(decision) == 0).isFalse();
        }
    }

    private static int waits(Decision decision) {
        var waiting = decision.waitingMonths();
        return waiting == null ? 0 : waiting;
    }

    private static Decision decide(Move move, Waiting waiting) {
        return Benefits.decide(move, waiting, 3, TODAY);
    }

    /** Months paid here; those with a plus were paid back in 2026-09. */
    private static Move move(Scheme from, Scheme to, int inARow, String paid) {
        var back = new TreeMap<YearMonth, YearMonth>();
        List.of(paid.split(" ")).stream()
                .filter(month -> month.endsWith("+"))
                .forEach(month -> back.put(YearMonth.parse(month.replace("+", "")), YearMonth.of(2026, 9)));
        return new Move(from, to, LAST, months(paid), back, inARow);
    }

    private static NavigableSet<YearMonth> months(@Nullable String paid) {
        var months = new TreeSet<YearMonth>();
        Stream.of((paid == null ? "" : paid).split(" "))
                .forEach(month -> months.add(YearMonth.parse(month.replace("+", ""))));
        return months;
    }
}
