package org.jiexu.sandbox.sample;

import com.fasterxml.jackson.annotation.JsonValue;

/** 参保状态 — the field's {@code psn_insu_stas}, as far as the sample holds it. */
public enum SampleStatus {
    /** 正常参保. */
    INSURED("1"),
    /** 暂停参保. */
    SUSPENDED("2"),
    /** 终止参保. */
    TERMINATED("4");

    private final String code;

    SampleStatus(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
