package org.jiexu.registry.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** 人员类别 — the field's {@code psn_type}: 11xx 在职, 12xx 退休, 14xx 居民. */
public record PersonType(@JsonValue String code) {
    private static final Pattern FORM = Pattern.compile("[0-9]{2,6}");

    @JsonCreator
    public PersonType {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("not the form of a person type");
        }
    }

    public boolean isRetiree() {
        return code.startsWith("12");
    }
}
