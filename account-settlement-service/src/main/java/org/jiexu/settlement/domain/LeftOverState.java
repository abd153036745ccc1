package org.jiexu.settlement.domain;

/** 推送结果 — what has become of a left-over balance that was found (R6.4): told is not moved. */
public enum LeftOverState {
    /** 试算 — only counted. */
    COUNTED("试算，未推送"),
    /** 已划转. */
    MOVED("已划转"),
    /** 办理中 — held for a case. */
    HELD("已冻结，正在办理"),
    /** 选择保留 — the person said that it stays; it is not pushed (R2.10). */
    CHOSEN_TO_STAY("参保人选择保留，不推送"),
    /** 已止付. */
    STOPPED("账户已止付"),
    /** 已无余额 — it has left the account by another way. */
    GONE("余额已经其他途径转出或者提取"),
    /** 待转入地办理 — the receiving region has not applied for it, or cannot. */
    WAITING("转入地尚未办理");

    private final String words;

    LeftOverState(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
