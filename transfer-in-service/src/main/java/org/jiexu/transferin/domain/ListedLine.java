package org.jiexu.transferin.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** 名单的一行 — an application, or why it is none. Lines are counted as a text editor shows them, the header is line 1. */
public record ListedLine(int line, @Nullable Application application, List<LineFault> faults) {
    /** Without the person. */
    @Override
    public String toString() {
        return "ListedLine[" + line + "]";
    }
}
