package org.jiexu.bus.csv;

import org.jiexu.wire.vocabulary.FieldFault;

/** 行差错 — why a line of a file has no cells. The other lines are read all the same. */
public enum LineProblem {
    LINE_TOO_LONG("本行超过2000个字符。"),
    QUOTE_NOT_CLOSED("本行的双引号没有成对，单元格内也不能换行；请改正本行。"),
    STRAY_QUOTE("本行的双引号位置不对：内容带有双引号时，整个单元格应以双引号括起，其中的双引号写两次。"),
    WRONG_COLUMN_COUNT("本行的列数与列名一行不一致。");

    private final String message;

    LineProblem(String message) {
        this.message = message;
    }

    public String message() {
        return message;
    }

    public FieldFault fault() {
        return new FieldFault(name(), message);
    }
}
