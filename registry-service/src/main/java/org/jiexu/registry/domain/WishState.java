package org.jiexu.registry.domain;

/** 联办状态 — what has become of a wish. */
public enum WishState {
    /** 待办. */
    OPEN("待办"),
    /** 已办 — the participation has changed as wished. */
    DONE("已办"),
    /** 不予办理 — with the region's reason. */
    REFUSED("不予办理"),
    /** 已撤销 — the application has gone another way. */
    WITHDRAWN("已撤销");

    private final String words;

    WishState(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
