package org.jiexu.wire.sheet;

import java.time.LocalDate;
import java.util.List;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.Certificate;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;

/**
 * 信息表 — the 《参保人员基本医疗保险信息表》 of one case and version (43号 Annex 3). Its JSON text is what the old region
 * seals; the text travels unchanged.
 */
public record InfoSheet(
        CaseNumber caseNumber, int version, RegionCode from, RegionCode to, Head head, List<SheetRow> rows, Foot foot) {
    public InfoSheet {
        rows = List.copyOf(rows);
    }

    /** Whose record it is; {@code sex} is 1 男, 2 女, 9 未说明. */
    public record Head(String name, Certificate certificate, String sex) {
        @Override
        public String toString() {
            return "Head[" + certificate + "]";
        }
    }

    /** 个人账户实际转出资金 in capitals and figures, and who answers for the sheet (R5.2). */
    public record Foot(
            String amountInCapitals, Fen amount, String clerk, String telephone, String agency, LocalDate date) {
        @Override
        public String toString() {
            return "Foot[" + amount + ", " + agency + ", " + date + "]";
        }
    }

    /** Months paid over all rows. */
    public int months() {
        return rows.stream().mapToInt(SheetRow::months).sum();
    }
}
