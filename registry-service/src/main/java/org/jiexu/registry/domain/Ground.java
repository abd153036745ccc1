package org.jiexu.registry.domain;

import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;

/** 不予受理理由 — why an application is refused: a stable code, its article, one sentence, and what the applicant can do (R2.2). */
public enum Ground {
    /** 证件号码有误. */
    BAD_NUMBER("rulebook 12", "证件号码有误", "请核对证件类型和证件号码后重新提交"),
    /** 姓名与证件号码不符. */
    NAME_NUMBER_MISMATCH("rulebook 12", "姓名与证件号码同参保登记不一致，或者查无登记", "请核对姓名和证件号码；确有变更的，请先在参保地更正登记信息"),
    /** 统筹区不存在. */
    UNKNOWN_REGION("43号 Art. 4", "填写的统筹区不存在", "请从统筹区目录中重新选择转出地和转入地"),
    /** 统筹区尚未接入. */
    REGION_NOT_ON_PLATFORM("43号 Art. 8", "填写的统筹区尚未接入本平台", "请到转入地医保经办窗口办理"),
    /** 同一统筹区同一险种. */
    SAME_REGION_AND_SCHEME("43号 Art. 5", "转出和转入是同一统筹区的同一险种，不需要转移", "同一统筹区内更换单位或经办机构的，直接办理参保登记变更即可"),
    /** 转移类型尚未开通. */
    KIND_NOT_OFFERED("43号 Art. 5", "目前只开通职工医保之间的转移，这一转移类型尚未开通", "请到转入地医保经办窗口办理"),
    /** 转出地尚未中止参保. */
    STILL_INSURED_THERE("43号 Art. 7", "转出地尚未中止参保", "请先在转出地办理暂停参保，再提出申请"),
    /** 没有可转移的参保关系. */
    NOTHING_TO_TRANSFER("43号 Art. 7", "转出地没有尚未转移的参保缴费记录", "请核对转出地和险种；此前已经转出的，不需要再次申请"),
    /** 转入地未参保. */
    NOT_INSURED_HERE("43号 Art. 7", "转入地未参保", "请先在转入地办理参保登记；登记后即可申请，不要求已经缴费"),
    /** 退休人员不适用. */
    RETIREE("43号 Art. 2", "已享受职工医保退休人员待遇的，不适用转移接续", "退休人员的医保关系保留在待遇享受地；异地就医请办理备案"),
    /** 已有在办. */
    OPEN_TRANSFER("R1.6", "这一参保关系已有在办的转移", "请查询在办业务的进度，或者在信息表开具前撤回后重新申请");

    private final String article;
    private final String message;
    private final String remedy;

    Ground(String article, String message, String remedy) {
        this.article = article;
        this.message = message;
        this.remedy = remedy;
    }

    /** What the ground stands on; rulebook ids where the reading is ours. */
    public String article() {
        return article;
    }

    public CodedReason told() {
        return new CodedReason(name(), message, remedy);
    }

    /** {@link #OPEN_TRANSFER} names the open case. */
    CodedReason told(CaseNumber open) {
        return new CodedReason(name(), message + "（受理编号 " + open + "）", remedy);
    }
}
