package org.jiexu.registry.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** 参保状态 — the field's {@code psn_insu_stas}, as far as a transfer meets it (rulebook 12). */
public enum ParticipationStatus {
    /** 正常参保. */
    INSURED("1", "正常参保"),
    /** 暂停参保. */
    SUSPENDED("2", "暂停参保"),
    /** 终止参保. */
    TERMINATED("4", "终止参保");

    private final String code;
    private final String words;

    ParticipationStatus(String code, String words) {
        this.code = code;
        this.words = words;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public String words() {
        return words;
    }

    @JsonCreator
    public static ParticipationStatus ofCode(String code) {
        for (ParticipationStatus status : values()) {
            if (status.code.equals(code)) {
                return status;
            }
        }
        throw new IllegalArgumentException("not a status of participation");
    }
}
