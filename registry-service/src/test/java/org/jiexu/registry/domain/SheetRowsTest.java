package org.jiexu.registry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Map;
import java.util.stream.Stream;
import org.jiexu.registry.domain.SheetRows.Agency;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.sheet.SheetScheme;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods are written from..to@agency, inherited and resulting rows from..to=months@agency. */
@Tag("43-art-12")
class SheetRowsTest {
    private static final Map<String, Agency> AGENCIES =
            Map.of("370899", new Agency("济宁市医疗保险事业中心", "370899"), "370830", new Agency("汶上县医疗保险管理中心", "370830"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one period                          | 2020-01..2020-12@370899                         |                           | 2020-01..2020-12=12@370899
        nothing paid                        |                                                 |                           | ''
        a break begins a new row            | 2020-01..2020-03@370899 2020-05..2020-06@370899 |                           | 2020-01..2020-03=3@370899 2020-05..2020-06=2@370899
        adjacent periods are one row        | 2020-04..2020-06@370899 2020-01..2020-03@370899 |                           | 2020-01..2020-06=6@370899
        another agency begins a new row     | 2020-01..2020-03@370899 2020-04..2020-06@370830 |                           | 2020-01..2020-03=3@370899 2020-04..2020-06=3@370830
        over the new year                   | 2020-11..2021-02@370899                         |                           | 2020-11..2021-02=4@370899
        the same months twice               | 2020-01..2020-06@370899 2020-03..2020-08@370899 |                           | 2020-01..2020-08=8@370899
        two agencies claim a month          | 2020-01..2020-06@370899 2020-05..2020-08@370830 |                           | 2020-01..2020-06=6@370899 2020-07..2020-08=2@370830
        inherited rows travel on            | 2021-01..2021-12@370899                         | 2019-01..2019-12=10@330199 | 2019-01..2019-12=10@330199 2021-01..2021-12=12@370899
        inherited rows are never merged     | 2020-01..2020-12@370899                         | 2019-01..2019-12=12@370899 | 2019-01..2019-12=12@370899 2020-01..2020-12=12@370899
        inherited months are counted once   | 2019-11..2020-06@370899                         | 2019-01..2019-12=12@330199 | 2019-01..2019-12=12@330199 2020-01..2020-06=6@370899
        inherited in the middle cuts in two | 2019-01..2019-12@370899                         | 2019-05..2019-06=2@330199  | 2019-01..2019-04=4@370899 2019-05..2019-06=2@330199 2019-07..2019-12=6@370899
        two sheets claim the same months    |                                                 | 2019-01..2019-06=6@330199 2019-04..2019-09=5@330299 | 2019-01..2019-06=6@330199 2019-07..2019-09=3@330299
        one sheet inside another            |                                                 | 2019-01..2019-12=12@330199 2019-04..2019-05=2@330299 | 2019-01..2019-12=12@330199
        """)
    @Tag("R5.1")
    @Tag("R5.4")
    void writesRowsInTimeOrder(String when, @Nullable String own, @Nullable String inherited, String expected) {
        var paid = PaidMonths.of(words(own).map(SheetRowsTest::period).toList()).periods();

        var rows = SheetRows.of(
                Scheme.EMPLOYEE,
                paid,
                AGENCIES,
                words(inherited).map(SheetRowsTest::row).toList());

        assertThat(rows.stream().map(SheetRowsTest::text))
                .as(when)
                .containsExactlyElementsOf(words(expected).toList());
        assertThat(rows.stream().map(SheetRow::no))
                .containsExactlyElementsOf(
                        Stream.iterate(1, n -> n + 1).limit(rows.size()).toList());
    }

    private static Stream<String> words(@Nullable String text) {
        return text == null || text.isEmpty() ? Stream.of() : Stream.of(text.split(" "));
    }

    private static PaidPeriod period(String text) {
        return new PaidPeriod(
                YearMonth.parse(text.substring(0, 7)), YearMonth.parse(text.substring(9, 16)), text.substring(17));
    }

    private static SheetRow row(String text) {
        var months = text.substring(17).split("@");
        return new SheetRow(
                1,
                YearMonth.parse(text.substring(0, 7)),
                YearMonth.parse(text.substring(9, 16)),
                SheetScheme.EMPLOYEE,
                Integer.parseInt(months[0]),
                "原经办机构",
                months[1],
                null);
    }

    private static String text(SheetRow row) {
        return row.from() + ".." + row.to() + "=" + row.months() + "@" + row.agencyRegion();
    }
}
