package org.jiexu.wire.sheet;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.CertificateType;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/** Sheets for tests: right in everything unless a test says otherwise. */
final class Sheets {
    private static final String SEVENTEEN = "43990019900307001";
    static final RegionCode JINING = new RegionCode("370800");
    static final RegionCode CHANGSHA = new RegionCode("430100");

    private Sheets() {}

    static InfoSheet aSheet() {
        return aSheetWith(
                aRow(1, "2012-07", "2015-12", 42),
                aRow(2, "2016-03", "2019-02", 36),
                aRow(3, "2019-03", "2026-08", 90));
    }

    static InfoSheet aSheetWith(SheetRow... rows) {
        return new InfoSheet(
                CaseNumber.random(CHANGSHA, 2026, new Random(1)),
                1,
                JINING,
                CHANGSHA,
                new InfoSheet.Head("测试人", aCertificate(), "1"),
                List.of(rows),
                aFoot("1409.50", "壹仟肆佰零玖元伍角整"));
    }

    static InfoSheet aSheetWith(InfoSheet.Foot foot) {
        var sheet = aSheet();
        return new InfoSheet(
                sheet.caseNumber(), sheet.version(), sheet.from(), sheet.to(), sheet.head(), sheet.rows(), foot);
    }

    static Certificate aCertificate() {
        return new Certificate(CertificateType.IDENTITY_CARD, SEVENTEEN + Certificate.checkDigit(SEVENTEEN));
    }

    static SheetRow aRow(int no, String from, String to, int months) {
        return new SheetRow(
                no,
                YearMonth.parse(from),
                YearMonth.parse(to),
                SheetScheme.EMPLOYEE,
                months,
                "济宁市医疗保障事业中心",
                "370800",
                null);
    }

    static InfoSheet.Foot aFoot(String amount, String capitals) {
        return new InfoSheet.Foot(
                capitals, Fen.parse(amount), "经办员", "0537-0000000", "济宁市医疗保障事业中心", LocalDate.of(2026, 9, 21));
    }
}
