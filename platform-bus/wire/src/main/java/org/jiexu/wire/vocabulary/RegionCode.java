package org.jiexu.wire.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** 统筹区 — the code of a pooling region, six characters as in the platform's directory (data, not an enum). */
public record RegionCode(@JsonValue String value) implements Comparable<RegionCode> {
    /** A sentence that says what is written here. */
    public static final String ALLOWED = "统筹区应为六位代码，例如370800，可以在统筹区目录中查到。";

    private static final Pattern FORM = Pattern.compile("[0-9]{4}[0-9A-Z]{2}");

    @JsonCreator
    public RegionCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the form of a region code");
        }
    }

    public static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** The code of the province that the region lies in, e.g. 430000. */
    public String province() {
        return value.substring(0, 2) + "0000";
    }

    @Override
    public int compareTo(RegionCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
