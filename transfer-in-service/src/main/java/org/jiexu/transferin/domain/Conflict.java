package org.jiexu.transferin.domain;

/** 不能办理 — why a clerk or an applicant cannot do that to the case as it stands now (409). */
public enum Conflict {
    /** 不能撤回: the sheet is issued (R2.6). */
    TOO_LATE_TO_WITHDRAW("信息表已经开具，不能再撤回"),
    /** 已经结束. */
    CASE_ENDED("该业务已经结束"),
    /** 没有待核对的信息表. */
    NO_SHEET_WAITING("没有待核对的信息表"),
    /** 已登记: a booked sheet cannot be returned. */
    ALREADY_BOOKED("信息表已经登记，不能退回"),
    /** 无需补正. */
    NOTHING_ASKED("该业务已经受理，没有需要补齐的材料"),
    /** 没有时限在计: before acceptance, or nothing of this region is due. */
    NO_CLOCK_RUNS("目前没有正在计算的办理时限，无需暂停"),
    /** 已经暂停. */
    ALREADY_PAUSED("办理时限已因其他事项暂停，请先恢复"),
    /** 没有暂停. */
    NOT_PAUSED("办理时限没有暂停，无需恢复"),
    /** 版本不符: another version came in while the clerk was looking. */
    OTHER_VERSION("信息表已有变化，请刷新后重新核对");

    private final String words;

    Conflict(String words) {
        this.words = words;
    }

    /** The words for people. */
    public String words() {
        return words;
    }
}
