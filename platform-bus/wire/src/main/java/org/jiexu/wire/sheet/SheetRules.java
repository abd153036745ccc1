package org.jiexu.wire.sheet;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jiexu.wire.vocabulary.CodedReason;
import org.jiexu.wire.vocabulary.Fen;
import org.jiexu.wire.vocabulary.RegionCode;
import org.jspecify.annotations.Nullable;

/**
 * 信息表校验 — what a sheet must satisfy in itself (R5.1 to R5.3). All faults are found at once, each code at most once; a
 * message says in which rows, counted from the top, and names no person.
 */
public final class SheetRules {
    /** 空表 — the code of a sheet with neither months nor money. */
    public static final String NO_ROWS = "NO_ROWS";

    /** A message names so many rows; of further ones it says how many there are. */
    private static final int MOST_ROWS_NAMED = 20;

    private SheetRules() {}

    /** Every reason for which the sheet would be returned; none when it can be booked. */
    public static List<CodedReason> faults(InfoSheet sheet) {
        var rows = sheet.rows();
        var faults = new ArrayList<CodedReason>();

        // House rule: money alone may move, and months alone; a sheet with neither says nothing.
        if (rows.isEmpty() && sheet.foot().amount().isZero()) {
            faults.add(new CodedReason(NO_ROWS, "信息表既没有参保记录，也没有个人账户金额。", "请补充参保记录，或核实该参保人是否有可转移的权益。"));
        }
        // R5.1: rows are numbered (序号) from 1, in time order.
        rowsWhere(rows, i -> rows.get(i).no() != i + 1)
                .ifPresent(found ->
                        faults.add(new CodedReason("ROW_NUMBERING", found + "的序号不连续。", "请按起始年月先后，从 1 起连续编号。")));
        rowsWhere(
                        rows,
                        i -> i > 0
                                && rows.get(i).from().isBefore(rows.get(i - 1).from()))
                .ifPresent(found -> faults.add(new CodedReason("ROWS_ORDER", found + "的起始年月早于上一行。", "请按起始年月先后排列各行。")));
        rowsWhere(rows, i -> !hasPeriod(rows.get(i)))
                .ifPresent(found -> faults.add(new CodedReason("ROW_PERIOD", found + "的起始年月晚于终止年月。", "请核对该行的起止年月。")));
        // R5.3: months of a row ≤ calendar months of its period.
        rowsWhere(rows, i -> !hasPossibleMonths(rows.get(i)))
                .ifPresent(found ->
                        faults.add(new CodedReason("ROW_MONTHS", found + "的缴费月数小于零，或多于起止年月之间的月数。", "请核对该行的实际缴费月数。")));
        // R5.3: rows do not overlap.
        var overlapping = overlapping(rows);
        rowsWhere(rows, overlapping::contains)
                .ifPresent(found ->
                        faults.add(new CodedReason("ROWS_OVERLAP", found + "的起止年月互相重叠。", "请核对重复缴费的月份，每个月份只列入一行。")));
        // R5.1: scheme ③ needs a remark.
        rowsWhere(
                        rows,
                        i -> rows.get(i).scheme() == SheetScheme.OTHER
                                && isBlank(rows.get(i).remark()))
                .ifPresent(found ->
                        faults.add(new CodedReason("REMARK_MISSING", found + "的医保类型为“其他”，但没有备注。", "请在备注栏写明具体的医保类型。")));
        agencyFault(sheet).ifPresent(faults::add);
        faults.addAll(amountFaults(sheet.foot()));
        return List.copyOf(faults);
    }

    /** Whether somebody can have paid so (R5.3): periods that run forward, no more months than they have, none twice. */
    public static boolean canHaveBeenPaid(List<SheetRow> rows) {
        return rows.stream().allMatch(row -> hasPeriod(row) && hasPossibleMonths(row))
                && overlapping(rows).isEmpty();
    }

    /** R5.1, R5.4: each row names the agency that collected and its 行政区划代码; R5.2: the foot names who answers. */
    private static Optional<CodedReason> agencyFault(InfoSheet sheet) {
        var places = new ArrayList<String>();
        rowsWhere(sheet.rows(), i -> !namesAgency(sheet.rows().get(i))).ifPresent(places::add);
        if (isBlank(sheet.foot().agency())) {
            places.add("表尾");
        }
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(new CodedReason(
                        "AGENCY_MISSING", String.join("和", places) + "没有写明经办机构，或行政区划代码不正确。", "请补充经办机构名称和六位行政区划代码。"));
    }

    private static List<CodedReason> amountFaults(InfoSheet.Foot foot) {
        if (foot.amount().compareTo(Fen.ZERO) < 0) {
            // R5.2: the amount actually transferred. No negative amount has capitals, so those are not judged.
            return List.of(new CodedReason("AMOUNT_NEGATIVE", "个人账户转出金额小于零。", "请核对个人账户余额后重新填写金额。"));
        }
        // R5.3, R9.6: the capitals equal the figures, in every form that 《支付结算办法》 附一 allows.
        return AmountInCapitals.read(foot.amountInCapitals()).equals(Optional.of(foot.amount()))
                ? List.of()
                : List.of(new CodedReason("CAPITALS_DIFFER", "个人账户转出金额的大写与小写不一致，或大写不规范。", "请按《支付结算办法》附一重新填写大写金额。"));
    }

    private static boolean hasPeriod(SheetRow row) {
        return !row.from().isAfter(row.to());
    }

    private static boolean hasPossibleMonths(SheetRow row) {
        return row.months() >= 0
                && (!hasPeriod(row) || row.months() <= ChronoUnit.MONTHS.between(row.from(), row.to()) + 1);
    }

    private static boolean namesAgency(SheetRow row) {
        return !isBlank(row.agencyName()) && RegionCode.isWellFormed(row.agencyRegion());
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** Positions of all rows that share a month with another; rows without a period share none. */
    private static Set<Integer> overlapping(List<SheetRow> rows) {
        var byStart = IntStream.range(0, rows.size())
                .filter(i -> hasPeriod(rows.get(i)))
                .boxed()
                .sorted(Comparator.comparing(i -> rows.get(i).from()))
                .toList();
        var found = new HashSet<Integer>();
        int reaching = -1;
        for (int i : byStart) {
            if (reaching >= 0 && !rows.get(i).from().isAfter(rows.get(reaching).to())) {
                found.add(reaching);
                found.add(i);
            }
            if (reaching < 0 || rows.get(i).to().isAfter(rows.get(reaching).to())) {
                reaching = i;
            }
        }
        return found;
    }

    private static Optional<String> rowsWhere(List<SheetRow> rows, Predicate<Integer> isFault) {
        var found = IntStream.range(0, rows.size())
                .boxed()
                .filter(isFault)
                .map(i -> Integer.toString(i + 1))
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var named = String.join("、", found.subList(0, Math.min(found.size(), MOST_ROWS_NAMED)));
        return Optional.of(
                found.size() <= MOST_ROWS_NAMED ? "第" + named + "行" : "第" + named + "等" + found.size() + "行");
    }
}
