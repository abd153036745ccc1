package org.jiexu.bus.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * 待遇衔接结论 — worked out from what is paid now, never stored (R8.4).
 *
 * @param open nothing is paid in the new region yet: asked again, it may say more
 * @param rule stable code of the rule that gave it; {@code article} is what the rule stands on
 * @param gapMonths whole calendar months between the last payment there and the first one here
 * @param waitingMonths 待遇享受等待期; benefits run from {@code benefitsFrom}
 * @param firstPaymentBy while open: paid first by then, the break stays within three months
 * @param backPaymentUntil the last day on which the missing months can be paid, while they can
 * @param coveredFrom the break is covered in retrospect from that month on
 * @param words the rule in words, for the person
 * @param basis of the waiting period, where the region's rule gave it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenefitsAnswer(
        boolean open,
        String rule,
        String article,
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
        @Nullable String basis) {}
