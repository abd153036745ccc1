package org.jiexu.wire.contract;

/** 办理状态 — the words that the public sees (R10.1); every internal state maps to exactly one of them. */
public enum PublicStatus {
    INCOMPLETE("待补正", false),
    SUBMITTED("已提交", false),
    ACCEPTED("已受理", false),
    IN_PROGRESS("办理中", false),
    MONEY_IN_TRANSIT("关系已转入·资金在途", false),
    COMPLETED("已办结", true),
    REFUSED("不予受理", true),
    WITHDRAWN("已撤回", true),
    DECLINED("未能转移", true);

    private final String words;
    private final boolean end;

    PublicStatus(String words, boolean end) {
        this.words = words;
        this.end = end;
    }

    /** The words for people. */
    public String words() {
        return words;
    }

    public boolean isEnd() {
        return end;
    }
}
