package org.jiexu.registry.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.NavigableSet;
import org.jiexu.wire.vocabulary.Scheme;
import org.jspecify.annotations.Nullable;

/**
 * 待遇衔接 — from when a person who has moved has benefits, and whether missing months can be paid (43号 Art. 11). Nothing
 * here is stored: as long as nothing is paid in the new region the decision is open, and it is worked out anew each time.
 */
public final class Benefits {
    /** 43号 Art. 11: a break of up to three months, and two years of insurance without one. */
    static final int SHORT_GAP = 3;

    static final int TWO_YEARS = 24;

    private Benefits() {}

    /**
     * 衔接情况 — what is known about the move.
     *
     * @param lastPaid last month paid in the old region, in the scheme that has moved
     * @param paidHere months paid in the new region and scheme, paid back or not
     * @param paidBack of these, the months that were paid back afterwards, with the month in which they were (补缴)
     * @param monthsInARow insured in any basic scheme without a break, up to {@code lastPaid}
     */
    public record Move(
            Scheme from,
            Scheme to,
            @Nullable YearMonth lastPaid,
            NavigableSet<YearMonth> paidHere,
            NavigableMap<YearMonth, YearMonth> paidBack,
            int monthsInARow) {

        /** The first month after the last one of the old region that was paid in its turn. */
        public @Nullable YearMonth firstPaid() {
            return paidHere.stream()
                    .filter(month -> lastPaid == null || month.isAfter(lastPaid))
                    .filter(month -> !paidBack.containsKey(month))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Which rule gave the decision. */
    public enum Rule {
        /** 新参保地尚未缴费. */
        NOT_PAID_YET("R8.0"),
        /** 没有中断. */
        NO_GAP("43号 Art. 11"),
        /** 中断三个月以内，已补缴. */
        SHORT_GAP_PAID_BACK("43号 Art. 11"),
        /** 中断三个月以内，未补缴. */
        SHORT_GAP_NOT_PAID_BACK("43号 Art. 11"),
        /** 中断三个月以上. */
        LONG_GAP("43号 Art. 11"),
        /** 跨制度，连续参保不满两年. */
        FEWER_THAN_TWO_YEARS("R8.3"),
        /** 居民医保之间，按参保地规定. */
        RESIDENT_RULE("R8.2"),
        /** 转出地没有缴费月份. */
        NOTHING_PAID_BEFORE("R8.2");

        private final String article;

        Rule(String article) {
            this.article = article;
        }

        public String article() {
            return article;
        }
    }

    /**
     * 待遇衔接结论.
     *
     * @param gapMonths whole calendar months between the last payment there and the first one here
     * @param waitingMonths 待遇享受等待期; its first month is that of the first payment
     * @param backPaymentUntil the last day on which the missing months can be paid, while they can
     * @param firstPaymentBy while open: paid first by then, the break stays within three months
     * @param coveredFrom the break is covered in retrospect from that month on
     * @param words the rule in words, for the person
     * @param basis of the waiting period, where the region's rule gave it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Decision(
            Rule rule,
            @Nullable YearMonth lastPaid,
            @Nullable YearMonth firstPaid,
            @Nullable Integer gapMonths,
            @Nullable Integer waitingMonths,
            @Nullable YearMonth benefitsFrom,
            @Nullable YearMonth firstPaymentBy,
            boolean backPaymentPossible,
            @Nullable LocalDate backPaymentUntil,
            @Nullable YearMonth coveredFrom,
            int monthsInARow,
            String words,
            @Nullable String basis) {
        public boolean isOpen() {
            return rule == Rule.NOT_PAID_YET;
        }
    }

    /** @param backPaymentMonths after the month of the first payment, in which missing months can still be paid (R8.4) */
    public static Decision decide(Move move, Waiting waiting, int backPaymentMonths, LocalDate today) {
        var first = move.firstPaid();
        if (first == null) {
            return open(move);
        }
        var last = move.lastPaid();
        if (last == null) {
            return byRegion(move, Rule.NOTHING_PAID_BEFORE, first, null, waiting.months(0), waiting, null);
        }
        int gap = Math.toIntExact(last.until(first, ChronoUnit.MONTHS)) - 1;
        int months = waiting.months(missedYears(last, first));
        return switch (rule(move, gap, first)) {
            case NO_GAP -> without(move, Rule.NO_GAP, first, gap, null);
            case SHORT_GAP_PAID_BACK -> without(move, Rule.SHORT_GAP_PAID_BACK, first, gap, last.plusMonths(1));
            case SHORT_GAP_NOT_PAID_BACK -> {
                var until = first.plusMonths(backPaymentMonths).atEndOfMonth();
                yield byRegion(
                        move,
                        Rule.SHORT_GAP_NOT_PAID_BACK,
                        first,
                        gap,
                        months,
                        waiting,
                        today.isAfter(until) ? null : until);
            }
            case LONG_GAP -> byRegion(move, Rule.LONG_GAP, first, gap, months, waiting, null);
            case FEWER_THAN_TWO_YEARS -> byRegion(move, Rule.FEWER_THAN_TWO_YEARS, first, gap, months, waiting, null);
            case RESIDENT_RULE -> byRegion(move, Rule.RESIDENT_RULE, first, gap, months, waiting, null);
            case NOT_PAID_YET, NOTHING_PAID_BEFORE -> throw new IllegalStateException("decided above");
        };
    }

    private static Rule rule(Move move, int gap, YearMonth first) {
        boolean between = move.from() != move.to();
        // R8.3: fewer than 24 months in a row before a change of scheme: the region's rule, also without a break.
        if (between && move.monthsInARow() < TWO_YEARS) {
            return gap > SHORT_GAP ? Rule.LONG_GAP : Rule.FEWER_THAN_TWO_YEARS;
        }
        if (gap <= 0) {
            return Rule.NO_GAP;
        }
        // 43号 Art. 11 speaks of the employee scheme and of changes of scheme; within the resident scheme the region
        // rules.
        if (!between && move.to() == Scheme.RESIDENT) {
            return Rule.RESIDENT_RULE;
        }
        if (gap > SHORT_GAP) {
            return Rule.LONG_GAP;
        }
        return isPaidBack(move, first) ? Rule.SHORT_GAP_PAID_BACK : Rule.SHORT_GAP_NOT_PAID_BACK;
    }

    private static boolean isPaidBack(Move move, YearMonth first) {
        for (var month = first.minusMonths(1);
                move.lastPaid() != null && month.isAfter(move.lastPaid());
                month = month.minusMonths(1)) {
            if (!move.paidBack().containsKey(month)) {
                return false;
            }
        }
        return true;
    }

    /** R8.2: coverage years wholly without a payment; residents pay by the calendar year. */
    private static int missedYears(YearMonth last, YearMonth first) {
        return Math.max(0, first.getYear() - last.getYear() - 1);
    }

    private static Decision open(Move move) {
        var last = move.lastPaid();
        boolean matters = move.from() != move.to() ? move.monthsInARow() >= TWO_YEARS : move.to() == Scheme.EMPLOYEE;
        var by = last == null || !matters ? null : last.plusMonths(SHORT_GAP + 1L);
        return new Decision(
                Rule.NOT_PAID_YET,
                last,
                null,
                null,
                null,
                null,
                by,
                false,
                null,
                null,
                move.monthsInARow(),
                BenefitsWords.open(by),
                null);
    }

    private static Decision without(Move move, Rule rule, YearMonth first, int gap, @Nullable YearMonth coveredFrom) {
        return new Decision(
                rule,
                move.lastPaid(),
                first,
                gap,
                0,
                first,
                null,
                false,
                null,
                coveredFrom,
                move.monthsInARow(),
                BenefitsWords.of(rule, gap, move.monthsInARow(), 0, null),
                null);
    }

    private static Decision byRegion(
            Move move,
            Rule rule,
            YearMonth first,
            @Nullable Integer gap,
            int months,
            Waiting waiting,
            @Nullable LocalDate backPaymentUntil) {
        return new Decision(
                rule,
                move.lastPaid(),
                first,
                gap,
                months,
                first.plusMonths(months),
                null,
                backPaymentUntil != null,
                backPaymentUntil,
                null,
                move.monthsInARow(),
                BenefitsWords.of(rule, gap == null ? 0 : gap, move.monthsInARow(), months, backPaymentUntil),
                waiting.basis());
    }
}
