package org.jiexu.wire.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jiexu.wire.sheet.Sheets.aFoot;
import static org.jiexu.wire.sheet.Sheets.aRow;
import static org.jiexu.wire.sheet.Sheets.aSheet;
import static org.jiexu.wire.sheet.Sheets.aSheetWith;

import java.time.YearMonth;
import java.util.List;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SheetRulesTest {
    private static final SheetRow A_YEAR = aRow(1, "2020-01", "2020-12", 12);

    @Test
    void findsNothingWrongWithAGoodSheet() {
        assertThat(SheetRules.faults(aSheet())).isEmpty();
    }

    @Nested
    @Tag("R5.1")
    class Rows {
        @Test
        void areNumberedFromOne() {
            assertThat(codes(aRow(2, "2020-01", "2020-12", 12), aRow(3, "2021-01", "2021-12", 12)))
                    .containsExactly("ROW_NUMBERING");
        }

        @Test
        void stayInTimeOrder() {
            assertThat(codes(aRow(1, "2021-01", "2021-12", 12), aRow(2, "2020-01", "2020-12", 12)))
                    .containsExactly("ROWS_ORDER");
        }

        @Test
        void beginBeforeTheyEnd() {
            assertThat(codes(aRow(1, "2021-02", "2021-01", 0))).containsExactly("ROW_PERIOD");
        }

        @Test
        void sayInARemarkWhatAnotherSchemeIs() {
            assertThat(codes(other(null))).containsExactly("REMARK_MISSING");
            assertThat(codes(other(" "))).containsExactly("REMARK_MISSING");
            assertThat(codes(other("公费医疗"))).isEmpty();
        }

        @Test
        void nameTheirAgencyAndItsCode() {
            assertThat(codes(collectedBy(" ", "370800"))).containsExactly("AGENCY_MISSING");
            assertThat(codes(collectedBy("济宁市医疗保障事业中心", "3708"))).containsExactly("AGENCY_MISSING");
        }

        private SheetRow other(@Nullable String remark) {
            var row = A_YEAR;
            return new SheetRow(
                    1,
                    row.from(),
                    row.to(),
                    SheetScheme.OTHER,
                    row.months(),
                    row.agencyName(),
                    row.agencyRegion(),
                    remark);
        }

        private SheetRow collectedBy(String agency, String region) {
            var row = A_YEAR;
            return new SheetRow(1, row.from(), row.to(), row.scheme(), row.months(), agency, region, null);
        }
    }

    @Nested
    @Tag("R5.3")
    class Months {
        @Test
        void areAtMostTheCalendarMonthsOfTheRow() {
            assertThat(codes(aRow(1, "2020-01", "2020-12", 12))).isEmpty();
            assertThat(codes(aRow(1, "2020-01", "2020-12", 13))).containsExactly("ROW_MONTHS");
            assertThat(codes(aRow(1, "2020-01", "2020-01", 1))).isEmpty();
            assertThat(codes(aRow(1, "2020-01", "2020-12", 0))).isEmpty();
            assertThat(codes(aRow(1, "2020-01", "2020-12", -1))).containsExactly("ROW_MONTHS");
        }

        @Test
        void standInOneRowEach() {
            assertThat(codes(aRow(1, "2020-01", "2020-06", 6), aRow(2, "2020-06", "2020-12", 7)))
                    .containsExactly("ROWS_OVERLAP");
            assertThat(codes(aRow(1, "2020-01", "2020-06", 6), aRow(2, "2020-01", "2020-06", 6)))
                    .containsExactly("ROWS_OVERLAP");
            assertThat(codes(aRow(1, "2020-01", "2020-06", 6), aRow(2, "2020-07", "2020-12", 6)))
                    .isEmpty();
        }

        @Test
        void areFoundTwiceAlsoAcrossARowBetween() {
            var sheet = aSheetWith(
                    aRow(1, "2020-01", "2022-12", 36),
                    aRow(2, "2020-02", "2020-03", 2),
                    aRow(3, "2022-01", "2022-02", 2),
                    aRow(4, "2023-01", "2023-02", 2));

            assertThat(SheetRules.faults(sheet))
                    .extracting(CodedReason::message)
                    .containsExactly("第1、2、3行的起止年月互相重叠。");
        }
    }

    @Nested
    @Tag("R5.2")
    class Foot {
        @Test
        void statesTheSameAmountTwice() {
            assertThat(codes(aFoot("1409.50", "壹仟肆佰零玖元陆角整"))).containsExactly("CAPITALS_DIFFER");
            assertThat(codes(aFoot("1409.50", "1409.50"))).containsExactly("CAPITALS_DIFFER");
            assertThat(codes(aFoot("1409.50", "人民币壹仟肆佰零玖圆伍角正"))).isEmpty();
        }

        @Test
        void statesNoNegativeAmount() {
            assertThat(codes(aFoot("-0.01", "负壹分"))).containsExactly("AMOUNT_NEGATIVE");
        }

        @Test
        void namesTheAgency() {
            var foot = aFoot("0.00", "零元整");

            assertThat(codes(new InfoSheet.Foot(
                            foot.amountInCapitals(), foot.amount(), foot.clerk(), foot.telephone(), " ", foot.date())))
                    .containsExactly("AGENCY_MISSING");
        }

        private List<String> codes(InfoSheet.Foot foot) {
            return SheetRulesTest.codes(aSheetWith(foot));
        }
    }

    @Test
    void lacksRowsOnlyWhenThereIsNoMoneyEither() {
        var sheet = aSheetWith();
        var penniless = new InfoSheet(
                sheet.caseNumber(),
                sheet.version(),
                sheet.from(),
                sheet.to(),
                sheet.head(),
                List.of(),
                aFoot("0.00", "零元整"));

        assertThat(codes(sheet)).isEmpty();
        assertThat(codes(penniless)).containsExactly("NO_ROWS");
    }

    @Test
    void tellsAllFaultsAtOnceWithARemedyEach() {
        var rows = List.of(
                new SheetRow(7, YearMonth.of(2021, 1), YearMonth.of(2021, 3), SheetScheme.OTHER, 9, "", "", null),
                aRow(2, "2020-05", "2021-01", 1),
                aRow(3, "2020-04", "2020-01", 0));
        var sheet = new InfoSheet(
                aSheet().caseNumber(), 1, Sheets.JINING, Sheets.CHANGSHA, aSheet().head(), rows, aFoot("1.00", "壹元"));

        var faults = SheetRules.faults(sheet);

        assertThat(faults)
                .extracting(CodedReason::code)
                .containsExactly(
                        "ROW_NUMBERING",
                        "ROWS_ORDER",
                        "ROW_PERIOD",
                        "ROW_MONTHS",
                        "ROWS_OVERLAP",
                        "REMARK_MISSING",
                        "AGENCY_MISSING",
                        "CAPITALS_DIFFER");
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.message()).endsWith("。").doesNotContain("测试人");
            assertThat(fault.remedy()).startsWith("请").endsWith("。");
        });
    }

    private static List<String> codes(SheetRow... rows) {
        return codes(aSheetWith(rows));
    }

    private static List<String> codes(InfoSheet sheet) {
        return SheetRules.faults(sheet).stream().map(CodedReason::code).toList();
    }
}
