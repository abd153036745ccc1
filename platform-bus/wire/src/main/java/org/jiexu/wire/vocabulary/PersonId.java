package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** 人员编号 — the registry's opaque id of a person; says nothing about the person and may stand in keys and logs. */
public record PersonId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("P[0-9A-Z]{12}");

    @JsonCreator
    public PersonId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the form of a person id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
