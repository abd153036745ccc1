package org.jiexu.transferin.domain;

/** 办理环节 — what happened to a case, as its progress shows it (R10.1). */
public enum Step {
    /** 已提交申请. */
    SUBMITTED("已提交申请，等待核验", false),
    /** 待补正. */
    INCOMPLETE("材料不全，等待申请人一次补齐", true),
    /** 已补齐. */
    SUPPLEMENTED("材料已补齐，等待核验", false),
    /** 等候联办. */
    WAITING("所缺事项正在网上联办，办好后自动继续受理", true),
    /** 不予受理. */
    REFUSED("不予受理", true),
    /** 已受理. */
    ACCEPTED("已受理，由转出地在办理时限内开具信息表", true),
    /** 发出联系函. */
    LETTER_ISSUED("已开具发往转出地的联系函", false),
    /** 已寄送. */
    PAPER_POSTED("已向转出地寄出纸质材料", false),
    /** 申请撤回. */
    WITHDRAWAL_REQUESTED("已提出撤回申请，由转出地确认", false),
    /** 撤回过迟. */
    WITHDRAWAL_TOO_LATE("撤回申请提出时信息表已经发出，业务继续办理", false),
    /** 收到信息表; told to the platform only when people have to look at the sheet. */
    SHEET_RECEIVED("已收到转出地信息表", false),
    /** 退回信息表. */
    SHEET_RETURNED("信息表已退回转出地更正", true),
    /** 资金已划出. */
    MONEY_REMITTED("转出地已划转个人账户资金", false),
    /** 资金挂账. */
    MONEY_SUSPENDED("到账资金与信息表不符，已挂账，由工作人员处理", false),
    /** 关系已转入. */
    BOOKED("信息表已核对登记，医保关系已转入", true),
    /** 等候年度结束. */
    YEAR_RUNNING("转出地本年度居民医保仍在待遇期内，年度结束后自动办结", true),
    /** 暂停计时: something is asked of the applicant (R4.6). */
    PAUSED("等待申请人补充材料或情况，办理时限暂停计算", true),
    /** 恢复计时. */
    RESUMED("已恢复办理，办理时限继续计算", true),
    /** 转出地暂停计时; the old region tells the platform itself. */
    PAUSED_THERE("转出地等待申请人补充材料或情况，办理时限暂停计算", false),
    /** 转出地恢复计时. */
    RESUMED_THERE("转出地已恢复办理，办理时限继续计算", false),
    /** 已办结. */
    COMPLETED("已办结", true),
    /** 到账冲正, after the end (R7.6). */
    MONEY_TAKEN_BACK("到账的个人账户资金已冲正，退还转出地", true),
    /** 已撤回. */
    WITHDRAWN("已撤回", true),
    /** 未能转移. */
    DECLINED("未能转移", true);

    private final String words;
    private final boolean told;

    Step(String words, boolean told) {
        this.words = words;
        this.told = told;
    }

    /** The words for people. */
    public String words() {
        return words;
    }

    /** Whether the platform's progress topic is told of it whenever it happens. */
    public boolean isTold() {
        return told;
    }
}
