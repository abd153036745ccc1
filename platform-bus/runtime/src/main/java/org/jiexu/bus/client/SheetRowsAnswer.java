package org.jiexu.bus.client;

import java.util.List;
import org.jiexu.wire.sheet.InfoSheet;
import org.jiexu.wire.sheet.SheetRow;
import org.jiexu.wire.vocabulary.CaseNumber;

/** 信息表取数结果 — what the 信息表 of each case is made of. */
public record SheetRowsAnswer(List<Item> items) {

    /** One case; its text says nothing about the person. */
    public record Item(CaseNumber number, InfoSheet.Head head, List<SheetRow> rows, Agency agency) {
        @Override
        public String toString() {
            return "Item[" + number + ", " + rows.size() + " rows]";
        }
    }

    /** 经办机构 — who answers for the sheet. */
    public record Agency(String name, String telephone, String code, String clerk) {}
}
