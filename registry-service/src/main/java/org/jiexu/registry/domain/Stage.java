package org.jiexu.registry.domain;

import java.util.Map;
import java.util.Objects;

/** 办理环节 — the words in which staff read where a case stands. */
public final class Stage {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("SUBMITTED", "已提交"),
            Map.entry("INCOMPLETE", "待补正"),
            Map.entry("SUPPLEMENTED", "已补正"),
            Map.entry("WAITING", "等候联办"),
            Map.entry("REFUSED", "不予受理"),
            Map.entry("ACCEPTED", "已受理，待开具信息表"),
            Map.entry("SHEET_ISSUED", "信息表已开具，待核对"),
            Map.entry("SHEET_RECEIVED", "信息表核对中"),
            Map.entry("SHEET_RETURNED", "信息表已退回，待更正"),
            Map.entry("SHEET_CORRECTED", "信息表已更正，待核对"),
            Map.entry("MONEY_SUSPENDED", "资金挂账，待处理"),
            Map.entry("MONEY_REMITTED", "资金已划出"),
            Map.entry("BOOKED", "关系已转入，待资金到账"),
            Map.entry("YEAR_RUNNING", "等候待遇年度结束"),
            Map.entry("WITHDRAWAL_REQUESTED", "已申请撤回"),
            Map.entry("WITHDRAWAL_TOO_LATE", "撤回未成，继续办理"),
            Map.entry("LETTER_ISSUED", "已发联系函"),
            Map.entry("PAPER_POSTED", "已寄送纸质材料"),
            Map.entry("PAUSED", "等候申请人补正"),
            Map.entry("RESUMED", "补正完毕，继续办理"),
            Map.entry("ACCOUNT_PAID_OUT", "个人账户已提取"),
            Map.entry("COMPLETED", "已办结"),
            Map.entry("MONEY_TAKEN_BACK", "已办结，到账资金已冲正"),
            Map.entry("WITHDRAWN", "已撤回"),
            Map.entry("DECLINED", "未能转移"));

    private Stage() {}

    /** A step that nobody has put into words yet is shown as it is told. */
    public static String words(String step) {
        return Objects.requireNonNull(WORDS.getOrDefault(step, step));
    }
}
