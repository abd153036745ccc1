package org.jiexu.registry.domain;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jiexu.registry.domain.Benefits.Rule;
import org.jspecify.annotations.Nullable;

/** 待遇衔接说明 — the rule that gave a decision, as the person reads it (R8.4). */
final class BenefitsWords {
    private BenefitsWords() {}

    static String open(@Nullable YearMonth by) {
        return by == null
                ? "新参保地尚未缴费，待遇按首次缴费的月份确定。"
                : "新参保地尚未缴费，待遇按首次缴费的月份确定；%d年%d月及以前首次缴费的，中断不超过3个月。".formatted(by.getYear(), by.getMonthValue());
    }

    static String of(Rule rule, int gap, int monthsInARow, int waiting, @Nullable LocalDate backPaymentUntil) {
        return switch (rule) {
            case NO_GAP -> "缴费没有中断，不设待遇享受等待期。";
            case SHORT_GAP_PAID_BACK -> "中断缴费%d个月，未超过3个月，已经补缴，不设待遇享受等待期，中断期间的待遇可以追溯享受。".formatted(gap);
            case SHORT_GAP_NOT_PAID_BACK ->
                "中断缴费%d个月，未超过3个月，尚未补缴，%s；".formatted(gap, waiting(waiting))
                        + (backPaymentUntil == null
                                ? "补缴期限已过。"
                                : "%s前补缴的，不设等待期，中断期间的待遇可以追溯享受。".formatted(day(backPaymentUntil)));
            case LONG_GAP -> "中断缴费%d个月，超过3个月，%s。".formatted(gap, waiting(waiting));
            case FEWER_THAN_TWO_YEARS ->
                "在职工医保和居民医保之间转换，此前连续参保%d个月，不满24个月（%d/24），%s。".formatted(monthsInARow, monthsInARow, waiting(waiting));
            case RESIDENT_RULE -> "居民医保中断缴费%d个月，%s。".formatted(gap, waiting(waiting));
            case NOTHING_PAID_BEFORE -> "转出地没有缴费月份，%s。".formatted(waiting(waiting));
            case NOT_PAID_YET -> open(null);
        };
    }

    private static String waiting(int months) {
        return months == 0 ? "参保地不设待遇享受等待期" : "按参保地规定，待遇享受等待期为%d个月".formatted(months);
    }

    private static String day(LocalDate day) {
        return "%d年%d月%d日".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth()) + "（含）";
    }
}
