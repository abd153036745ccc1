package org.jiexu.transferout.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jiexu.wire.sheet.AmountInCapitals;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.Fen;

/** 信息表内容 — what the registry knows for one case's sheet; the amount and the version come from the case. */
public record SheetContent(InfoSheet.Head head, List<SheetRow> rows, Agency agency) {

    /** 经办机构 — who answers for the sheet. */
    public record Agency(String name, String telephone, String code, String clerk) {}

    /** The sheet of that version and amount, ready to be checked and sealed. */
    public InfoSheet sheet(OutgoingCase of, int version, Fen amount, LocalDate date) {
        // R5.2: the amount actually transferred, in capitals and in figures; clerk, telephone, agency, date.
        var foot = new InfoSheet.Foot(
                AmountInCapitals.write(amount), amount, agency.clerk(), agency.telephone(), agency.name(), date);
        return new InfoSheet(of.number(), version, of.sending(), of.receiving(), head, numbered(), foot);
    }

    /** R5.1: rows in time order, numbered from 1. R5.4: never merged, each keeps its own agency. */
    private List<SheetRow> numbered() {
        var inOrder = rows.stream()
                .sorted(Comparator.comparing(SheetRow::from).thenComparing(SheetRow::to))
                .toList();
        var numbered = new ArrayList<SheetRow>(inOrder.size());
        for (SheetRow row : inOrder) {
            numbered.add(new SheetRow(
                    numbered.size() + 1,
                    row.from(),
                    row.to(),
                    row.scheme(),
                    row.months(),
                    row.agencyName(),
                    row.agencyRegion(),
                    row.remark()));
        }
        return List.copyOf(numbered);
    }
}
