package org.jiexu.registry.domain;

/** 联办事项 — what can be done on-line so that an application becomes acceptable (43号 Art. 7: 一站式联办). */
public enum WishKind {
    /** 暂停参保 in the old region. */
    SUSPEND("暂停参保"),
    /** 参保登记 in the receiving region. */
    ENROL("参保登记");

    private final String words;

    WishKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
