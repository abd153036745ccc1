package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** 险种 — the basic schemes that are transferred; the code is the field's {@code insutype} (rulebook 12). */
public enum Scheme {
    /** 职工医保 — the employee scheme, the only one with a personal account. */
    EMPLOYEE("310"),
    /** 居民医保 — the resident scheme. */
    RESIDENT("390");

    /** A sentence that says which codes there are. */
    public static final String ALLOWED = "险种应为310（职工基本医疗保险）或者390（城乡居民基本医疗保险）。";

    private final String code;

    Scheme(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }

    @JsonCreator
    public static Scheme ofCode(String code) {
        for (Scheme scheme : values()) {
            if (scheme.code.equals(code)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("not a scheme that is transferred");
    }
}
