package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.PublicStatus;
import org.jiexu.wire.vocabulary.CaseNumber;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jspecify.annotations.Nullable;

/** 告知文本 — what a person or an employer reads of each step (R10.2): the case number, never a person. */
public final class StepWords {
    private static final Map<String, String> BY_STEP = Map.ofEntries(
            Map.entry("ACCEPTED", "已受理，转出地将在十个工作日内开具信息表"),
            Map.entry("SHEET_ISSUED", "转出地已开具信息表，由转入地核对登记"),
            Map.entry("SHEET_RECEIVED", "转入地已收到信息表，正在核对"),
            Map.entry("SHEET_RETURNED", "信息表有误，已退回转出地更正"),
            Map.entry("SHEET_CORRECTED", "转出地已更正信息表，由转入地重新核对"),
            Map.entry("BOOKED", "信息表已登记，医保关系已转入，缴费年限合并计算"),
            Map.entry("YEAR_RUNNING", "转出地本年度居民医保仍在待遇期内，年度结束后自动办结"),
            Map.entry("PAUSED", "有材料或情况需要您补充，补齐之前办理时限暂停计算"),
            Map.entry("RESUMED", "已恢复办理，办理时限继续计算"),
            Map.entry("COMPLETED", "已办结，原参保关系随之终止"),
            Map.entry("WITHDRAWN", "已按申请撤回，原参保关系保持不变"),
            Map.entry("DECLINED", "未能转移，原因请查询业务进度"),
            Map.entry("REFUSED", "不予受理，原因和处理办法请查询业务进度"),
            Map.entry("INCOMPLETE", "材料不全，待补正"),
            Map.entry("SUPPLEMENTED", "材料已补齐，等待核验"),
            Map.entry("WAITING", "已提交，所缺事项正在网上联办，办好后自动继续受理"),
            Map.entry("ACCOUNT_PAID_OUT", "个人账户余额已由转出地支付给本人"),
            Map.entry("MONEY_SUSPENDED", "到账资金需要核实，由转入地工作人员处理"),
            Map.entry("MONEY_TAKEN_BACK", "到账的个人账户资金已冲正，退还转出地"));

    private StepWords() {}

    /** What the reasons that follow are called; a step that has its reasons with it refers to nothing else. */
    private static final Map<String, String> BEFORE_REASONS = Map.of(
            "DECLINED", "未能转移，原因",
            "REFUSED", "不予受理，原因",
            "INCOMPLETE", "材料不全，待补正，尚缺",
            "WAITING", "已提交，正在网上联办，办好后自动继续受理，等待办理",
            "SHEET_RETURNED", "信息表有误，已退回转出地更正，原因",
            "MONEY_TAKEN_BACK", "到账的个人账户资金已冲正，退还转出地，原因");

    /** A step that is not in the table is told by its public status (R10.1). */
    public static String of(CaseNumber number, String step, PublicStatus status, @Nullable LocalDate promisedBy) {
        return of(number, step, status, promisedBy, List.of());
    }

    public static String of(
            CaseNumber number,
            String step,
            PublicStatus status,
            @Nullable LocalDate promisedBy,
            List<CodedReason> reasons) {
        return of(number, step, status, promisedBy, reasons, null);
    }

    /**
     * With every reason and what can be done about it (43号 Art. 7), and with what is asked of the person, in the words of who
     * asks (R4.6).
     */
    public static String of(
            CaseNumber number,
            String step,
            PublicStatus status,
            @Nullable LocalDate promisedBy,
            List<CodedReason> reasons,
            @Nullable String asked) {
        var before = reasons.isEmpty() ? null : BEFORE_REASONS.get(step);
        var what = before == null
                ? BY_STEP.getOrDefault(step, "有新的进展，当前状态：" + status.words())
                : before + "：" + reasons.stream().map(StepWords::words).collect(Collectors.joining("；"));
        var promise = promisedBy == null || status.isEnd() ? "" : "，承诺办结日期" + promisedBy;
        var request = asked == null || !step.equals("PAUSED") ? "" : "：" + withoutFullStop(asked);
        return "医保关系转移业务（受理编号" + number + "）" + what + request + promise + "。";
    }

    private static String withoutFullStop(String text) {
        return text.endsWith("。") ? text.substring(0, text.length() - 1) : text;
    }

    private static String words(CodedReason reason) {
        var remedy = reason.remedy();
        return remedy.isBlank() ? reason.message() : reason.message() + "（" + remedy + "）";
    }
}
