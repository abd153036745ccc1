package org.jiexu.registry.domain;

import java.util.List;
import java.util.stream.Collectors;
import org.jiexu.wire.contract.LeftReason;
import org.jiexu.wire.contract.PayOutStep;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jspecify.annotations.Nullable;

/** 余额告知文本 — what a person reads of money that stays in an old region, and of its pay-out (R2.10): never a name. */
public final class LeftWords {
    private LeftWords() {}

    /** How it comes that the balance is there. */
    public static String left(String region, Fen amount, LeftReason why, @Nullable String ground, boolean isPaidOut) {
        var there = "您在" + region + "的职工医保个人账户";
        var what = switch (why) {
            case CHOSEN, RELEASED -> there + "留有余额" + yuan(amount) + "，没有随参保关系转走";
            case CREDITED, GONE -> there + "在参保关系转出后又有入账，现有余额" + yuan(amount);
            case CORRECTED ->
                "此前划转的个人账户资金经省内清算冲正，已退回" + region + (ground == null ? "" : "，原因：" + withoutFullStop(ground)) + "；"
                        + there + "现有余额" + yuan(amount);
        };
        return what + "。" + waysOut(isPaidOut);
    }

    private static String waysOut(boolean isPaidOut) {
        return "在新的参保地参加职工医保期间，可以再次申请转移，把余额划转过去" + (isPaidOut ? "；也可以向该地医保经办机构申请提取。" : "。");
    }

    /** One step of a pay-out. */
    public static String payOut(String region, PayOutStep step, Fen amount, List<CodedReason> reasons) {
        var what = "您在" + region + "的职工医保个人账户余额提取申请";
        return switch (step) {
            case ASKED -> what + "已收到，由当地医保经办机构办理。";
            case PREPARED -> what + "已经办，等待复核，应付金额" + yuan(amount) + "。";
            case PAID -> what + "已办结，支付金额" + yuan(amount) + "。";
            case REFUSED ->
                what + "未予办理，原因：" + reasons.stream().map(LeftWords::words).collect(Collectors.joining("；")) + "。";
        };
    }

    private static String words(CodedReason reason) {
        return reason.remedy().isBlank() ? reason.message() : reason.message() + "（" + reason.remedy() + "）";
    }

    private static String yuan(Fen amount) {
        return amount + "元";
    }

    private static String withoutFullStop(String text) {
        return text.endsWith("。") ? text.substring(0, text.length() - 1) : text;
    }
}
