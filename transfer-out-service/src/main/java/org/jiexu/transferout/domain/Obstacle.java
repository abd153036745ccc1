package org.jiexu.transferout.domain;

/** 不能操作的原因 — why a wish of staff cannot be done now; the name is the stable code of the 409. */
public enum Obstacle {
    /** 余额冻结尚未答复. */
    HOLD_PENDING("余额冻结尚未答复，请稍后再试"),
    /** 余额未能冻结. */
    HOLD_WAS_REFUSED("余额未能冻结，请先重新申请冻结"),
    /** 余额冻结没有被拒绝. */
    HOLD_NOT_REFUSED("余额冻结没有被拒绝，无需重新申请"),
    /** 信息表尚未发出. */
    SHEET_NOT_ISSUED("信息表尚未发出"),
    /** 信息表已发出. */
    SHEET_ALREADY_ISSUED("信息表已发出，不能再作此操作"),
    /** 信息表已被退回. */
    SHEET_WAS_RETURNED("信息表已被退回，请更正或不予办理"),
    /** 没有退回的款项. */
    NO_MONEY_CAME_BACK("没有退回的款项可以重新划转"),
    /** 已经暂停计时. */
    CLOCK_STANDS_STILL("办理时限已因其他事项暂停，请先恢复"),
    /** 没有暂停计时. */
    CLOCK_RUNS("办理时限没有暂停，无需恢复"),
    /** 业务已结束. */
    CASE_HAS_ENDED("该业务已结束");

    private final String words;

    Obstacle(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
