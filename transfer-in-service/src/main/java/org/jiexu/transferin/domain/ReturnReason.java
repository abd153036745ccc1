package org.jiexu.transferin.domain;

import org.jiexu.wire.vocabulary.CodedReason;

/** 退回原因 — what a clerk may find wrong with a sheet beyond what the rules find (R3.3, R3.9). */
public enum ReturnReason {
    /** 缴费月数有疑问. */
    MONTHS_DOUBTFUL("缴费月数与参保人提供的记录不一致", "请核对缴费记录后重新开具"),
    /** 起止时间有疑问. */
    PERIOD_DOUBTFUL("起止时间有疑问", "请核对参保起止时间后重新开具"),
    /** 缺少参保记录. */
    ROWS_MISSING("信息表缺少部分参保记录", "请补充完整后重新开具"),
    /** 险种有疑问. */
    SCHEME_DOUBTFUL("医保类型有疑问", "请核对医保类型后重新开具"),
    /** 经办机构有误. */
    AGENCY_DOUBTFUL("经办机构名称或行政区划代码有误", "请核对经办机构信息后重新开具"),
    /** 个人信息不符. */
    HEAD_DIFFERS("信息表表头的姓名或证件号码与申请不一致", "请核对参保人信息后重新开具"),
    /** 不符合转入条件. */
    NOT_TRANSFERABLE("经核对不符合转入条件", "本次转移终止，原参保关系保持不变");

    private final String message;
    private final String remedy;

    ReturnReason(String message, String remedy) {
        this.message = message;
        this.remedy = remedy;
    }

    public CodedReason told() {
        return new CodedReason(name(), message, remedy);
    }
}
