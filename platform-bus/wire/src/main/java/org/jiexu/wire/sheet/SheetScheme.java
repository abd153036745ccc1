package org.jiexu.wire.sheet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jiexu.wire.vocabulary.Scheme;

/** 基本医疗保险类型 — column 2 of the 信息表 (43号 Annex 3, note 2). */
public enum SheetScheme {
    /** ① 职工医保. */
    EMPLOYEE("1"),
    /** ② 城乡居民医保. */
    RESIDENT("2"),
    /** ③ 其他; the remark says what. */
    OTHER("3");

    private final String code;

    SheetScheme(String code) {
        this.code = code;
    }

    public static SheetScheme of(Scheme scheme) {
        return switch (scheme) {
            case EMPLOYEE -> EMPLOYEE;
            case RESIDENT -> RESIDENT;
        };
    }

    @JsonValue
    public String code() {
        return code;
    }

    @JsonCreator
    public static SheetScheme ofCode(String code) {
        for (SheetScheme scheme : values()) {
            if (scheme.code.equals(code)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("not a scheme of the sheet");
    }
}
