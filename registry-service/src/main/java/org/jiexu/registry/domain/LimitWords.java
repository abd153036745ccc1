package org.jiexu.registry.domain;

import org.jiexu.wire.contract.DeadlineKind;
import org.jspecify.annotations.Nullable;

/** 期限用语 — what staff read of a limit, and whom it waits for. */
public final class LimitWords {
    private LimitWords() {}

    public static String of(DeadlineKind kind) {
        return switch (kind) {
            case ISSUE -> "转出地开具信息表";
            case BOOK -> "转入地核对登记";
            case CORRECT -> "转出地更正信息表";
            case PROMISE -> "全程承诺办结";
            case CREDIT -> "转入地资金入账";
            case MATCH -> "到账资金等候信息表";
            case REVIEW -> "即时转移复核";
            case PAY_UP -> "季度清算上解";
            case PAY_DOWN -> "季度清算下拨";
        };
    }

    /** @param pauseReason while the clock stands still for something asked of the applicant (R4.6) */
    public static String waitingOn(DeadlineKind kind, String region, @Nullable String pauseReason, boolean paused) {
        if (paused) {
            return "等候申请人" + (pauseReason == null ? "" : "：" + pauseReason);
        }
        return switch (kind) {
            case ISSUE -> "等待" + region + "开具信息表并划转资金";
            case BOOK -> "等待" + region + "核对登记信息表";
            case CORRECT -> "等待" + region + "更正信息表";
            case PROMISE -> "等待全部环节办结，由" + region + "负责";
            case CREDIT -> "等待资金入账" + region;
            case MATCH -> "资金已到" + region + "，等待信息表";
            case REVIEW -> "等待" + region + "复核";
            case PAY_UP -> "等待" + region + "上解";
            case PAY_DOWN -> "等待" + region + "下拨";
        };
    }
}
