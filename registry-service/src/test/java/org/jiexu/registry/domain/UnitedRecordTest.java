package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jiexu.registry.domain.UnitedRecord.Period;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R1.4")
class UnitedRecordTest {
    private static final YearMonth START = YearMonth.of(2015, 1);

    @Test
    void overlappingMonthsCountOnceAndWhatStandsOnASheetStays() {
        var kept = List.of(period(0, 11, "430199", null, null), period(12, 17, "430199", "S1", "S1"));
        var merged = List.of(period(6, 14, "430133", null, null), period(16, 20, "430133", "S2", "S2"));

        assertThat(UnitedRecord.of(kept, merged))
                .containsExactly(
                        period(12, 17, "430199", "S1", "S1"),
                        period(18, 20, "430133", "S2", "S2"),
                        period(0, 11, "430199", null, null));
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMonthIsLostAndNoneStandsTwice(int seed) {
        var random = new Random(seed);
        var kept = record(random, "430199");
        var merged = record(random, "430133");

        var united = UnitedRecord.of(kept, merged);

        var all = new TreeSet<>(months(kept));
        all.addAll(months(merged));
        assertThat(new TreeSet<>(months(united))).isEqualTo(all);
        assertThat(new HashSet<>(months(united))).hasSize(months(united).size());
        assertThat(gone(united)).isEqualTo(union(gone(kept), gone(merged)));
    }

    @ParameterizedTest
    @CsvSource({
        "430103900101001, 01, true",
        "430103900101001, 99, true",
        "430103900101002, 99, false",
        "430103900101001, 08, false",
        "43010390010100, 99, false"
    })
    @Tag("R6.2")
    void onlyTheExactOldFormIsTheSameNumber(String old, String type, boolean isSame) {
        var seventeen = "43010319900101001";
        var identity = new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));

        assertThat(MergeGround.isOldForm(new Certificate(CertificateType.ofCode(type), old), identity))
                .isEqualTo(isSame);
    }

    @Test
    @Tag("R6.2")
    void nobodyBornInThisCenturyHasAnOldNumber() {
        var seventeen = "43010320030101001";
        var identity = new Certificate(CertificateType.IDENTITY_CARD, seventeen + Certificate.checkDigit(seventeen));

        assertThat(MergeGround.isOldForm(new Certificate(CertificateType.OTHER, "430103030101001"), identity))
                .isFalse();
    }

    /** As a relationship has it: no month twice. */
    private static List<Period> record(Random random, String agency) {
        var periods = new ArrayList<Period>();
        int at = random.nextInt(4);
        while (at < 40) {
            int length = 1 + random.nextInt(8);
            var by = random.nextBoolean() ? null : "S" + random.nextInt(3);
            periods.add(period(at, at + length - 1, agency, by, by));
            at += length + 1 + random.nextInt(4);
        }
        return periods;
    }

    private static List<YearMonth> months(List<Period> periods) {
        return periods.stream()
                .flatMap(period -> PaidMonths.monthsOf(period.period()).stream())
                .toList();
    }

    private static Set<YearMonth> gone(List<Period> periods) {
        return new HashSet<>(months(periods.stream()
                .filter(period -> period.transferredBy() != null)
                .toList()));
    }

    private static Set<YearMonth> union(Set<YearMonth> one, Set<YearMonth> other) {
        return IntStream.range(0, 60)
                .mapToObj(START::plusMonths)
                .filter(month -> one.contains(month) || other.contains(month))
                .collect(Collectors.toSet());
    }

    private static Period period(int from, int to, String agency, @Nullable String onSheet, @Nullable String by) {
        return new Period(new PaidPeriod(START.plusMonths(from), START.plusMonths(to), agency), onSheet, by);
    }
}
