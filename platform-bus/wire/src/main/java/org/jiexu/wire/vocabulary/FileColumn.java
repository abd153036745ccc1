package org.jiexu.wire.vocabulary;

/** 文件列 — a column of a file that people hand in: its name as programs write it, and as people do. */
public interface FileColumn {
    String heading();

    String chinese();
}
